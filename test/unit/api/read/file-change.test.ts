import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../../../main/api/read/transcript.ts';

/** What is read of one tool call. */
function changeOf(call: object) {
  const [entry] = readTranscript({ messages: [{ role: 'tool', ...call }] }) ?? [];
  return entry?.kind === 'tool' ? { title: entry.title, change: entry.change, output: entry.output } : null;
}
const path = '/etc/motd';
const texts = (before: string | null, after: string, firstLine: number | null = null) => ({
  kind: 'texts',
  parts: [{ before, after, firstLine }],
  isCut: false,
});
const patch = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

describe('what an edit changes is read from', () => {
  it.each([
    ['an old and a new text', 'file_edit', { path, old_string: 'a', new_string: 'b' }, texts('a', 'b')],
    ['other names of them', 'edit', { path, old_str: 'a', new_str: 'b' }, texts('a', 'b')],
    ['camel case', 'edit_file', { path, oldText: 'a', newText: 'b' }, texts('a', 'b')],
    ['a search and its replacement', 'replace_in_file', { path, search: 'a', replace: 'b' }, texts('a', 'b')],
    ['a text that is replaced by nothing', 'edit', { path, old_string: 'a', new_string: '' }, texts('a', '')],
    [
      'a place that is known',
      'edit',
      { path, old_string: 'a', new_string: 'b', start_line: 7 },
      texts('a', 'b', 7),
    ],
    ['a whole file before and after', 'edit', { path, before: 'a', after: 'b' }, texts('a', 'b', 1)],
    ['its contents', 'write', { path, old_content: 'a', new_content: 'b' }, texts('a', 'b', 1)],
    ['a file that was not there', 'write', { path, old_content: null, new_content: 'b' }, texts('', 'b', 1)],
    ['all that is written', 'write_file', { path, content: 'b' }, texts(null, 'b', 1)],
    ['a new file', 'create_file', { path, file_text: 'b' }, texts(null, 'b', 1)],
    [
      'what is inserted',
      'str_replace_based_edit_tool',
      { command: 'insert', path, insert_line: 3, new_str: 'b' },
      texts('', 'b', 4),
    ],
    ['a diff', 'apply_patch', { path, diff: patch }, { kind: 'patch', text: patch, isCut: false }],
    [
      'several edits',
      'multi_edit',
      { path, edits: [{ old_string: 'a', new_string: 'b' }, { old_string: 'c', new_string: 'd' }, 7] },
      {
        kind: 'texts',
        parts: [
          { before: 'a', after: 'b', firstLine: null },
          { before: 'c', after: 'd', firstLine: null },
        ],
        isCut: false,
      },
    ],
  ])('%s', (_what, tool, input, change) => {
    expect(changeOf({ tool, input, output: 'done' })).toEqual({ title: path, change, output: 'done' });
    expect(changeOf({ tool, input: JSON.stringify(input), output: 'done' })?.change).toEqual(change);
  });

  it('the call itself where it has no arguments', () => {
    expect(changeOf({ tool: 'file_edit', path, old_string: 'a', new_string: 'b' })?.change).toEqual(
      texts('a', 'b'),
    );
    expect(changeOf({ tool: 'apply_patch', input: patch })?.change).toEqual({
      kind: 'patch',
      text: patch,
      isCut: false,
    });
  });
});

it.each([
  ['a command', { tool: 'shell', input: { command: 'diff a b', old_string: 'a', new_string: 'b' } }],
  ['an edit that says its path alone', { tool: 'file_edit', input: { path }, output: patch }],
  ['a look at a file', { tool: 'str_replace_based_edit_tool', input: { command: 'view', path } }],
  ['the content that came back', { tool: 'file_edit', input: { path }, content: 'b' }],
  ['what is no text', { tool: 'file_edit', input: { path, old_string: 1, new_string: {} } }],
])('nothing is read from %s', (_what, call) => {
  expect(changeOf(call)?.change).toBeUndefined();
});

it('no more is read than can be shown, and that it is cut is known', () => {
  const long = 'x'.repeat(300_000);
  const read = (input: object) => {
    const change = changeOf({ tool: 'edit', input: { path, ...input } })?.change;
    if (change === undefined) return null;
    const lengths =
      change.kind === 'patch'
        ? [change.text.length]
        : change.parts.map(({ before, after }) => [before?.length, after.length]);
    return { isCut: change.isCut, lengths };
  };
  expect(read({ before: long, after: long })).toEqual({ isCut: true, lengths: [[100_000, 100_000]] });
  expect(read({ diff: long })).toEqual({ isCut: true, lengths: [200_000] });
  const edits = Array.from({ length: 150 }, () => ({ old_string: 'a', new_string: 'b' }));
  expect(read({ edits })?.lengths).toHaveLength(100);
  expect(read({ edits })?.isCut).toBe(true);
});

it('the result of a call in a later message leaves what it changes', () => {
  const messages = [
    {
      role: 'assistant',
      tool_calls: [{ id: 't', name: 'edit', input: { path, old_string: 'a', new_string: 'b' } }],
    },
    { role: 'tool', tool_call_id: 't', content: 'Saved.' },
  ];
  expect(readTranscript({ messages })).toMatchObject([
    { title: path, change: texts('a', 'b'), output: 'Saved.' },
  ]);
});
