import { beforeEach, expect, it, vi } from 'vitest';
import type { Snippet, SnippetId } from '../../../../preload/contract/snippets.ts';
import { snippetCommands } from '../../../../renderer/palette/snippet-commands.ts';

const question = vi.hoisted(() => ({ open: vi.fn() }));
vi.mock('../../../../renderer/snippets/snippets.svelte.ts', () => ({ snippetQuestion: question }));
beforeEach(() => question.open.mockReset());

const snippets: readonly Snippet[] = [
  { id: 's1' as SnippetId, name: 'Disk', text: 'df -h', runsAtOnce: true },
  { id: 's2' as SnippetId, name: 'Logs\u202e', text: 'journalctl\n-f', runsAtOnce: false },
];

it('each snippet is a command that asks where to run it', () => {
  const commands = snippetCommands(snippets, true);
  expect(commands.map(({ label, detail, disabledReason }) => [label, detail, disabledReason])).toEqual([
    ['Run a snippet', 'Terminals', null],
    ['Run Disk', 'df -h', null],
    ['Run Logs', 'journalctl -f', null],
  ]);
  for (const { run } of commands) run();
  expect(question.open.mock.calls).toEqual([[], ['s1'], ['s2']]);
});

it('none can be run without a terminal, and says so', () => {
  expect(snippetCommands(snippets, false).map(({ disabledReason }) => disabledReason)).toEqual(
    Array(3).fill('Open a terminal first'),
  );
});
