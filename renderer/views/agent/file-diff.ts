import { structuredPatch } from 'diff';
import type { ChangedText, FileChange } from '../../../preload/contract/file-change.ts';
import { visibleText } from '../../../preload/contract/visible-text.ts';
import { diffOf } from './output.ts';

/** A line of a diff. Numbers are null where it is not in that file, and where they are not known. */
export interface FileDiffLine {
  /** Without its sign. */
  readonly text: string;
  readonly change: 'added' | 'removed' | 'heading' | null;
  readonly oldLine: number | null;
  readonly newLine: number | null;
}

/** An edit of a file as it is shown. */
export interface FileDiff {
  readonly lines: readonly FileDiffLine[];
  readonly added: number;
  readonly removed: number;
  /** What is to be known of it, in sentences. */
  readonly notes: readonly string[];
}

/** Unchanged lines around a change. */
const contextLines = 3;
/** Two texts that take longer to compare are both shown. All of them together take no longer than ten. */
const compareMs = 40;

/** What an edit changed. It takes no longer than some tenths of a second. */
export function fileDiffOf(change: FileChange, nowMs: () => number = () => performance.now()): FileDiff {
  const cutNote = change.isCut ? ['The edit is longer than what is shown of it.'] : [];
  if (change.kind === 'patch') {
    const lines = patchLines(visibleText(change.text));
    return { lines, ...countsOf(lines), notes: cutNote };
  }
  const endMs = nowMs() + 10 * compareMs;
  const notes = new Set<string>(cutNote);
  const lines = change.parts.flatMap((part, index) => [
    ...(index === 0 ? [] : [headingOf('')]),
    ...partLines(part, Math.min(compareMs, endMs - nowMs()), notes),
  ]);
  return { lines, ...countsOf(lines), notes: [...notes] };
}

/** A diff as text, as it is copied: each line with its sign. */
export function diffText({ lines }: Pick<FileDiff, 'lines'>): string {
  return lines.map((line) => `${signOf(line)}${line.text}\n`).join('');
}

/** What stands before a line, for whoever does not see its colour. */
export function signOf({ change }: Pick<FileDiffLine, 'change'>): string {
  if (change === 'heading') return '';
  return change === 'added' ? '+' : change === 'removed' ? '-' : ' ';
}

function countsOf(lines: readonly FileDiffLine[]): { readonly added: number; readonly removed: number } {
  const count = (change: FileDiffLine['change']): number =>
    lines.filter((line) => line.change === change).length;
  return { added: count('added'), removed: count('removed') };
}

const headingOf = (text: string): FileDiffLine => ({ text, change: 'heading', oldLine: null, newLine: null });

function partLines(part: ChangedText, leftMs: number, notes: Set<string>): readonly FileDiffLine[] {
  const { firstLine } = part;
  const offset = firstLine === null ? null : firstLine - 1;
  if (part.before === null) {
    notes.add('This is all that is in the file now. What was there before, if anything, is not known.');
    return allOf(part.after, 'added', firstLine);
  }
  if (part.before === '') return allOf(part.after, 'added', firstLine);
  const [before, after] = [part.before, part.after].map((text) => ended(visibleText(text))) as [
    string,
    string,
  ];
  const patch =
    leftMs > 0
      ? structuredPatch('', '', before, after, undefined, undefined, {
          context: contextLines,
          timeout: leftMs,
        })
      : undefined;
  if (patch === undefined) {
    notes.add('The texts are too different to be compared: all of the old one, then all of the new one.');
    return [...allOf(part.before, 'removed', firstLine), ...allOf(part.after, 'added', firstLine)];
  }
  if (patch.hunks.length === 0) notes.add('The text before and the text after are the same.');
  return patch.hunks.flatMap(({ oldStart, newStart, oldLines, newLines, lines }, index) => {
    const from = (start: number, count: number): string => `${start + (offset ?? 0)},${count}`;
    // Where a part stands in its file, a number within the part would be taken for it.
    const place = offset === null ? '' : `@@ -${from(oldStart, oldLines)} +${from(newStart, newLines)} @@`;
    const heading = index === 0 && offset === null ? [] : [headingOf(place)];
    return [
      ...heading,
      ...numbered(lines, offset === null ? null : { old: oldStart + offset, new: newStart + offset }),
    ];
  });
}

/** A text whose last line ends, so that an end of line that one of two texts lacks is no change. */
const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function allOf(text: string, change: 'added' | 'removed', firstLine: number | null): readonly FileDiffLine[] {
  const shown = visibleText(text);
  if (shown === '') return [];
  return shown
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => {
      const number = firstLine === null ? null : firstLine + index;
      return {
        text: line,
        change,
        oldLine: change === 'removed' ? number : null,
        newLine: change === 'added' ? number : null,
      };
    });
}

/** Lines with their signs, numbered from the first of a hunk. */
function numbered(
  lines: readonly string[],
  first: { readonly old: number; readonly new: number } | null,
): readonly FileDiffLine[] {
  let oldLine = first?.old ?? 0;
  let newLine = first?.new ?? 0;
  return lines.map((line): FileDiffLine => {
    const sign = line.charAt(0);
    if (sign === '\\') return headingOf(line);
    const change = sign === '+' ? 'added' : sign === '-' ? 'removed' : null;
    const row = {
      text: line.slice(1),
      change,
      oldLine: first === null || change === 'added' ? null : oldLine,
      newLine: first === null || change === 'removed' ? null : newLine,
    } as const;
    if (change !== 'added') oldLine += 1;
    if (change !== 'removed') newLine += 1;
    return row;
  });
}

const hunkPlace = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The lines of a patch, with the numbers that its hunks name. A line that is in no hunk and has no sign is a heading. */
function patchLines(patch: string): readonly FileDiffLine[] {
  let place: { old: number; new: number } | null = null;
  if (patch.trimStart().startsWith('*** Begin Patch')) return envelopeLines(patch);
  return diffOf(patch).lines.map(({ text, change }): FileDiffLine => {
    const hunk = change === null ? hunkPlace.exec(text) : null;
    if (hunk !== null) {
      place = { old: Number(hunk[1]), new: Number(hunk[2]) };
      return headingOf(text);
    }
    if (change === null && (!text.startsWith(' ') || text === '')) {
      // An empty line of a hunk can have lost its blank.
      if (text === '' && place !== null) return { text, change, oldLine: place.old++, newLine: place.new++ };
      return headingOf(text);
    }
    const row = {
      text: text.slice(1),
      change,
      oldLine: place === null || change === 'added' ? null : place.old,
      newLine: place === null || change === 'removed' ? null : place.new,
    };
    if (place !== null && change !== 'added') place.old += 1;
    if (place !== null && change !== 'removed') place.new += 1;
    return row;
  });
}

/** A patch between lines that begin with stars, which names no lines by their numbers. */
function envelopeLines(patch: string): readonly FileDiffLine[] {
  return patch
    .trim()
    .split('\n')
    .map((line) => (/^[-+ ]/.test(line) ? numbered([line], null) : [headingOf(line)]))
    .flat();
}
