import { chordOf, type KeyPress } from '../components/chord.ts';
import type { Side } from '../state/dock-tree.ts';

/** What a key asks of the dock, whatever program is in front. */
export type DockCommand =
  | { readonly kind: 'split'; readonly side: 'right' | 'down' }
  | { readonly kind: 'focus' | 'resize'; readonly side: Side }
  | { readonly kind: 'tab' | 'move-tab'; readonly by: 1 | -1 }
  | { readonly kind: 'close' | 'menu' | 'broadcast' | 'snippets' };

/** The keys of each command: those of macOS, and those of the other systems, which shells leave alone. */
const keys = {
  splitRight: { mac: 'Meta+D', other: 'Control+Shift+E' },
  splitDown: { mac: 'Shift+Meta+D', other: 'Control+Shift+O' },
  close: { mac: 'Meta+W', other: 'Control+Shift+W' },
  broadcast: { mac: 'Shift+Meta+B', other: 'Control+Shift+B' },
  snippets: { mac: 'Shift+Meta+S', other: 'Control+Shift+S' },
  menu: { mac: 'Shift+Meta+Enter', other: 'Control+Shift+Enter' },
  focus: { mac: 'Alt+Meta+', other: 'Control+Shift+' },
  resize: { mac: 'Control+Meta+', other: 'Control+Alt+Shift+' },
} as const;

const sides: Readonly<Record<string, Side>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The command of a key; null where it is none of the dock's. */
export function dockCommand(press: KeyPress, isMac: boolean): DockCommand | null {
  const system = isMac ? 'mac' : 'other';
  const chord = chordOf(press);
  switch (chord) {
    case keys.splitRight[system]:
      return { kind: 'split', side: 'right' };
    case keys.splitDown[system]:
      return { kind: 'split', side: 'down' };
    case keys.close[system]:
      return { kind: 'close' };
    case keys.menu[system]:
      return { kind: 'menu' };
    case keys.broadcast[system]:
      return { kind: 'broadcast' };
    case keys.snippets[system]:
      return { kind: 'snippets' };
    case 'Control+Tab':
      return { kind: 'tab', by: 1 };
    case 'Control+Shift+Tab':
      return { kind: 'tab', by: -1 };
    case 'Control+Shift+PageDown':
      return { kind: 'move-tab', by: 1 };
    case 'Control+Shift+PageUp':
      return { kind: 'move-tab', by: -1 };
  }
  const side = sides[press.key];
  if (side === undefined) return null;
  if (chord === `${keys.focus[system]}${press.key}`) return { kind: 'focus', side };
  return chord === `${keys.resize[system]}${press.key}` ? { kind: 'resize', side } : null;
}

/** Keys as a menu shows them. */
export const shownKeys = (
  command: 'splitRight' | 'splitDown' | 'close' | 'broadcast' | 'snippets',
  isMac: boolean,
): string =>
  isMac
    ? keys[command].mac.replace('Shift+', '⇧').replace('Meta+', '⌘')
    : keys[command].other.replace('Control', 'Ctrl');
