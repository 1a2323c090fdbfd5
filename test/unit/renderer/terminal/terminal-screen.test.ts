import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PortToSession } from '../../../../preload/contract/terminal.ts';
import { defaultSettings } from '../../../../main/settings/settings.ts';
import type { Looks } from '../../../../renderer/terminal/looks.ts';
import { TerminalScreen } from '../../../../renderer/terminal/terminal-screen.ts';
import { keyPress } from '../../../support/key-press.ts';
import { searchColours } from '../../../../renderer/terminal/search-colours.ts';
import { noQuery, type SearchQuery } from '../../../../renderer/terminal/search-query.ts';
import { terminalThemes } from '../../../../preload/contract/terminal-themes.ts';
import { clearDecorations, find, fit, StandInSearch, StandInTerminal, tell } from './screen-stand-ins.ts';

const drawn = vi.hoisted(() => ({ webgl: 0, stopped: 0, frames: [] as (() => void)[] }));
/** Draws a frame. */
const drawFrame = (): void => drawn.frames.splice(0).forEach((act) => act());
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

let fontFamily = '';
const observed = { resized: (): void => undefined, element: null as unknown, isOver: false };
const clipboard = { writeText: vi.fn() };
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('getComputedStyle', () => ({
  getPropertyValue: (name: string) => (name === '--font-mono' ? fontFamily : ''),
}));
vi.stubGlobal('navigator', { clipboard });
class StandInMouseEvent {
  readonly type = 'wheel';
}
const page: { event: unknown } = { event: undefined };
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
const looksWith = (options: Partial<Options> = {}): Looks => ({
  settings: { ...usual, ...options },
  isDark: true,
  zoomPx: 0,
});
const ended = { phase: 'ended', reason: 'lost', sentence: '' } as const;
const bytes = (length: number, fill = 0) => new Uint8Array(length).fill(fill);

