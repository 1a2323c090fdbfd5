import { expect, it } from 'vitest';
import type { TranscriptEntry } from '../../../../../preload/contract/agent.ts';
import { conversationMarkdown } from '../../../../../renderer/views/agent/conversation-markdown.ts';

const nowMs = Date.UTC(2026, 4, 24, 14, 2);
const tool = (
  more: Partial<Extract<TranscriptEntry, { kind: 'tool' }>>,
): Extract<TranscriptEntry, { kind: 'tool' }> => ({
  kind: 'tool',
  tool: 'shell',
  title: 'free -h',
  output: null,
  exitCode: null,
  durationMs: null,
  running: false,
  atMs: null,
  ...more,
});
const none = () => Promise.resolve(null);
const exported = (...entries: TranscriptEntry[]): Promise<string> =>
  conversationMarkdown({
    title: 'Swap',
    instanceName: 'web',
    entries,
    nowMs,
    wholeOutput: none,
    wholeChange: none,
  });
const head = '# Swap\n\nConversation with the Evorxa agent on web, exported 2026-05-24T14:02:00.000Z.\n';

it('a conversation has who said what, commands with their facts, and outputs as a terminal shows them', async () => {
  const atMs = Date.UTC(2026, 4, 24, 13);
  expect(
    await exported(
      { kind: 'user', text: 'Is there swap?\nAdd some.', atMs },
      tool({ output: 'Mem: 1\r\u001b[31mMem: 2\u001b[0m\n', exitCode: 0, durationMs: 720 }),
      tool({ title: 'sleep 9', running: true }),
      { kind: 'assistant', text: '**Done**', atMs: null },
    ),
  ).toBe(
    `${head}
## You (2026-05-24T13:00:00.000Z)

> Is there swap?
> Add some.

### shell, exit 0, 0.7 s

\`\`\`sh
free -h
\`\`\`

\`\`\`text
Mem: 2
\`\`\`

### shell, running

\`\`\`sh
sleep 9
\`\`\`

## Agent

> **Done**
`,
  );
});

it('a fence is longer than any in the text, and one that is left open ends with its quote', async () => {
  const text = await exported(
    tool({ title: 'cat README.md', output: '```js\nlet a;\n````\n# Not a heading' }),
    { kind: 'assistant', text: 'See:\n\n```sh\nrm -r x', atMs: null },
    { kind: 'user', text: 'Next', atMs: null },
  );
  expect(text).toContain('`````text\n```js\nlet a;\n````\n# Not a heading\n`````\n');
  expect(text).toContain('> See:\n>\n> ```sh\n> rm -r x\n\n## You\n\n> Next\n');
});

it('titles are one line without markup, and what cannot be seen is marked', async () => {
  const text = await conversationMarkdown({
    title: '![x](https://example.com)\n# <b>',
    instanceName: 'a_b',
    entries: [{ kind: 'assistant', text: 'a\u202Eb', atMs: Number.NaN }],
    nowMs,
    wholeChange: none,
    wholeOutput: none,
  });
  expect(text.split('\n')[0]).toBe(String.raw`# \!\[x\](https://example.com) \# \<b\>`);
  expect(text).toContain(String.raw`on a\_b,`);
  expect(text).toContain('## Agent (at an unknown time)\n\n> a\uFFFDb\n');
});

it('a conversation without anything is its head', async () => {
  expect(await exported()).toBe(head);
});

it('an output that crossed cut is whole, and says where it could not be had', async () => {
  const entries = [
    tool({ output: 'one', cut: { characters: 7, lines: 2 } }),
    tool({ title: 'uptime', output: 'up', cut: { characters: 9, lines: 2 } }),
  ];
  const wholeOutput = (index: number, characters: number) =>
    Promise.resolve(index === 0 && characters === 7 ? 'one\ntwo' : null);
  const text = await conversationMarkdown({
    title: 'Swap',
    instanceName: 'web',
    entries,
    nowMs,
    wholeChange: none,
    wholeOutput,
  });
  expect(text).toContain('```text\none\ntwo\n```');
  expect(text).toContain('```text\nup\n(The rest could not be loaded.)\n```');
});

it('an edit is a diff', async () => {
  const edit: TranscriptEntry = {
    kind: 'tool',
    tool: 'file_edit',
    title: '/etc/motd',
    output: 'Saved.',
    change: { kind: 'texts', parts: [{ before: 'a', after: 'b', firstLine: null }], isCut: false },
    exitCode: null,
    durationMs: null,
    running: false,
    atMs: null,
  };
  expect(await exported(edit)).toContain('```diff\n-a\n+b\n```\n\n```text\nSaved.\n```');
  const { change, ...cut } = { ...edit, cutChange: 2 };
  expect(await exported(cut)).toContain('(The edit could not be loaded.)');
  const whole = await conversationMarkdown({
    title: 'Swap',
    instanceName: 'web',
    entries: [cut],
    nowMs,
    wholeOutput: none,
    wholeChange: (index, characters) =>
      Promise.resolve(index === 0 && characters === 2 ? (change ?? null) : null),
  });
  expect(whole).toContain('```diff\n-a\n+b\n```');
});
