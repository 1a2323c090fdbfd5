/** Long output shows this many lines at first, and no more characters than this. */
const foldedLines = 20;
const foldedCharacters = 4_000;

/** What of an output is shown at first. */
export interface FoldedOutput {
  readonly shown: string;
  /** How many lines there are in all. */
  readonly lines: number;
  readonly isFolded: boolean;
}

/** The lines of a text; an end of line at its end begins no further one. */
export function lineCount(text: string): number {
  const body = text.replace(/\n$/, '');
  return body === '' ? 0 : body.split('\n').length;
}

/** Cuts an output to what is worth seeing at first. */
export function foldOutput(output: string): FoldedOutput {
  const lines = lineCount(output);
  const head = output.split('\n').slice(0, foldedLines).join('\n').slice(0, foldedCharacters);
  const body = output.replace(/\n$/, '');
  return head.length >= body.length
    ? { shown: body, lines, isFolded: false }
    : { shown: head, lines, isFolded: true };
}

/** A line of an edit, and whether it came or went. */
export interface DiffLine {
  readonly text: string;
  readonly change: 'added' | 'removed' | null;
}

/** What an edit took away and added. */
export interface Diff {
  readonly lines: readonly DiffLine[];
  readonly added: number;
  readonly removed: number;
}

/** Reads the output of an edit as a diff: lines that begin with a plus or a minus, but not its headings. */
export function diffOf(output: string): Diff {
  const lines = output
    .replace(/\n$/, '')
    .split('\n')
    .map((text): DiffLine => ({ text, change: changeOf(text) }));
  const count = (change: DiffLine['change']): number => lines.filter((line) => line.change === change).length;
  return { lines, added: count('added'), removed: count('removed') };
}

function changeOf(line: string): DiffLine['change'] {
  if (/^(\+\+\+|---) /.test(line)) return null;
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : null;
}

const escape = '\u001B';
const bell = '\u0007';
/** Escape sequences of a terminal (ECMA-48): colours and cursor moves, and titles up to their end. */
const escapeSequences = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)?|[@-Z_-])`,
  'g',
);
/** What cannot be seen, or turns the direction of the text, so that it reads other than it is. */
const deceptive = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** Untrusted text as it may be shown: without a terminal's colours, with a mark for what cannot be seen. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(escapeSequences, '')
    .replace(deceptive, (character) => (character === '\n' || character === '\t' ? character : '\uFFFD'));
}
