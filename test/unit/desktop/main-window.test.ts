import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { MainWindow, type MainWindowOptions } from '../../../main/desktop/main-window.ts';

/** A window as Electron has it, as far as the app's one window uses it. */
interface FakeWindow extends EventEmitter {
  readonly options: {
    readonly webPreferences: Readonly<Record<string, unknown>>;
    readonly show: boolean;
    readonly width: number;
    readonly height: number;
  };
  readonly webContents: EventEmitter & { readonly reload: () => void };
  readonly loadURL: Mock<(url: string) => Promise<void>>;
  readonly setSize: Mock<(width: number, height: number) => void>;
  readonly setBounds: (bounds: unknown) => void;
  readonly center: () => void;
  readonly maximize: () => void;
  readonly show: () => void;
  readonly restore: () => void;
  readonly focus: () => void;
  readonly destroy: () => void;
  readonly hide: () => void;
  readonly close: () => void;
  readonly isVisible: () => boolean;
  minimized: boolean;
}

const made = vi.hoisted(() => [] as unknown[]) as FakeWindow[];
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return {
    protocol: {},
    nativeTheme: { shouldUseDarkColors: true },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    BrowserWindow: class extends Emitter {
      readonly options: unknown;
      readonly webContents = Object.assign(new Emitter(), { reload: vi.fn() });
      readonly loadURL = vi.fn(() => Promise.resolve());
      readonly setBounds = vi.fn();
      readonly setSize = vi.fn();
      readonly center = vi.fn();
      readonly maximize = vi.fn();
      readonly focus = vi.fn();
      readonly restore = vi.fn();
      readonly show = vi.fn(() => {
        this.visible = true;
        this.emit('show');
      });
      readonly hide = vi.fn(() => {
        this.visible = false;
        this.emit('hide');
      });
      readonly close = vi.fn(() => this.emit('closed'));
      readonly destroy = vi.fn(() => this.emit('closed'));
      visible = false;
      minimized = false;
      constructor(options: unknown) {
        super();
        this.options = options;
        made.push(this as unknown as FakeWindow);
      }
      isDestroyed = (): boolean => false;
      isVisible = (): boolean => this.visible;
      isMinimized = (): boolean => this.minimized;
      isMaximized = (): boolean => true;
      getNormalBounds = (): unknown => ({ x: 1, y: 2, width: 800, height: 600 });
    },
  };
});

const options = {
  preloadPath: '/app/preload.cjs',
  page: 'index.html',
  prepare: vi.fn<MainWindowOptions['prepare']>(),
  startsLocked: vi.fn<MainWindowOptions['startsLocked']>(),
  savePlace: vi.fn<MainWindowOptions['savePlace']>(),
  onContentsGone: vi.fn<() => void>(),
  onVisibility: vi.fn<MainWindowOptions['onVisibility']>(),
  onCrash: vi.fn<MainWindowOptions['onCrash']>(),
  iconPath: null,
  locales: { dates: 'de-AT', numbers: 'en-US', names: 'sv' },
} satisfies MainWindowOptions;

const only = (): FakeWindow => {
  const [window, ...others] = made;
  if (window === undefined || others.length > 0) throw new Error('Not one window.');
  return window;
};

let window: MainWindow;
beforeEach(() => {
  vi.clearAllMocks();
  made.length = 0;
  options.prepare.mockResolvedValue(null);
  options.startsLocked.mockResolvedValue(false);
  window = new MainWindow(options);
});

describe('the window', () => {
  it('is sandboxed, isolated, and loads our page and no other', async () => {
    await window.show();
    expect(only().options.webPreferences).toEqual({
      preload: '/app/preload.cjs',
      additionalArguments: ['--evorxa-locales=de-AT,en-US,sv'],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      backgroundThrottling: false,
    });
    expect(only().loadURL).toHaveBeenCalledExactlyOnceWith('app://evorxa/index.html');
  });

  it('has its page laid out for its size before it shows: one that stays as it was made would have none', async () => {
    await window.show();
    const { width, height } = only().options;
    expect(only().setSize).toHaveBeenCalledExactlyOnceWith(1280, 800);
    expect([width, height]).not.toEqual([1280, 800]);
    expect(only().setSize.mock.invocationCallOrder[0]).toBeLessThan(
      only().loadURL.mock.invocationCallOrder[0] ?? 0,
    );
  });

  it('shows itself when it has drawn, where it was', async () => {
    const bounds = { x: 10, y: 20, width: 900, height: 700 };
    options.prepare.mockResolvedValue({ bounds, maximized: true });
    await window.show();
    expect(only().options.show).toBe(false);
    expect(only().show).not.toHaveBeenCalled();
    only().emit('ready-to-show');
    await vi.waitFor(() => expect(only().show).toHaveBeenCalledTimes(1));
    expect(only().setBounds).toHaveBeenCalledExactlyOnceWith(bounds);
    expect(only().center).not.toHaveBeenCalled();
    expect(only().maximize).toHaveBeenCalledTimes(1);
    expect(options.onVisibility).toHaveBeenLastCalledWith('in-view');
  });

  it.runIf(process.platform === 'linux')(
    'opens in the middle, as large as it was, after Wayland',
    async () => {
      options.prepare.mockResolvedValue({
        bounds: { x: 0, y: 0, width: 900, height: 700 },
        maximized: false,
      });
      await window.show();
      only().emit('ready-to-show');
      await vi.waitFor(() => expect(only().show).toHaveBeenCalledTimes(1));
      expect(only().setBounds).toHaveBeenCalledExactlyOnceWith({ width: 900, height: 700 });
      expect(only().center).toHaveBeenCalledTimes(1);
    },
  );

  it('does not go to a screen that has gone', async () => {
    options.prepare.mockResolvedValue({
      bounds: { x: 5000, y: 0, width: 900, height: 700 },
      maximized: false,
    });
    await window.show();
    only().emit('ready-to-show');
    await vi.waitFor(() => expect(only().show).toHaveBeenCalledTimes(1));
    expect(only().setBounds).not.toHaveBeenCalled();
  });

  it('that is closed before it was shown does not save a place that it never had', async () => {
    await window.show();
    only().emit('close');
    expect(options.savePlace).not.toHaveBeenCalled();
  });

  it('is brought back, not made twice, and made again once it is closed', async () => {
    await window.show();
    only().emit('ready-to-show');
    await vi.waitFor(() => expect(only().show).toHaveBeenCalledTimes(1));
    only().minimized = true;
    await window.show();
    expect(only().restore).toHaveBeenCalledTimes(1);
    expect(only().focus).toHaveBeenCalledTimes(1);
    only().emit('close');
    expect(options.savePlace).toHaveBeenCalledExactlyOnceWith({
      bounds: { x: 1, y: 2, width: 800, height: 600 },
      maximized: true,
    });
    only().emit('closed');
    expect(window.contents()).toBeNull();
    expect(options.onContentsGone).toHaveBeenCalledTimes(1);
    expect(options.onVisibility).toHaveBeenLastCalledWith('hidden');
    await window.show();
    expect(made).toHaveLength(2);
  });
});

