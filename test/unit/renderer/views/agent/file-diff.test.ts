import { describe, expect, it } from 'vitest';
import type { ChangedText, FileChange } from '../../../../../preload/contract/file-change.ts';
import { diffText, fileDiffOf, signOf } from '../../../../../renderer/views/agent/file-diff.ts';

const texts = (...parts: readonly ChangedText[]): FileChange => ({ kind: 'texts', parts, isCut: false });
const patch = (text: string): FileChange => ({ kind: 'patch', text, isCut: false });
/** Lines as they are seen: numbers, sign, text. */
const seen = (change: FileChange) =>
  fileDiffOf(change).lines.map(
    (line) => `${line.oldLine ?? '-'} ${line.newLine ?? '-'} ${signOf(line)}${line.text}`,
  );
const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

describe('a change', () => {
  it('of a whole file has its numbers, and context', () => {
    const before = numbered(20);
    const change = texts({ before, after: before.replace('line 10\n', 'ten\nmore\n'), firstLine: 1 });
    expect(seen(change)).toEqual([
      '- - @@ -7,7 +7,8 @@',
      '7 7  line 7',
      '8 8  line 8',
      '9 9  line 9',
      '10 - -line 10',
      '- 10 +ten',
      '- 11 +more',
      '11 12  line 11',
      '12 13  line 12',
      '13 14  line 13',
    ]);
    expect(fileDiffOf(change)).toMatchObject({ added: 2, removed: 1, notes: [] });
  });

  it('of a part whose place is known has the numbers of the file', () => {
    expect(seen(texts({ before: 'a\nb', after: 'a\nc', firstLine: 40 }))).toEqual([
      '- - @@ -40,2 +40,2 @@',
      '40 40  a',
      '41 - -b',
      '- 41 +c',
    ]);
  });

  it('of parts elsewhere has none, and shows where one ends', () => {
    const change = texts(
      { before: 'a', after: 'b', firstLine: null },
      { before: 'c', after: '', firstLine: null },
    );
    expect(seen(change)).toEqual(['- - -a', '- - +b', '- - ', '- - -c']);
    expect(diffText(fileDiffOf(change))).toBe('-a\n+b\n\n-c\n');
  });

  it('of what is written whole says that it is not known what was there', () => {
    const change = texts({ before: null, after: 'a\nb\n', firstLine: 1 });
    expect(seen(change)).toEqual(['- 1 +a', '- 2 +b']);
    expect(fileDiffOf(change).notes).toEqual([
      'This is all that is in the file now. What was there before, if anything, is not known.',
    ]);
    expect(fileDiffOf(texts({ before: '', after: 'a', firstLine: 4 }))).toMatchObject({
      added: 1,
      notes: [],
    });
    expect(seen(texts({ before: '', after: 'a', firstLine: 4 }))).toEqual(['- 4 +a']);
  });

  it('that is none says so', () => {
    const { added, removed, notes } = fileDiffOf(texts({ before: 'a', after: 'a\n', firstLine: null }));
    expect({ added, removed, notes }).toEqual({
      added: 0,
      removed: 0,
      notes: ['The text before and the text after are the same.'],
    });
  });

  it('shows no text other than it is', () => {
    expect(seen(texts({ before: '\u001b[31ma', after: '\u202eb', firstLine: null }))).toEqual([
      '- - -a',
      '- - +\ufffdb',
    ]);
  });
});

describe('a patch', () => {
  it('has the numbers of its hunks', () => {
    expect(seen(patch('--- a/x\n+++ b/x\n@@ -3,3 +3,3 @@ main\n a\n-b\n+c\n d\n'))).toEqual([
      '- - --- a/x',
      '- - +++ b/x',
      '- - @@ -3,3 +3,3 @@ main',
      '3 3  a',
      '4 - -b',
      '- 4 +c',
      '5 5  d',
    ]);
  });

  it('without hunks has none', () => {
    expect(seen(patch('- weekly\n+ daily'))).toEqual(['- - - weekly', '- - + daily']);
  });

  it('in an envelope is read too', () => {
    const text = '*** Begin Patch\n*** Update File: x\n@@\n-a\n+b\n*** End Patch';
    expect(fileDiffOf(patch(text))).toMatchObject({ added: 1, removed: 1 });
    expect(seen(patch(text))[0]).toBe('- - *** Begin Patch');
  });
});

it('texts that take too long to compare are both shown, and all of it ends soon', () => {
  const words = (seed: number): string =>
    Array.from(
      { length: 9_000 },
      (_, index) => `${(index * seed) % 7919} ${(index * index * seed) % 104729}`,
    ).join('\n');
  const part = { before: words(31), after: words(57), firstLine: 1 };
  const startedAtMs = performance.now();
  const diff = fileDiffOf(texts(part, part, part, part, part, part, part, part, part, part, part, part));
  expect(performance.now() - startedAtMs).toBeLessThan(3_000);
  expect(diff.notes).toContain(
    'The texts are too different to be compared: all of the old one, then all of the new one.',
  );
  expect(diff.added).toBe(12 * 9_000);
  // Once the time is over, nothing more is compared.
  let nowMs = 0;
  const late = fileDiffOf(texts({ before: 'a', after: 'b', firstLine: 1 }), () => (nowMs += 1_000));
  expect(late).toMatchObject({ added: 1, removed: 1 });
  expect(late.notes).toHaveLength(1);
});
