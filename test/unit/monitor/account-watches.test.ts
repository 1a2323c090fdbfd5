import { describe, expect, it, vi } from 'vitest';
import { createAccountWatches } from '../../../main/monitor/index.ts';
import type { AgentTurn, TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../preload/contract/brands.ts';
import { watchName } from '../../../preload/contract/watch-name.ts';
import type { WatchKey, WatchUpdate } from '../../../preload/contract/watch.ts';
import { followed } from '../waf/builders.ts';
import { instanceId } from './builders.ts';
import { FakeClient } from './fake-client.ts';
import { rig } from './rig.ts';

const web = instanceId('web');
const c = 'c' as ConversationId;
const agentKey: WatchKey = { kind: 'agent', instanceId: web };
const conversationKey: WatchKey = { kind: 'conversation', instanceId: web, conversationId: c };
const entry: TranscriptEntry = { kind: 'assistant', text: 'All is well.', atMs: null };

/** An account whose agent page, transcript and credits are watched and were answered once. */
async function started() {
  const { monitor, time } = rig();
  const client = new FakeClient();
  client.answer('agent.conversations', [{ id: c, title: 'Disk', updatedAtMs: null }]);
  client.answer('agent.conversation', { id: c, title: 'Disk', entries: [] });
  client.answer('agent.credits', { balanceCents: 100, trialRemainingCents: null });
  const updates: WatchUpdate[] = [];
  const turns = {
    turnOf: (): AgentTurn => ({ phase: 'idle' }),
    isWorking: () => false,
    sawConversations: vi.fn(),
    sawConversation: vi.fn(),
  };
  const joined = createAccountWatches({
    client,
    monitor,
    turns,
    forWindow: (_id, conversation) => conversation,
    sawWafApp: followed,
    sawWafApps: (apps) => apps.map(followed),
    notesOf: () => ({}),
    onUpdate: (update) => updates.push(update),
  });
  monitor.setVisibility('in-view');
  for (const key of [agentKey, conversationKey, { kind: 'agent-credits' } as const])
    joined.watches.start(key);
  await time.pass(0);
  /** How often each was asked for since the last look. */
  const asked = async (): Promise<readonly number[]> => {
    await time.pass(0);
    const all = client.calls.splice(0).map(({ id }) => id);
    return ['agent.conversations', 'agent.conversation', 'agent.credits'].map(
      (id) => all.filter((each) => each === id).length,
    );
  };
  expect(await asked()).toEqual([1, 1, 1]);
  const last = (key: WatchKey) => updates.findLast(({ name }) => name === watchName(key))?.state.data;
  return { ...joined, client, time, turns, asked, last };
}
const done: AgentTurn = { phase: 'done', conversationId: c, startedAtMs: 0, endedAtMs: 1, costCents: null };
const failed = (conversationId: ConversationId | null): AgentTurn => ({
  phase: 'failed',
  message: 'Hi',
  sentence: 'The answer was lost.',
  needsCredits: false,
  conversationId,
});

describe('a turn of the agent that became another', () => {
  it('is shown at once beside the conversations that are known', async () => {
    const { turnChanged, last } = await started();
    turnChanged(web, done);
    expect(last(agentKey)).toEqual({
      instanceId: web,
      conversations: [{ id: c, title: 'Disk', updatedAtMs: null }],
      turn: done,
      notes: {},
    });
  });

  it('greets a page that opens later, where no conversations are known', async () => {
    const { turnChanged, watches } = await started();
    const db = instanceId('db');
    turnChanged(db, { phase: 'not-waiting', conversationId: null, startedAtMs: 0 });
    expect(watches.known({ kind: 'agent', instanceId: db })).toMatchObject({
      instanceId: 'db',
      conversations: [],
      turn: { phase: 'not-waiting' },
    });
  });

  it.each<[string, AgentTurn, readonly number[]]>([
    ['done', done, [1, 1, 1]],
    ['failed', failed(c), [1, 1, 1]],
    ['failed before it had a conversation', failed(null), [1, 0, 1]],
    ['not waited for', { phase: 'not-waiting', conversationId: c, startedAtMs: 0 }, [0, 0, 0]],
    ['idle', { phase: 'idle' }, [0, 0, 0]],
  ])('and is %s has what it changed asked for: %j', async (_what, turn, expected) => {
    const { turnChanged, asked } = await started();
    turnChanged(web, turn);
    expect(await asked()).toEqual(expected);
  });

  it('has its transcript asked for once where its answer came first, and again for the next one', async () => {
    const { turnChanged, turnAnswered, asked, last } = await started();
    turnAnswered(web, c, (entries) => [...entries, entry]);
    expect(last(conversationKey)).toEqual({ id: c, title: 'Disk', entries: [entry] });
    expect(await asked()).toEqual([0, 1, 0]);
    turnChanged(web, done);
    expect(await asked()).toEqual([1, 0, 1]);
    turnChanged(web, done);
    expect(await asked()).toEqual([1, 1, 1]);
  });
});

it('an answer in a conversation that nobody has seen yet begins its transcript', async () => {
  const { turnAnswered, watches } = await started();
  const key = { kind: 'conversation', instanceId: web, conversationId: 'new' as ConversationId } as const;
  turnAnswered(web, key.conversationId, (entries) => [...entries, entry]);
  expect(watches.known(key)).toEqual({ id: 'new', title: '', entries: [entry] });
});

it('what is read of conversations is told to the turns', async () => {
  const { turns } = await started();
  expect(turns.sawConversations.mock.calls).toEqual([[web, [{ id: c, title: 'Disk', updatedAtMs: null }]]]);
  expect(turns.sawConversation.mock.calls).toEqual([[web, { id: c, title: 'Disk', entries: [] }]]);
});
