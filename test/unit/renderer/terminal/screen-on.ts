/*
 * A terminal's screen on an element, with stand-ins for xterm and for what the page has. What tests it imports this alone: the
 * stand-ins are there before the screen is loaded.
 */
import { afterAll, beforeEach, vi } from 'vitest';
import type { PortToSession } from '../../../../preload/contract/terminal.ts';
import { defaultSettings } from '../../../../main/settings/settings.ts';
import type { Looks } from '../../../../renderer/terminal/looks.ts';
import { TerminalScreen } from '../../../../renderer/terminal/terminal-screen.ts';
import { keyPress } from '../../../support/key-press.ts';
import { noQuery, type SearchQuery } from '../../../../renderer/terminal/search-query.ts';
import { clearDecorations, find, fit, StandInTerminal } from './screen-stand-ins.ts';

const drawn = vi.hoisted(() => ({ webgl: 0, stopped: 0, frames: [] as (() => void)[] }));
/** Draws a frame. */
export const drawFrame = (): void => drawn.frames.splice(0).forEach((act) => act());
vi.mock('@xterm/xterm', async () => ({ Terminal: (await import('./screen-stand-ins.ts')).StandInTerminal }));
vi.mock('@xterm/addon-search', async () => ({
  SearchAddon: (await import('./screen-stand-ins.ts')).StandInSearch,
}));
vi.mock('@xterm/addon-fit', async () => {
  const { fit: fitted } = await import('./screen-stand-ins.ts');
  return {
    FitAddon: class {
      readonly fit = fitted;
    },
  };
});
vi.mock('../../../../renderer/components/after-frame.ts', () => ({
  afterFrame: (act: () => void) => drawn.frames.push(act),
}));
vi.mock('../../../../renderer/terminal/webgl.ts', () => ({
  useWebgl: () => {
    drawn.webgl += 1;
    return () => void (drawn.stopped += 1);
  },
}));

/** What the page's style sheet says. */
export const style = { fontFamily: '' };
export const observed = { resized: (): void => undefined, element: null as unknown, isOver: false };
export const clipboard = { writeText: vi.fn() };
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('getComputedStyle', () => ({
  getPropertyValue: (name: string) => (name === '--font-mono' ? style.fontFamily : ''),
}));
vi.stubGlobal('navigator', { clipboard });
export class StandInMouseEvent {
  readonly type = 'wheel';
}
export const page: { event: unknown } = { event: undefined };
vi.stubGlobal('window', page);
vi.stubGlobal('MouseEvent', StandInMouseEvent);
vi.stubGlobal(
  'ResizeObserver',
  class {
    constructor(resized: () => void) {
      observed.resized = resized;
    }
    observe(element: unknown): void {
      observed.element = element;
    }
    disconnect(): void {
      observed.isOver = true;
    }
  },
);
afterAll(() => vi.unstubAllGlobals());

type Options = Looks['settings'];
const usual: Options = {
  ...defaultSettings.terminal,
  fontSizePx: 13,
  scrollbackLines: 5_000,
  webgl: false,
  copyOnSelect: false,
};
export const looksWith = (options: Partial<Options> = {}): Looks => ({
  settings: { ...usual, ...options },
  isDark: true,
  zoomPx: 0,
});
export const ended = { phase: 'ended', reason: 'lost', sentence: '' } as const;
export const bytes = (length: number, fill = 0) => new Uint8Array(length).fill(fill);

export function screenOn(options: Partial<Options> = {}, isMac = false) {
  const sent: PortToSession[] = [];
  const listeners: { type: string; listener: (event: ClipboardEvent) => void; capture: unknown }[] = [];
  const element = {
    addEventListener: (
      type: string,
      listener: (event: ClipboardEvent) => void,
      more?: { capture?: boolean },
    ) => listeners.push({ type, listener, capture: more?.capture }),
  };
  const host = {
    isMac,
    send: (message: PortToSession) => void sent.push(message),
    confirmPaste: vi.fn(() => Promise.resolve(true)),
    openSearch: vi.fn(),
    found: vi.fn(),
    zoom: vi.fn(),
    bell: vi.fn(),
    typed: vi.fn(),
    pasted: vi.fn(),
    showLink: vi.fn(),
    followLink: vi.fn(),
  };
  const screen = new TerminalScreen(element as unknown as HTMLElement, looksWith(options), host);
  const terminal = StandInTerminal.last;
  const press = (key: string, more: object = {}) => {
    const preventDefault = vi.fn();
    const event = { ...keyPress(key), type: 'keydown', preventDefault, ...more };
    return { isTaken: !terminal.onKeyEvent(event as unknown as KeyboardEvent), preventDefault };
  };
  const paste = async (text: string | null) => {
    const event = {
      preventDefault: vi.fn(),
      stopImmediatePropagation: vi.fn(),
      clipboardData:
        text === null ? null : { getData: (type: string) => (type === 'text/plain' ? text : 'other') },
    };
    for (const { type, listener } of listeners)
      if (type === 'paste') listener(event as unknown as ClipboardEvent);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    return event;
  };
  return { screen, terminal, host, sent, element, listeners, press, paste };
}
export const restoring = (length = 3) =>
  ({ type: 'restore', columns: 100, rows: 30, bytes: bytes(length, 7), isWhole: true }) as const;
export const ctrl = { ctrlKey: true };
export const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  ...noQuery,
  text,
  ...more,
});

beforeEach(() => {
  style.fontFamily = 'Mono';
  drawn.webgl = 0;
  observed.isOver = false;
  clipboard.writeText.mockReset().mockResolvedValue(undefined);
  fit.mockReset();
  clearDecorations.mockReset();
  find.mockClear();
});

export { drawn };