describe('a page that crashes', () => {
  it('comes back three times, then its window goes and says so', async () => {
    await window.show();
    for (let crash = 0; crash < 4; crash += 1)
      only().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(only().webContents.reload).toHaveBeenCalledTimes(3);
    expect(options.onCrash.mock.calls).toEqual([
      ['crashed', true],
      ['crashed', true],
      ['crashed', true],
      ['crashed', false],
    ]);
    expect(only().destroy).toHaveBeenCalledTimes(1);
    expect(window.contents()).toBeNull();
  });

  it('is not one that ends as it should', async () => {
    await window.show();
    only().webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(options.onCrash).not.toHaveBeenCalled();
    expect(only().webContents.reload).not.toHaveBeenCalled();
  });

  it('drops what the page before had asked for, also when it is only loaded again', async () => {
    await window.show();
    only().webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    only().webContents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    expect(options.onContentsGone).not.toHaveBeenCalled();
    only().webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    expect(options.onContentsGone).toHaveBeenCalledTimes(1);
  });
});

describe('the app that is locked', () => {
  const shown = async (): Promise<FakeWindow> => {
    await window.show();
    only().emit('ready-to-show');
    await vi.waitFor(() => expect(only().show).toHaveBeenCalledTimes(1));
    return only();
  };
  const lockWindow = (): FakeWindow => {
    const last = made.at(-1);
    if (last === undefined) throw new Error('No window.');
    expect(last.loadURL).toHaveBeenCalledExactlyOnceWith('app://evorxa/lock.html');
    return last;
  };

  it('has another window in the place of this one, which stays and comes back', async () => {
    const main = await shown();
    await window.setLocked(true);
    const lock = lockWindow();
    expect(lock.options).toMatchObject({ x: 1, y: 2, width: 800, height: 600 });
    lock.emit('ready-to-show');
    expect(lock.maximize).toHaveBeenCalledTimes(1);
    expect([main.isVisible(), lock.isVisible()]).toEqual([false, true]);
    // Whatever asks for the window gets that one.
    await window.show();
    expect([main.isVisible(), lock.isVisible(), made.length]).toEqual([false, true, 2]);
    await window.setLocked(false);
    expect([main.isVisible(), made.length]).toEqual([true, 2]);
    expect(lock.destroy).toHaveBeenCalledTimes(1);
    expect(main.destroy).not.toHaveBeenCalled();
  });

  it('shows nothing at the start but that window, and the app after it is unlocked', async () => {
    options.startsLocked.mockResolvedValue(true);
    await window.show();
    made[0]?.emit('ready-to-show');
    const lock = lockWindow();
    expect(made[0]?.show).not.toHaveBeenCalled();
    expect(made[0]?.destroy).toHaveBeenCalledTimes(1);
    await window.setLocked(false);
    expect(made).toHaveLength(3);
    expect(made[2]?.loadURL).toHaveBeenCalledExactlyOnceWith('app://evorxa/index.html');
    expect(lock.destroy).toHaveBeenCalledTimes(1);
  });

  it('opens no window where none is open, and its own when one is asked for', async () => {
    await window.setLocked(true);
    expect(made).toHaveLength(0);
    await window.show();
    lockWindow();
  });

  it('takes the hidden one along when it is closed', async () => {
    const main = await shown();
    await window.setLocked(true);
    lockWindow().emit('closed');
    expect(main.close).toHaveBeenCalledTimes(1);
    expect(window.contents()).toBeNull();
  });

  it('tells of input in the window as long as it is followed', async () => {
    const onInput = vi.fn<() => void>();
    window.followInput(onInput);
    const main = await shown();
    main.webContents.emit('input-event');
    window.followInput(null);
    main.webContents.emit('input-event');
    expect(onInput).toHaveBeenCalledTimes(1);
  });
});
