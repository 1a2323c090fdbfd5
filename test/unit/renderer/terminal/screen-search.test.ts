import type { Terminal } from '@xterm/xterm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { terminalThemes } from '../../../../preload/contract/terminal-themes.ts';
import type { RegexTrial } from '../../../../renderer/terminal/regex-trial.ts';
import { ScreenSearch, type Found } from '../../../../renderer/terminal/screen-search.ts';
import { noQuery } from '../../../../renderer/terminal/search-query.ts';
import { clearDecorations, find, StandInSearch, StandInTerminal } from './screen-stand-ins.ts';

vi.mock('@xterm/addon-search', async () => ({
  SearchAddon: (await import('./screen-stand-ins.ts')).StandInSearch,
}));

/** A search over two lines, the second of which wraps, with trials that end as they are told to. */
function searching() {
  const rows = ['first', 'second, ', 'wrapped'];
  const terminal = {
    loadAddon: () => undefined,
    buffer: {
      active: {
        length: rows.length,
        getLine: (row: number) =>
          rows[row] === undefined
            ? undefined
            : { isWrapped: row === 2, translateToString: () => rows[row] ?? '' },
      },
    },
  } as unknown as Terminal;
  const trials: {
    readonly trial: RegexTrial;
    readonly signal: AbortSignal;
    end: (isQuick: boolean) => void;
  }[] = [];
  const found: Found[] = [];
  const search = new ScreenSearch(
    terminal,
    (each) => found.push(each),
    (trial, signal) => new Promise((resolve) => trials.push({ trial, signal, end: resolve })),
  );
  const theme = terminalThemes['evorxa-dark'];
  const look = (text: string): void => search.find({ ...noQuery, text, isRegex: true }, 'typed', theme);
  const end = async (index: number, isQuick: boolean): Promise<void> => {
    trials[index]?.end(isQuick);
    await Promise.resolve();
  };
  return { search, trials, found, look, end };
}

describe('a text that was not found', () => {
  beforeEach(() => {
    vi.clearAllMocks();
    new StandInTerminal({});
  });

  it('is looked for again once the lines came anew, until it is found or asked for no more', () => {
    const { search } = searching();
    const theme = terminalThemes['evorxa-dark'];
    search.again();
    expect(find).not.toHaveBeenCalled();
    find.mockReturnValueOnce(false).mockReturnValueOnce(false);
    search.find({ ...noQuery, text: 'late' }, 'typed', theme);
    search.again();
    search.again();
    expect(find).toHaveBeenCalledTimes(3);
    search.again();
    expect(find).toHaveBeenCalledTimes(3);
    find.mockReturnValueOnce(false);
    search.find({ ...noQuery, text: 'never' }, 'typed', theme);
    search.clear();
    search.again();
    expect(find).toHaveBeenCalledTimes(4);
  });
});

describe('a regular expression', () => {
  beforeEach(() => {
    vi.clearAllMocks();
    new StandInTerminal({});
  });

  it('is looked for once it has gone through the lines elsewhere', async () => {
    const { trials, look, end } = searching();
    look('a+');
    expect(find).not.toHaveBeenCalled();
    expect(trials[0]?.trial).toEqual({ source: 'a+', flags: 'gi', lines: ['first', 'second, wrapped'] });
    await end(0, true);
    expect(find.mock.calls).toMatchObject([['next', 'a+', { regex: true }]]);
  });

  it('that takes too long is not looked for, and that is said', async () => {
    const { found, look, end } = searching();
    look('(a+)+$');
    await end(0, false);
    expect(find).not.toHaveBeenCalled();
    expect(clearDecorations).toHaveBeenCalledOnce();
    expect(found).toEqual([{ index: null, count: 0, isCut: false, isTooSlow: true }]);
  });

  it('is forgotten where another one follows, or the search ends', async () => {
    const { search, trials, found, look, end } = searching();
    look('a');
    look('ab');
    expect(trials.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await end(0, false);
    search.clear();
    await end(1, true);
    expect(find).not.toHaveBeenCalled();
    expect(found).toEqual([]);
  });

  it('is tried again where xterm looks for it by itself, as output came', async () => {
    const { trials, look, end } = searching();
    look('a+');
    await end(0, true);
    find.mockClear();
    StandInSearch.last.findPrevious('a+', { regex: true, caseSensitive: true });
    expect(find).not.toHaveBeenCalled();
    expect(trials[1]?.trial.flags).toBe('g');
    await end(1, true);
    expect(find.mock.calls).toMatchObject([['previous', 'a+', { regex: true }]]);
    StandInSearch.last.findPrevious('a+', { regex: false });
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('that is asked for is not put off by one that xterm looks for by itself', async () => {
    const { trials, look, end } = searching();
    look('b+');
    StandInSearch.last.findPrevious('a+', { regex: true });
    expect(trials).toHaveLength(1);
    await end(0, true);
    expect(find.mock.calls).toMatchObject([['next', 'b+', { regex: true }]]);
  });
});
