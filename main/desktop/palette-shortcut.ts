import { globalShortcut } from 'electron';
import type { PaletteShortcutState } from '../../preload/contract/app.ts';

/** The keys that open the command palette from any program, where the user has chosen some. */
export interface PaletteShortcut {
  /** Takes other keys, or none (null). */
  follow(keys: string | null): void;
  stop(): void;
}

/**
 * Holds the keys with the system. It gives them to one program alone: `taken` where another has them, where the system
 * keeps them for itself, and where it gives none to anybody (some desktops on Wayland).
 */
export function createPaletteShortcut(
  onPress: () => void,
  onState: (state: PaletteShortcutState) => void,
): PaletteShortcut {
  let held: string | null = null;
  let wanted: string | null = null;
  const release = (): void => {
    if (held !== null) globalShortcut.unregister(held);
    held = null;
  };
  /** It throws for a text that names no keys. */
  const take = (keys: string): boolean => {
    try {
      return globalShortcut.register(keys, onPress) && globalShortcut.isRegistered(keys);
    } catch {
      return false;
    }
  };
  return {
    follow: (keys) => {
      if (keys === wanted) return;
      wanted = keys;
      release();
      if (keys !== null && take(keys)) held = keys;
      onState(keys === null ? 'off' : held === null ? 'taken' : 'on');
    },
    stop: release,
  };
}