function screenOn(options: Partial<Options> = {}, isMac = false) {
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
const restoring = (length = 3) =>
  ({ type: 'restore', columns: 100, rows: 30, bytes: bytes(length, 7), isWhole: true }) as const;
const ctrl = { ctrlKey: true };
const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({ ...noQuery, text, ...more });

beforeEach(() => {
  fontFamily = 'Mono';
  drawn.webgl = 0;
  observed.isOver = false;
  clipboard.writeText.mockReset().mockResolvedValue(undefined);
  fit.mockReset();
  clearDecorations.mockReset();
  find.mockClear();
});

describe('how a terminal is made', () => {
  it('has the settings, and its columns as a server’s C library counts them', () => {
    const { terminal, element } = screenOn();
    expect(terminal.options).toMatchObject({
      fontFamily: 'Mono',
      fontSize: 13,
      scrollback: 5_000,
      lineHeight: 1.15,
      cursorBlink: true,
      allowProposedApi: true,
    });
    expect(terminal.options['theme']).toMatchObject({ background: '#111419' });
    expect(terminal.options['linkHandler']).toBeDefined();
    expect(terminal.unicode.activeVersion).toBe('glibc');
    expect(observed.element).toBe(element);
    expect(terminal.addons).toHaveLength(3);
  });

  it('has some font of one width where the page names none', () => {
    fontFamily = '';
    expect(screenOn().terminal.options['fontFamily']).toBe('monospace');
  });

  it('is drawn on the graphics card where that is set', () => {
    screenOn({ webgl: true });
    expect(drawn.webgl).toBe(1);
    screenOn({ webgl: false });
    expect(drawn.webgl).toBe(1);
  });

  it('takes other looks at once, and gives the graphics card back', () => {
    const { screen, terminal } = screenOn({ webgl: true });
    drawn.stopped = 0;
    const other = {
      themeInDark: 'nord',
      fontFamily: 'Iosevka',
      cursorShape: 'bar',
      cursorBlink: false,
    } as const;
    screen.setPhase({ phase: 'open', latencyMs: null });
    screen.setLooks({ ...looksWith({ ...other, webgl: true }), zoomPx: 3 });
    expect(terminal.options).toMatchObject({
      theme: { background: '#2e3440' },
      fontFamily: '"Iosevka", Mono',
      fontSize: 16,
      cursorStyle: 'bar',
      cursorBlink: false,
    });
    expect([drawn.webgl, drawn.stopped]).toEqual([1, 0]);
    screen.setLooks(looksWith({ webgl: false }));
    screen.setLooks(looksWith({ webgl: false }));
    expect([drawn.webgl, drawn.stopped]).toEqual([1, 1]);
    screen.setLooks(looksWith({ webgl: true }));
    expect(drawn.webgl).toBe(2);
    expect(fit).toHaveBeenCalledTimes(4);
  });

  it('tells of the bell, and of keys that change the size', () => {
    const { terminal, host, press } = screenOn();
    terminal.bell();
    expect(host.bell).toHaveBeenCalledTimes(1);
    for (const key of ['=', '-', '0']) expect(press(key, ctrl).isTaken).toBe(true);
    expect(host.zoom.mock.calls).toEqual([[1], [-1], [0]]);
  });

  it('is taken away with its observer and its blinking cursor', () => {
    const { screen, terminal } = screenOn();
    screen.dispose();
    expect([terminal.done, observed.isOver]).toEqual([['no more moves', 'dispose'], true]);
  });
});

describe('output', () => {
  it('is acknowledged once it is parsed, by its length', () => {
    const { screen, terminal, sent } = screenOn();
    screen.write(bytes(8_193, 1));
    expect(terminal.written).toEqual([bytes(8_192, 1), bytes(1, 1), '']);
    expect(sent).toEqual([]);
    terminal.parse();
    expect(sent).toEqual([{ type: 'ack', bytes: 8_193 }]);
  });

  it('waits while the state before it is parsed, and comes after it in its order', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    screen.write(bytes(1, 1));
    screen.write(bytes(1, 2));
    const taken = terminal.written.splice(0);
    expect(taken.slice(1)).toEqual([bytes(3, 7), '']);
    // Whatever the terminal was in the middle of, it is as a new one, and not drawn yet.
    const first = String(taken[0]);
    expect([first.startsWith('\u0018\u001bc'), first.endsWith('\u001b[?2026h')]).toEqual([true, true]);
    terminal.parse();
    // Within xterm's own loop nothing is done yet.
    expect(sent).toEqual([]);
    await Promise.resolve();
    expect(sent).toEqual([{ type: 'resize', columns: 100, rows: 30 }]);
    drawFrame();
    expect(sent.slice(1)).toEqual([{ type: 'restored' }]);
    expect(fit).toHaveBeenCalledTimes(1);
    expect(terminal.written).toEqual([bytes(1, 1), '', bytes(1, 2), '']);
    terminal.parse();
    expect(sent.slice(2)).toEqual([
      { type: 'ack', bytes: 1 },
      { type: 'ack', bytes: 1 },
    ]);
  });

  it('that waits for a former state goes with it where another comes', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    screen.write(bytes(1, 1));
    screen.restore(restoring(2));
    screen.write(bytes(1, 2));
    const [first, second] = terminal.parsed.splice(0);
    first?.();
    await Promise.resolve();
    expect(sent).toEqual([]);
    second?.();
    await Promise.resolve();
    drawFrame();
    expect(sent).toEqual([{ type: 'resize', columns: 100, rows: 30 }, { type: 'restored' }]);
    expect(terminal.written.slice(6)).toEqual([bytes(1, 2), '']);
  });

  it('is not told to be there by the frame of a former state', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    terminal.parse();
    await Promise.resolve();
    screen.restore(restoring(2));
    drawFrame();
    expect(sent.filter(({ type }) => type === 'restored')).toEqual([]);
    terminal.parse();
    await Promise.resolve();
    drawFrame();
    expect(sent.filter(({ type }) => type === 'restored')).toHaveLength(1);
  });
});

