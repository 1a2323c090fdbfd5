import { BrowserWindow, nativeTheme, type Rectangle } from 'electron';
import { appOrigin } from '../../preload/contract/app-origin.ts';
import { lockPage } from '../../preload/contract/lock-page.ts';
import { minimumSize } from './window-bounds.ts';
import { background, pagePreferences, type PageOptions } from './page-preferences.ts';

/** Where a window stands. */
export interface WindowStand {
  readonly bounds: Partial<Rectangle>;
  readonly maximized: boolean;
  readonly minimized: boolean;
}

/** The window that stands in place of the app's own while the app is locked. It has nothing of what that one shows. */
export class LockWindow {
  readonly #options: PageOptions;
  /** The user closed it. */
  readonly #onClosed: () => void;
  #window: BrowserWindow | null = null;

  constructor(options: PageOptions, onClosed: () => void) {
    this.#options = options;
    this.#onClosed = onClosed;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Brings it to the front, where a window that it covers stands. Resolves when its page has loaded. */
  async show({ bounds, maximized, minimized }: WindowStand): Promise<void> {
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    const window = new BrowserWindow({
      ...bounds,
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      show: false,
      title: 'Evorxa',
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      ...(this.#options.iconPath === null ? {} : { icon: this.#options.iconPath }),
      webPreferences: pagePreferences(this.#options),
    });
    this.#window = window;
    window.once('ready-to-show', () => {
      if (window.isDestroyed()) return;
      if (maximized) window.maximize();
      if (minimized) window.minimize();
      else window.show();
    });
    window.on('closed', () => {
      const wasClosedByUser = this.#window === window;
      this.#window = null;
      if (wasClosedByUser) this.#onClosed();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') window.destroy();
    });
    await window.loadURL(`${appOrigin}/${lockPage}`);
  }

  /** Takes it away, as the app is unlocked. */
  close(): void {
    const window = this.#window;
    this.#window = null;
    window?.destroy();
  }
}
