import { describe, expect, it } from 'vitest';
import { terminalThemes } from '../../../../preload/contract/terminal-themes.ts';
import { searchColours } from '../../../../renderer/terminal/search-colours.ts';
import { clipboard, ctrl, ended, page, query, restoring, screenOn, StandInMouseEvent } from './screen-on.ts';
import { clearDecorations, find, StandInSearch, tell } from './screen-stand-ins.ts';

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
    expect(listeners).toContainEqual(expect.objectContaining({ type: 'paste', capture: true }));
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
