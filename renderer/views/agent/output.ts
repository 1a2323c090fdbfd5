import { visibleText } from '../../../preload/contract/visible-text.ts';
import { lookMark, readLook } from './screen.ts';
import { colouredText, terminalText } from './terminal-text.ts';

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

const heading = /^(?:diff |index |@@ |\\ )/;
const hunk = /^@@ -\d+(?:,(?<old>\d+))? \+\d+(?:,(?<new>\d+))? @@/;

/**
 * Reads the output of an edit as a diff. Within a hunk its heading says how many lines there are, so that the removed
 * line `-- a` (`--- a` in the diff) is no heading. Nothing came or went in an output that is no diff.
 */
export function diffOf(output: string): Diff {
  const texts = output.replace(/\n$/, '').split('\n');
  const isDiff =
    texts.some((text, index) => hunk.test(text) || isFileHeading(texts, index)) ||
    texts.every((text) => text === '' || /^[-+ ]/.test(text) || heading.test(text));
  const lines = isDiff ? changesOf(texts) : texts.map((text): DiffLine => ({ text, change: null }));
  const count = (change: DiffLine['change']): number => lines.filter((line) => line.change === change).length;
  return { lines, added: count('added'), removed: count('removed') };
}

function changesOf(texts: readonly string[]): readonly DiffLine[] {
  /** How many lines of the hunk are still to come; null before the first hunk. */
  let rest: { old: number; new: number } | null = null;
  let headingEnd = -1;
  return texts.map((text, index) => {
    const begin = hunk.exec(text);
    const isInHunk = rest !== null && (rest.old > 0 || rest.new > 0);
    if (begin !== null && !isInHunk) {
      rest = { old: Number(begin.groups?.['old'] ?? 1), new: Number(begin.groups?.['new'] ?? 1) };
      return { text, change: null };
    }
    // Without hunks a pair of headings stands where no line of a change goes before it.
    const mayHead = rest === null ? !/^[-+]/.test(texts[index - 1] ?? '') : !isInHunk;
    if (mayHead && isFileHeading(texts, index)) headingEnd = index + 1;
    if (index <= headingEnd || (!isInHunk && heading.test(text))) return { text, change: null };
    const change = text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : null;
    if (rest !== null && !text.startsWith('\\')) {
      if (change !== 'added') rest.old -= 1;
      if (change !== 'removed') rest.new -= 1;
    }
    return { text, change };
  });
}

/** The two lines that name a file before and after. */
function isFileHeading(texts: readonly string[], index: number): boolean {
  return (texts[index] ?? '').startsWith('--- ') && (texts[index + 1] ?? '').startsWith('+++ ');
}

/** The output of a command as it may be shown: what a terminal shows of it in the end. */
export function visibleOutput(output: string): string {
  return visibleText(terminalText(output));
}

/** A piece of an output in one colour. */
export interface Run {
  readonly text: string;
  /** Of the terminal's palette of sixteen; null: the terminal's own. */
  readonly colour: number | null;
  readonly isBold: boolean;
}

const lookAndText = new RegExp(`(${lookMark}[\\s\\S])?([^${lookMark}]*)`, 'gu');

/** An output with more pieces is shown without colours: each is an element. */
const maxRuns = 2_000;

/** The first `length` characters of an output as it may be shown, in the colours that a terminal gives them. */
export function colouredRuns(output: string, length: number): readonly Run[] {
  const plain = { colour: null, isBold: false };
  const runs: Run[] = [];
  let left = length;
  // A mark, or the beginning, and what comes until the next.
  for (const [, look, text = ''] of colouredText(output).matchAll(lookAndText)) {
    const shown = visibleText(text).slice(0, left);
    if (shown !== '') runs.push({ text: shown, ...(look === undefined ? plain : readLook(look)) });
    left -= shown.length;
    if (left <= 0) break;
  }
  if (runs.length <= maxRuns) return runs;
  return [{ text: runs.map(({ text }) => text).join(''), ...plain }];
}
