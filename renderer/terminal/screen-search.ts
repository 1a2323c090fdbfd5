import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import type { TerminalTheme } from '../../preload/contract/terminal-themes.ts';
import { lastLinesOf } from './last-lines.ts';
import { goesThrough } from './regex-trial.ts';
import { searchColours } from './search-colours.ts';
import { maxMatches, type SearchQuery } from './search-query.ts';

/** What a search has come to. */
export interface Found {
  /** Which of the matches is selected, from 0 on; null where none is, or one behind those that are counted. */
  readonly index: number | null;
  readonly count: number;
  /** There are more: these are not counted. */
  readonly isCut: boolean;
  /** The expression takes too long in this terminal, so it was not looked for. */
  readonly isTooSlow: boolean;
}

/** Tries an expression where it blocks nobody: see `goesThrough`. */
export type TryRegex = typeof goesThrough;

type Options = Parameters<SearchAddon['findNext']>[1];

/** xterm's search, also the one that it begins by itself once output came, says when it is at work. */
class WatchedSearch extends SearchAddon {
  isFinding = false;
  /** Whether the search that begins now was asked for here. */
  isAskedFor = false;
  /** Takes over a search for an expression that xterm begins by itself. */
  onOwnRegex: (text: string, isCaseSensitive: boolean, find: () => void) => void = (_, __, find) => find();

  override findNext(...parameters: Parameters<SearchAddon['findNext']>): boolean {
    return this.#watched(() => super.findNext(...parameters));
  }

  override findPrevious(...parameters: Parameters<SearchAddon['findPrevious']>): boolean {
    const [text, options] = parameters;
    const find = (): boolean => this.#watched(() => super.findPrevious(...parameters));
    if (this.isAskedFor || options?.regex !== true) return find();
    this.onOwnRegex(text, options.caseSensitive === true, find);
    return false;
  }

  #watched(find: () => boolean): boolean {
    this.isFinding = true;
    try {
      return find();
    } finally {
      this.isFinding = false;
    }
  }
}

/** The search of one terminal: it marks all matches, selects one, and knows what nobody but it has selected. */
export class ScreenSearch {
  readonly #terminal: Terminal;
  readonly #search = new WatchedSearch({ highlightLimit: maxMatches });
  readonly #onFound: (found: Found) => void;
  readonly #tryRegex: TryRegex;
  /** Ends the trial of the expression that was looked for last. */
  #trial = new AbortController();
  #isSelectionFound = false;
  /** An expression that was asked for here is on trial. */
  #isTrying = false;
  /** Looks once more for what was asked for and not found; null where it was, and where nothing is asked for. */
  #again: (() => void) | null = null;
  /** How the matches that are marked now were looked for. */
  #marked = '';

  constructor(terminal: Terminal, onFound: (found: Found) => void, tryRegex: TryRegex = goesThrough) {
    this.#terminal = terminal;
    this.#onFound = onFound;
    this.#tryRegex = tryRegex;
    this.#search.onOwnRegex = (text, isCaseSensitive, find) => {
      // What is being asked for marks anew anyway.
      if (!this.#isTrying) void this.#tried(text, isCaseSensitive, find);
    };
    terminal.loadAddon(this.#search);
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      onFound({
        index: resultIndex === -1 ? null : resultIndex,
        count: resultCount,
        isCut: resultCount >= maxMatches,
        isTooSlow: false,
      }),
    );
  }

  /** It was a search that chose what is selected now. */
  get hasSelected(): boolean {
    return this.#isSelectionFound;
  }

  /** To be called when what is selected has changed: whether a search did it. */
  selectionChanged(): boolean {
    this.#isSelectionFound = this.#search.isFinding;
    return this.#isSelectionFound;
  }

  /** Finds the next or the previous match, or, while it is typed, the first from where the last one is. */
  find(query: SearchQuery, direction: 'next' | 'previous' | 'typed', theme: TerminalTheme): void {
    const { text, isCaseSensitive, isWholeWord, isRegex } = query;
    const options = {
      caseSensitive: isCaseSensitive,
      wholeWord: isWholeWord,
      regex: isRegex,
      incremental: direction === 'typed',
      decorations: searchColours(theme),
    };
    const find = (): void => {
      this.#again = this.#find(text, options, direction, theme) ? null : find;
    };
    this.#trial.abort();
    this.#isTrying = isRegex;
    if (isRegex) void this.#tried(text, isCaseSensitive, find);
    else find();
  }

  /** Looks again where nothing was found, since the lines came anew: the search add-on would select a match and not show it. */
  again(): void {
    this.#again?.();
  }

  #find(text: string, options: NonNullable<Options>, direction: string, theme: TerminalTheme): boolean {
    // xterm's search marks anew for another text alone: it compares the options with themselves.
    const { caseSensitive, wholeWord, regex } = options;
    const marked = JSON.stringify([caseSensitive, wholeWord, regex, theme.name]);
    if (marked !== this.#marked) this.#search.clearDecorations();
    this.#marked = marked;
    this.#search.isAskedFor = true;
    try {
      return direction === 'previous'
        ? this.#search.findPrevious(text, options)
        : this.#search.findNext(text, options);
    } finally {
      this.#search.isAskedFor = false;
    }
  }

  /** Looks for an expression once it has shown that it takes no time that would be felt. */
  async #tried(text: string, isCaseSensitive: boolean, find: () => void): Promise<void> {
    this.#trial.abort();
    const { signal } = (this.#trial = new AbortController());
    const flags = isCaseSensitive ? 'g' : 'gi';
    const { active } = this.#terminal.buffer;
    const lines = lastLinesOf(active, active.length).split('\n');
    const isQuick = await this.#tryRegex({ source: text, flags, lines }, signal);
    if (signal.aborted) return;
    this.#isTrying = false;
    if (isQuick) {
      find();
      return;
    }
    this.#search.clearDecorations();
    this.#onFound({ index: null, count: 0, isCut: false, isTooSlow: true });
  }

  /** Takes its marks away, and what it selected. */
  clear(): void {
    this.#trial.abort();
    this.#again = null;
    this.#isTrying = false;
    this.#search.clearDecorations();
    if (this.#isSelectionFound) this.#terminal.clearSelection();
  }
}