describe('whether somebody reads what went by', () => {
  const readings = (sent: readonly PortToSession[]): boolean[] =>
    sent.flatMap((message) => (message.type === 'reading' ? [message.isReading] : []));
  const scrollUp = (terminal: StandInTerminal, lines: number): void => {
    terminal.buffer.active = { baseY: 100, viewportY: 100 - lines };
    terminal.scrolled();
  };

  it('is told once it changes: scrolled up, selected, searched', () => {
    const { screen, terminal, sent } = screenOn();
    scrollUp(terminal, 1);
    scrollUp(terminal, 2);
    scrollUp(terminal, 0);
    terminal.selection = 'x';
    terminal.selected();
    terminal.clearSelection();
    screen.find(query('x'), 'next');
    screen.clearSearch();
    expect(readings(sent)).toEqual([true, false, true, false, true, false]);
  });

  it('is so wherever it is read out', () => {
    const { screen, sent } = screenOn({ screenReader: true });
    expect(readings(sent)).toEqual([true]);
    screen.setLooks(looksWith({ screenReader: false }));
    expect(readings(sent)).toEqual([true, false]);
  });

  it('is told to each session that comes, once its state is there', async () => {
    const { screen, terminal, sent } = screenOn({ screenReader: true });
    screen.begin();
    screen.restore({ ...restoring(), isWhole: false });
    terminal.parse();
    await Promise.resolve();
    expect(sent.slice(1)).toMatchObject([{ type: 'resize' }, { type: 'reading' }]);
    drawFrame();
    expect(sent.at(-1)).toEqual({ type: 'restored' });
  });

  it('keeps a state that lacks lines from being drawn over it, but no whole one', async () => {
    const { screen, terminal, sent } = screenOn();
    scrollUp(terminal, 1);
    screen.restore({ ...restoring(), isWhole: false });
    expect([terminal.written, sent.at(-1)]).toEqual([[], { type: 'restored' }]);
    screen.restore(restoring());
    expect(terminal.written).toHaveLength(3);
    terminal.parse();
    await Promise.resolve();
    // As far from the end as before.
    expect(terminal.done).toEqual(['scroll to 99']);
  });

  it('while a state is parsed is told after it', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    scrollUp(terminal, 1);
    expect(readings(sent)).toEqual([]);
    terminal.parse();
    await Promise.resolve();
    expect(readings(sent)).toEqual([true]);
  });
});

describe('the size', () => {
  it('is told when it changes, and not while a state is parsed', async () => {
    const { screen, terminal, sent } = screenOn();
    terminal.resize(90, 20);
    expect(sent).toEqual([{ type: 'resize', columns: 90, rows: 20 }]);
    screen.restore(restoring());
    terminal.resize(91, 21);
    expect(sent).toHaveLength(1);
    terminal.parse();
    await Promise.resolve();
    expect(sent.at(-1)).toEqual({ type: 'resize', columns: 91, rows: 21 });
  });

  it('follows the element while that is seen, and no state is parsed', () => {
    const { screen, terminal } = screenOn();
    observed.resized();
    expect(fit).toHaveBeenCalledTimes(1);
    terminal.isVisible = false;
    screen.fit();
    terminal.element = undefined;
    screen.fit();
    expect(fit).toHaveBeenCalledTimes(1);
    terminal.open();
    terminal.isVisible = true;
    screen.restore(restoring());
    screen.fit();
    expect(fit).toHaveBeenCalledTimes(1);
  });
});

describe('what is typed', () => {
  it('goes to the session, text and bytes', () => {
    const { terminal, sent } = screenOn();
    terminal.data('ls\r');
    terminal.binary('\u0080');
    expect(sent).toEqual([
      { type: 'data', text: 'ls\r' },
      { type: 'binary', latin1: '\u0080' },
    ]);
  });

  it('is the person’s alone while a state is parsed: what the terminal answers goes nowhere', async () => {
    const { screen, terminal, sent, press, paste } = screenOn();
    screen.restore(restoring());
    terminal.data('\u001b[?1;2c');
    terminal.data('?');
    terminal.key({ key: 'a' });
    terminal.data('a');
    // Once for each key.
    terminal.data('a');
    // What an input method writes comes without a key.
    terminal.input('漢');
    press('с', { ...ctrl, code: 'KeyC' });
    await paste('x');
    terminal.data('\u001b[I');
    expect(sent).toEqual([
      { type: 'data', text: 'a' },
      { type: 'data', text: '漢' },
      { type: 'data', text: '\u0003' },
      { type: 'data', text: 'pasted x' },
    ]);
  });

  it('is told where a person typed it: not what the terminal answers, nor what the mouse does', () => {
    const { terminal, host, sent } = screenOn();
    terminal.data('\u001b[?1;2c');
    terminal.input('ü\u001b[A\r');
    terminal.data('\u001b[I');
    terminal.input('\u001b[<0;12;3M');
    page.event = new StandInMouseEvent();
    terminal.input('\u001b[B');
    page.event = undefined;
    expect(host.typed.mock.calls).toEqual([['ü\u001b[A\r']]);
    expect(sent).toHaveLength(5);
  });

  it('elsewhere goes to the session while that is open, and is not told again', () => {
    const { screen, terminal, host, sent } = screenOn();
    screen.type('a');
    screen.paste('b');
    expect(sent).toEqual([]);
    screen.setPhase({ phase: 'open', latencyMs: null });
    screen.type('ls\r');
    screen.paste('one\ntwo');
    expect(sent).toEqual([
      { type: 'data', text: 'ls\r' },
      { type: 'data', text: 'pasted one\ntwo' },
    ]);
    expect(terminal.done).toEqual(['scroll to bottom']);
    expect([host.typed.mock.calls, host.pasted.mock.calls]).toEqual([[], []]);
    expect(host.confirmPaste).not.toHaveBeenCalled();
  });

  it('connects again by Enter alone once the session has ended, where that can help', () => {
    const { screen, terminal, sent } = screenOn();
    screen.setPhase({ ...ended, retryable: true });
    terminal.data('x');
    expect(sent).toEqual([]);
    terminal.data('\r');
    expect(sent).toEqual([{ type: 'reconnect' }]);
    screen.setPhase({ ...ended, retryable: false });
    terminal.data('\r');
    expect(sent).toHaveLength(1);
  });

  it('has a cursor that blinks while the session is open', () => {
    const { screen, terminal } = screenOn();
    screen.setPhase({ phase: 'connecting' });
    expect(terminal.options['cursorBlink']).toBe(false);
    screen.setPhase({ phase: 'open', latencyMs: null });
    expect(terminal.options['cursorBlink']).toBe(true);
  });
});

