import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import { appOrigin } from '../../preload/contract/app-origin.ts';
import { createCrashGuard } from './crash-guard.ts';
import { LockWindow, type WindowStand } from './lock-window.ts';
import { background, pagePreferences, type PageOptions } from './page-preferences.ts';
import { defaultSize, minimumSize, placeOnScreens, type WindowPlace } from './window-bounds.ts';

/** What the window asks for, each when it is needed. */
export interface MainWindowOptions extends PageOptions {
  /** `index.html`, or the gallery of the design system. */
  readonly page: string;
  /** Runs while the page loads: applies the theme, and gives the place where the window was last. */
  readonly prepare: () => Promise<WindowPlace | null>;
  /** Whether the app starts locked: asked while the first page loads, unless `setLocked` was called before. */
  readonly startsLocked: () => Promise<boolean>;
  readonly savePlace: (place: WindowPlace) => void;
  /** The window's contents are gone, for good or to be loaded again: what they asked for is no longer wanted. */
  readonly onContentsGone: () => void;
  readonly onVisibility: (visibility: 'in-view' | 'hidden') => void;
  readonly onCrash: (reason: string, recovering: boolean) => void;
}

/**
 * The app's one window. It is destroyed when it goes to the tray, since a hidden one holds its memory, and made
 * again when it is shown. While the app is locked another one stands in its place; what is open in it stays.
 */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #crashGuard = createCrashGuard(() => performance.now());
  #window: BrowserWindow | null = null;
  /** Until its page has drawn itself a window stays hidden, whoever asks for it. */
  #isRevealed = false;
  /** Null: not known yet, in the first moments of a start. */
  #isLocked: boolean | null = null;
  readonly #lockWindow: LockWindow;
  #onInput: (() => void) | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#lockWindow = new LockWindow(options, () => this.#window?.close());
  }

  /** The page's contents, or null while no window is open. */
  contents(): WebContents | null {
    return this.#window?.isDestroyed() === false ? this.#window.webContents : null;
  }

  isVisible(): boolean {
    return this.#window?.isVisible() === true && !this.#window.isMinimized();
  }

  /** Where the window stands, once it was shown; null while none is open. */
  place(): WindowPlace | null {
    const window = this.#window;
    if (window === null || window.isDestroyed() || !this.#isRevealed) return null;
    return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
  }

  /** Brings the window to the front, making it if it is not there. Resolves when its page has loaded. */
  async show(): Promise<void> {
    if (this.#isLocked === true) {
      await this.#lockWindow.show(this.#stand());
      return;
    }
    if (this.#window !== null && !this.#isRevealed) return;
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    await this.#open();
  }

  /** Puts the locked window in this one's place, or this one back, if either is open. Rejects where it could not be. */
  async setLocked(isLocked: boolean): Promise<void> {
    const wasLocked = this.#isLocked === true;
    this.#isLocked = isLocked;
    if (wasLocked === isLocked) return;
    if (isLocked) {
      // In the tray: the next window that is asked for is the locked one.
      const window = this.#window;
      if (window?.isVisible() !== true) return;
      await this.#lockWindow.show(this.#stand());
      if (!window.isDestroyed()) window.hide();
    } else if (this.#lockWindow.isOpen) {
      await this.show();
      this.#lockWindow.close();
    }
  }

  /** Tells of input in the window, or no longer. */
  followInput(listener: (() => void) | null): void {
    const contents = this.contents();
    if (this.#onInput !== null) contents?.off('input-event', this.#onInput);
    this.#onInput = listener;
    if (listener !== null) contents?.on('input-event', listener);
  }

  /** Where the window is, for the one that takes its place. */
  #stand(): WindowStand {
    const window = this.#window;
    return window === null || window.isDestroyed()
      ? { bounds: defaultSize, maximized: false, minimized: false }
      : {
          bounds: window.getNormalBounds(),
          maximized: window.isMaximized(),
          minimized: window.isMinimized(),
        };
  }

  async #open(): Promise<void> {
    const window = new BrowserWindow({
      ...defaultSize,
      width: defaultSize.width - 1,
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      show: false,
      title: 'Evorxa',
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      ...(this.#options.iconPath === null ? {} : { icon: this.#options.iconPath }),
      webPreferences: pagePreferences(this.#options),
    });
    this.#window = window;
    // On Linux a page has no size in a process's first window until that is made another size, or shown: it would be laid out for
    // 0 by 0, and the window would come without its list.
    window.setSize(defaultSize.width, defaultSize.height);
    if (this.#onInput !== null) window.webContents.on('input-event', this.#onInput);
    // Before the page draws itself: a theme or a size that comes later would have it drawn twice.
    const prepared = this.#prepare(window);
    window.once('ready-to-show', () => void this.#reveal(window, prepared));

    this.#follow(window);
    await window.loadURL(`${appOrigin}/${this.#options.page}`);
    // Not before it has loaded, which would be an error.
    if (this.#isLocked === null) this.#isLocked = await this.#options.startsLocked().catch(() => false);
    if (this.#isLocked && !this.#isRevealed && !window.isDestroyed()) {
      // The other way round no window would be open for a moment, and the app would quit.
      await this.#lockWindow.show(this.#stand());
      window.destroy();
    }
  }

  /** Puts the window, which is not on the screen yet, where it was last. Gives whether it filled the screen there. */
  async #prepare(window: BrowserWindow): Promise<{ readonly maximized: boolean }> {
    // A place that cannot be read is no reason to show no window.
    const saved = await this.#options.prepare().catch(() => null);
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = placeOnScreens(saved, workAreas);
    if (place !== null && !window.isDestroyed()) {
      window.setBounds(place.bounds);
      if (!('x' in place.bounds)) window.center();
    }
    return { maximized: place?.maximized === true };
  }

  async #reveal(window: BrowserWindow, prepared: Promise<{ readonly maximized: boolean }>): Promise<void> {
    const { maximized } = await prepared;
    this.#isLocked ??= await this.#options.startsLocked().catch(() => false);
    if (window.isDestroyed() || this.#isLocked) return;
    // It would show the window too.
    if (maximized) window.maximize();
    // From here on only: closed before, the window would save the default place over the user's own.
    window.on('close', () => {
      const place = this.place();
      if (place !== null) this.#options.savePlace(place);
    });
    this.#isRevealed = true;
    window.show();
  }

  #follow(window: BrowserWindow): void {
    const tellVisibility = (): void => this.#options.onVisibility(this.isVisible() ? 'in-view' : 'hidden');
    for (const event of ['show', 'hide', 'minimize', 'restore'] as const) {
      window.on(event as 'show', tellVisibility);
    }
    window.on('closed', () => {
      this.#window = null;
      this.#isRevealed = false;
      this.#options.onContentsGone();
      this.#options.onVisibility('hidden');
    });
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#options.onContentsGone();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#options.onContentsGone();
      if (reason === 'clean-exit') return;
      const recovering = this.#crashGuard.mayReload();
      this.#options.onCrash(reason, recovering);
      if (recovering) window.webContents.reload();
      // A page that dies at once would leave a dead frame on the screen.
      else window.destroy();
    });
  }
}
