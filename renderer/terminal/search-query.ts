import { formatWhole } from '../../preload/contract/format.ts';
import type { Found } from './screen-search.ts';

/** So many matches are marked and counted: each is drawn. */
export const maxMatches = 1_000;

/** What is looked for. */
export interface SearchQuery {
  readonly text: string;
  readonly isCaseSensitive: boolean;
  readonly isWholeWord: boolean;
  readonly isRegex: boolean;
}

/** Nothing, and any spelling of it. */
export const noQuery: SearchQuery = { text: '', isCaseSensitive: false, isWholeWord: false, isRegex: false };

/** Why it cannot be looked for; null where it can. */
export function queryProblem({ text, isRegex }: SearchQuery): string | null {
  if (!isRegex) return null;
  try {
    new RegExp(text, 'g');
    return null;
  } catch (error) {
    // "Invalid regular expression: /(/g: Unterminated group"
    const said = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return said === '' ? 'Invalid expression' : `Invalid expression: ${said.toLowerCase()}`;
  }
}

/** How many matches there are, and which one is selected. */
export function foundWords({ index, count, isCut, isTooSlow }: Found): string {
  if (isTooSlow) return 'Takes too long: make it simpler';
  if (count === 0) return 'Not found';
  const all = `${formatWhole(count)}${isCut ? '+' : ''}`;
  return index === null ? `${all} found` : `${formatWhole(index + 1)} of ${all}`;
}