describe('keys', () => {
  it('are the program’s where they ask nothing of the view', () => {
    const { press, sent } = screenOn();
    for (const [key, more] of [
      ['a', {}],
      ['c', ctrl],
      ['C', { ctrlKey: true, shiftKey: true, type: 'keyup' }],
    ] as const) {
      const { isTaken, preventDefault } = press(key, more);
      expect(isTaken).toBe(false);
      expect(preventDefault).not.toHaveBeenCalled();
    }
    expect(sent).toEqual([]);
  });

  it('copy what is selected, which then is no longer', () => {
    const { press, terminal, host } = screenOn();
    terminal.selection = 'text';
    const { isTaken, preventDefault } = press('c', ctrl);
    expect(isTaken).toBe(true);
    expect(preventDefault).toHaveBeenCalledTimes(1);
    expect(clipboard.writeText).toHaveBeenCalledExactlyOnceWith('text');
    expect(terminal.done).toEqual(['clear']);
    expect(host.openSearch).not.toHaveBeenCalled();
  });

  it('leave the paste to the browser', () => {
    const { press, sent } = screenOn();
    const { isTaken, preventDefault } = press('V', { ctrlKey: true, shiftKey: true });
    expect(isTaken).toBe(true);
    expect(preventDefault).not.toHaveBeenCalled();
    expect(sent).toEqual([]);
  });

  it('open the search', () => {
    const { press, terminal, host, sent } = screenOn();
    terminal.selection = 'text';
    expect(press('F', { ctrlKey: true, shiftKey: true }).isTaken).toBe(true);
    expect(host.openSearch).toHaveBeenCalledTimes(1);
    expect(clipboard.writeText).not.toHaveBeenCalled();
    expect([terminal.done, sent]).toEqual([[], []]);
  });

  it('are control characters also on a layout without Latin letters', () => {
    const { press, sent, host } = screenOn();
    const { isTaken, preventDefault } = press('с', { ...ctrl, code: 'KeyC' });
    expect(isTaken).toBe(true);
    expect(preventDefault).toHaveBeenCalledTimes(1);
    expect(sent).toEqual([{ type: 'data', text: '\u0003' }]);
    expect(host.openSearch).not.toHaveBeenCalled();
  });

  it('are a Mac’s on a Mac', () => {
    const { press, host } = screenOn({}, true);
    expect(press('f', { metaKey: true }).isTaken).toBe(true);
    expect(host.openSearch).toHaveBeenCalledTimes(1);
  });
});

describe('a selection', () => {
  it('is copied where that is set, and where there is one', () => {
    const { terminal } = screenOn({ copyOnSelect: true });
    terminal.selected();
    expect(clipboard.writeText).not.toHaveBeenCalled();
    terminal.selection = 'text';
    terminal.selected();
    expect(clipboard.writeText).toHaveBeenCalledExactlyOnceWith('text');
  });

  it('is not copied where that is not set, nor where a search made it', () => {
    const unset = screenOn({ copyOnSelect: false });
    unset.terminal.selection = 'text';
    unset.terminal.selected();
    screenOn({ copyOnSelect: true }).screen.find(query('text'), 'next');
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });

  it('that cannot be written to the clipboard is no error', async () => {
    clipboard.writeText.mockRejectedValue(new Error('Document is not focused.'));
    const { terminal } = screenOn({ copyOnSelect: true });
    terminal.selection = 'text';
    expect(() => terminal.selected()).not.toThrow();
    await Promise.resolve();
  });
});

