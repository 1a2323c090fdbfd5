import { describe, expect, test } from 'vitest';
import type { AgentTurn, TranscriptEntry } from '../../../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../../../preload/contract/brands.ts';
import {
  announcement,
  chunksOf,
  entryKeeper,
  exchangesOf,
  isTurnOf,
  newestFirst,
  pendingMessage,
  type ToolEntry,
} from '../../../../../renderer/views/agent/transcript.ts';

const id = 'c-1' as ConversationId;
const user = (text: string): TranscriptEntry => ({ kind: 'user', text, atMs: null });
const assistant = (text: string): TranscriptEntry => ({ kind: 'assistant', text, atMs: null });
const tool = (title: string, running = false): ToolEntry => ({
  kind: 'tool',
  tool: 'shell',
  title,
  output: running ? null : 'fine',
  exitCode: running ? null : 0,
  durationMs: null,
  running,
  atMs: null,
});
const working = (message: string, conversationId: ConversationId | null = id): AgentTurn => ({
  phase: 'working',
  isReattached: false,
  conversationId,
  message,
  startedAtMs: 0,
  toolCalls: 0,
});
const failed = (conversationId: ConversationId | null): AgentTurn => ({
  phase: 'failed',
  message: 'Check nginx',
  sentence: 'It failed.',
  needsCredits: false,
  conversationId,
});

describe('exchanges', () => {
  test('hold a question and all that came of it', () => {
    const entries = [user('One'), assistant('Well'), tool('ls'), user('Two'), assistant('Done')];
    const places = exchangesOf(entries).map(({ question, replies }) => [
      question?.index,
      replies.map(({ index }) => index),
    ]);
    expect(places).toEqual([
      [0, [1, 2]],
      [3, [4]],
    ]);
  });

  test('begin without a question where the transcript does', () => {
    const [first] = exchangesOf([assistant('Earlier'), tool('ls')]);
    expect(first?.question).toBeNull();
    expect(first?.replies).toHaveLength(2);
  });

  test('of nothing are none', () => {
    expect(exchangesOf([])).toEqual([]);
  });
});

describe('the message of a turn', () => {
  test('is pending until the transcript ends with it', () => {
    expect(pendingMessage(working('Check nginx'), [user('Earlier'), assistant('Done')])).toBe('Check nginx');
    expect(pendingMessage(working('Check nginx '), [user('Check nginx'), tool('ls')])).toBeNull();
  });

  test('is not pending once the turn is over', () => {
    expect(pendingMessage(failed(id), [])).toBeNull();
  });
});

describe('a turn', () => {
  test('belongs to its conversation alone', () => {
    expect(isTurnOf(working('x'), id)).toBe(true);
    expect(isTurnOf(working('x'), 'c-2' as ConversationId)).toBe(false);
    expect(isTurnOf(working('x', null), null)).toBe(true);
    expect(isTurnOf({ phase: 'idle' }, null)).toBe(false);
  });

  test('that began no conversation is told of wherever the person is', () => {
    expect(isTurnOf(failed(null), id)).toBe(true);
    expect(isTurnOf(failed('c-2' as ConversationId), id)).toBe(false);
  });
});

test('conversations come newest first, those without a time where the API put them', () => {
  const summary = (name: string, updatedAtMs: number | null) => ({
    id: name as ConversationId,
    title: name,
    updatedAtMs,
  });
  const ids = (list: Parameters<typeof newestFirst>[0]) => newestFirst(list).map((each) => each.id);
  expect(ids([summary('old', 1), summary('new', 3), summary('mid', 2)])).toEqual(['new', 'mid', 'old']);
  expect(ids([summary('first', null), summary('second', null)])).toEqual(['first', 'second']);
});

test('a screen reader hears what the agent says and does, and not what the person wrote', () => {
  expect(announcement(user('Check nginx'))).toBeNull();
  expect(announcement(assistant('All is well.'))).toBe('The agent: All is well.');
  expect(announcement(tool('ls', true))).toBe('The agent runs ls');
  expect(announcement(tool('ls'))).toBe('The agent ran ls');
});

describe('a poll', () => {
  const cut = { ...tool('cat log'), cut: { characters: 9_000, lines: 3 } };

  test('keeps the very entries that read as before, and no others', () => {
    const before = [user('One'), tool('ls', true), cut];
    const kept = entryKeeper();
    expect(kept(before)).toEqual(before);
    const now = kept([user('One'), tool('ls'), { ...cut }, assistant('Done')]);
    expect(now).toEqual([user('One'), tool('ls'), cut, assistant('Done')]);
    expect(now.map((entry, index) => entry === before[index])).toEqual([true, false, true, false]);
  });

  test('sees that an output grew behind its cut', () => {
    const grown = { ...cut, cut: { characters: 9_001, lines: 3 } };
    const kept = entryKeeper();
    kept([cut]);
    expect(kept([grown])[0]).toBe(grown);
  });
});

test('replies are drawn in pieces where the transcript is long', () => {
  const replies = Array.from({ length: 25 }, (_, index) => ({ index, entry: tool(`ls ${index}`) }));
  expect(chunksOf(replies, 40)).toEqual([replies]);
  expect(chunksOf(replies, 41).map((chunk) => chunk.map(({ index }) => index))).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
    [20, 21, 22, 23, 24],
  ]);
});
