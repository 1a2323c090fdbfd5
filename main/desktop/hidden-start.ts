import type { WallClock } from '../clock/index.ts';

/** A tray of the desktop may come up after the apps that it starts at login. */
const trayGraceMs = 60_000;

export interface HiddenStartOptions {
  readonly clock: WallClock;
  /** Something shows the tray icon. */
  readonly isInTray: () => boolean;
  /** Shows the window. */
  readonly show: () => void;
}

/**
 * Shows the window of a start at login after all, where nothing shows the tray icon within a minute: nobody could reach
 * the app otherwise. Returns the cancel.
 */
export function showWhereNoTray({ clock, isInTray, show }: HiddenStartOptions): () => void {
  return clock.setTimeout(() => {
    if (!isInTray()) show();
  }, trayGraceMs);
}
