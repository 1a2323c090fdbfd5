import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import type { TerminalTheme } from '../../preload/contract/terminal-themes.ts';
import { searchColours } from './search-colours.ts';
import { maxMatches, type SearchQuery } from './search-query.ts';

/** What a search has come to. */
export interface Found {
  /** Which of the matches is selected, from 0 on; null where none is, or one behind those that are counted. */
  readonly index: number | null;
  readonly count: number;
  /** There are more: these are not counted. */
  readonly isCut: boolean;
}

/** xterm's search, also the one that it begins by itself once output came, says when it is at work. */
class WatchedSearch extends SearchAddon {
  isFinding = false;

  override findNext(...parameters: Parameters<SearchAddon['findNext']>): boolean {
    return this.#watched(() => super.findNext(...parameters));
  }

  override findPrevious(...parameters: Parameters<SearchAddon['findPrevious']>): boolean {
    return this.#watched(() => super.findPrevious(...parameters));
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
  #isSelectionFound = false;
  /** How the matches that are marked now were looked for. */
  #marked = '';

  constructor(terminal: Terminal, onFound: (found: Found) => void) {
    this.#terminal = terminal;
    terminal.loadAddon(this.#search);
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      onFound({
        index: resultIndex === -1 ? null : resultIndex,
        count: resultCount,
        isCut: resultCount >= maxMatches,
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

  /** Finds the next or the previous match, or, while it is typed, the first from where the last one is; false when there is none. */
  find(query: SearchQuery, direction: 'next' | 'previous' | 'typed', theme: TerminalTheme): boolean {
    const { text, isCaseSensitive, isWholeWord, isRegex } = query;
    const options = {
      caseSensitive: isCaseSensitive,
      wholeWord: isWholeWord,
      regex: isRegex,
      incremental: direction === 'typed',
      decorations: searchColours(theme),
    };
    // xterm's search marks anew for another text alone: it compares the options with themselves.
    const marked = JSON.stringify([isCaseSensitive, isWholeWord, isRegex, theme.name]);
    if (marked !== this.#marked) this.#search.clearDecorations();
    this.#marked = marked;
    return direction === 'previous'
      ? this.#search.findPrevious(text, options)
      : this.#search.findNext(text, options);
  }

  /** Takes its marks away, and what it selected. */
  clear(): void {
    this.#search.clearDecorations();
    if (this.#isSelectionFound) this.#terminal.clearSelection();
  }
}
