import { describe, expect, test } from 'vitest';
import { visibleText } from '../../../../../preload/contract/visible-text.ts';
import { diffOf, foldOutput, lineCount } from '../../../../../renderer/views/agent/output.ts';

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');

describe('an output', () => {
  test('of few lines is shown whole', () => {
    expect(foldOutput('a\nb\n')).toEqual({ shown: 'a\nb', lines: 2, isFolded: false });
  });

  test('of many lines shows the first twenty and says how many there are', () => {
    const folded = foldOutput(numbered(212));
    expect(folded).toMatchObject({ lines: 212, isFolded: true });
    expect(folded.shown).toBe(numbered(20));
  });

  test('of one endless line is cut too', () => {
    const folded = foldOutput('x'.repeat(100_000));
    expect(folded.isFolded).toBe(true);
    expect(folded.shown).toHaveLength(4_000);
  });

  test('counts its lines without the last end of line', () => {
    expect([lineCount(''), lineCount('\n'), lineCount('a'), lineCount('a\n'), lineCount('a\n\nb')]).toEqual([
      0, 0, 1, 1, 3,
    ]);
  });
});

describe('a diff', () => {
  const changes = (output: string) => diffOf(output).lines.map(({ change }) => change);

  test('counts a removed SQL comment, within a hunk and without one', () => {
    expect(
      diffOf('--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1,2 @@\n--- a comment\n+++ b comment\n same\n'),
    ).toMatchObject({
      added: 1,
      removed: 1,
    });
    expect(changes('- first\n--- a comment\n+++ b comment')).toEqual(['removed', 'removed', 'added']);
  });

  test('has headings in each of its files', () => {
    const two =
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-one\n+two\n--- a/y\n+++ b/y\n@@ -0,0 +1 @@\n+new';
    expect(diffOf(two)).toMatchObject({ added: 2, removed: 1 });
  });

  test('is none where the output is something else', () => {
    expect(diffOf('Saved the file:\n--- a comment\n- a point')).toMatchObject({ added: 0, removed: 0 });
  });
});

test('an edit is read as a diff, without its headings', () => {
  const diff = diffOf('--- a/nginx\n+++ b/nginx\n- weekly\n+ daily\n+ compress\n same\n');
  expect(diff).toMatchObject({ added: 2, removed: 1 });
  expect(diff.lines.map(({ change }) => change)).toEqual([null, null, 'removed', 'added', 'added', null]);
});

describe('untrusted text', () => {
  test('loses the colours and titles of a terminal', () => {
    expect(visibleText('\u001B[31mred\u001B[0m \u001B]0;title\u0007end')).toBe('red end');
  });

  test('shows a mark for what would turn or hide it, and keeps tabs, lines and emoji', () => {
    expect(visibleText('rm \u202Etxt.sh\u200B')).toBe('rm \uFFFDtxt.sh\uFFFD');
    expect(visibleText('a\tb\r\nc\rd 👩‍💻')).toBe('a\tb\nc\nd 👩‍💻');
  });

  test('stays as it is where it looks like a page', () => {
    expect(visibleText('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
  });
});