describe('a search', () => {
  it('goes on or back, as it is typed and set, marks all it finds, and says what it came to', () => {
    const { screen, host } = screenOn();
    screen.find(query('a'), 'next');
    screen.find(query('b', { isWholeWord: true }), 'previous');
    screen.find(query('c', { isCaseSensitive: true }), 'typed');
    const decorations = searchColours(terminalThemes['evorxa-dark']);
    const plain = { caseSensitive: false, wholeWord: false, regex: false, incremental: false, decorations };
    expect(find.mock.calls).toEqual([
      ['next', 'a', plain],
      ['previous', 'b', { ...plain, wholeWord: true }],
      ['next', 'c', { ...plain, caseSensitive: true, incremental: true }],
    ]);
    tell({ resultIndex: 2, resultCount: 17 });
    tell({ resultIndex: -1, resultCount: 1_000 });
    expect(host.found.mock.calls).toEqual([
      [{ index: 2, count: 17, isCut: false, isTooSlow: false }],
      [{ index: null, count: 1_000, isCut: true, isTooSlow: false }],
    ]);
  });

  it('marks anew where it is asked in another way, which the add-on does not', () => {
    const { screen } = screenOn();
    screen.find(query('a'), 'next');
    screen.find(query('a'), 'next');
    expect(clearDecorations).toHaveBeenCalledTimes(1);
    screen.find(query('a', { isCaseSensitive: true }), 'next');
    expect(clearDecorations).toHaveBeenCalledTimes(2);
  });

  it('takes along what it selected when it ends, also what it selected again as output came', () => {
    const { screen, terminal } = screenOn({ copyOnSelect: true });
    screen.find(query('a'), 'next');
    terminal.selection = 'chosen';
    terminal.selected();
    clipboard.writeText.mockReset();
    // xterm's search looks again by itself.
    StandInSearch.last.findPrevious('a');
    screen.clearSearch();
    expect(clearDecorations).toHaveBeenCalledTimes(2);
    expect(terminal.done).toEqual(['clear']);
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });

  it('begins with what is selected, where that is of one line', () => {
    const { screen, terminal } = screenOn();
    terminal.selection = ' nginx ';
    expect(screen.selectedLine()).toBe('nginx');
    terminal.selection = 'a\nb';
    expect(screen.selectedLine()).toBe('');
  });

  it('leaves what somebody selected since, which is copied again', () => {
    const { screen, terminal } = screenOn({ copyOnSelect: true });
    screen.find(query('a'), 'next');
    terminal.selection = 'chosen';
    terminal.selected();
    expect(clipboard.writeText).toHaveBeenCalledExactlyOnceWith('chosen');
    screen.clearSearch();
    expect([terminal.selection, terminal.done]).toEqual(['chosen', []]);
  });

  it('that selected nothing takes nothing', () => {
    const { screen, terminal } = screenOn();
    screen.clearSearch();
    expect(terminal.done).toEqual([]);
  });
});

describe('a paste', () => {
  it('is this class’s, before the terminal sees it, and has the keyboard after it', async () => {
    const { listeners, paste, sent, host, terminal } = screenOn();
    expect(listeners.map(({ type, capture }) => [type, capture])).toEqual([['paste', true]]);
    const event = await paste('ls\u001b[201~ -l\n\n');
    expect(event.preventDefault).toHaveBeenCalledTimes(1);
    expect(event.stopImmediatePropagation).toHaveBeenCalledTimes(1);
    expect(sent).toEqual([{ type: 'data', text: 'pasted ls[201~ -l\n\n' }]);
    expect(host.confirmPaste).not.toHaveBeenCalled();
    expect(terminal.done).toEqual(['focus']);
  });

  it('of several lines is asked for', async () => {
    const { paste, sent, host } = screenOn();
    await paste('one\r\ntwo');
    expect(host.confirmPaste).toHaveBeenCalledExactlyOnceWith('one\ntwo');
    expect(sent).toEqual([{ type: 'data', text: 'pasted one\ntwo' }]);
    expect(host.pasted).toHaveBeenCalledExactlyOnceWith('one\ntwo');
    expect(host.typed).not.toHaveBeenCalled();
    host.confirmPaste.mockResolvedValue(false);
    await paste('three\nfour');
    expect(sent).toHaveLength(1);
    expect(host.pasted).toHaveBeenCalledTimes(1);
  });

  it.each([null, '', '\u001b'])('of nothing is none: %j', async (text) => {
    const { paste, sent, terminal } = screenOn();
    await paste(text);
    expect([sent, terminal.done]).toEqual([[], []]);
  });
});
