import { describe, expect, it } from 'vitest';
import { AgentTurns, withAnswer } from '../../../main/agent/index.ts';
import { createAccountWatches, type AccountWatches } from '../../../main/monitor/index.ts';
import type { ConversationId, ShieldIpId } from '../../../preload/contract/brands.ts';
import { watchName } from '../../../preload/contract/watch-name.ts';
import type { WatchKey, WatchUpdate } from '../../../preload/contract/watch.ts';
import { followed } from '../waf/builders.ts';
import { cents, instanceId, record, unauthorized, unavailable } from './builders.ts';
import { FakeClient } from './fake-client.ts';
import { rig } from './rig.ts';
import { sentIn } from '../agent/turns-rig.ts';

const web = instanceId('web');
const instanceKey: WatchKey = { kind: 'instance', instanceId: web };
const creditsKey: WatchKey = { kind: 'agent-credits' };
const agentKey: WatchKey = { kind: 'agent', instanceId: web };
const ledgerKey: WatchKey = { kind: 'ledger', filter: 'all', limit: 'all' };
const trafficKey: WatchKey = { kind: 'shield-traffic', ipId: 'ip-1' as ShieldIpId };

async function started() {
  const made = rig();
  const client = new FakeClient();
  const updates: WatchUpdate[] = [];
  const turns: AgentTurns = new AgentTurns({
    client,
    clock: made.time,
    sent: sentIn(),
    knownEntries: () => null,
    onChange: (id, turn) => joined.turnChanged(id, turn),
    record: (_id, _at, send) => send(),
    recordEnd: () => undefined,
    onAnswer: (id, { conversationId, message, entries }) =>
      joined.turnAnswered(id, conversationId, (seen) => withAnswer(seen, message, entries)),
    onBug: (error) => {
      throw error;
    },
  });
  const joined: AccountWatches = createAccountWatches({
    client,
    monitor: made.monitor,
    turns,
    forWindow: (_id, conversation) => conversation,
    sawWafApp: followed,
    sawWafApps: (apps) => apps.map(followed),
    notesOf: () => ({}),
    onUpdate: (update) => updates.push(update),
  });
  made.api.records = [record('web')];
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  client.answer('instances.get', {
    record: record('web'),
    vfState: 'complete',
    detail: { id: web, remoteState: 'running', cpuPercent: 12, memoryTotalKb: 4, memoryFreeKb: 1 },
  });
  const { watches } = joined;
  const last = (key: WatchKey) => updates.findLast(({ name }) => name === watchName(key))?.state;
  return { ...made, client, turns, watches, updates, last };
}

describe('a watch', () => {
  it('asks at once, and then at the pace of its kind', async () => {
    const { client, watches, time, last } = await started();
    expect(watches.start(instanceKey)).toEqual({
      ok: true,
      value: {
        kind: 'instance',
        name: watchName(instanceKey),
        state: { data: null, checkedAtMs: null, error: null, gaps: null },
      },
    });
    await time.pass(0);
    expect(last(instanceKey)).toMatchObject({ data: { cpuPercent: 12 }, error: null });
    await time.pass(9_999);
    expect(client.count('instances.get')).toBe(1);
    await time.pass(1);
    expect(client.count('instances.get')).toBe(2);
  });

  it('is the same one for a key whose properties come in another order', async () => {
    const { client, watches, time } = await started();
    watches.start({ kind: 'instance', instanceId: web });
    watches.start({ instanceId: web, kind: 'instance' });
    await time.pass(0);
    expect(client.count('instances.get')).toBe(1);
    watches.stop({ instanceId: web, kind: 'instance' });
    expect(watches.isWatched(instanceKey)).toBe(true);
    watches.stop({ kind: 'instance', instanceId: web });
    expect(watches.isWatched(instanceKey)).toBe(false);
  });

  it('says of what kind each of its updates is', async () => {
    const { watches, updates, time } = await started();
    watches.start(instanceKey);
    await time.pass(0);
    expect(updates.map(({ kind, name }) => ({ kind, name }))).toEqual([
      { kind: 'instance', name: watchName(instanceKey) },
    ]);
  });

  it('counts the rows of the list apart from the views, and asks for two of them at once', async () => {
    const { client, watches, time } = await started();
    const release = client.hold('instances.metrics');
    for (let n = 0; n < 64; n += 1) {
      expect(watches.start({ kind: 'cpu-trend', instanceId: instanceId(`web-${n}`) }).ok).toBe(true);
    }
    expect(watches.start({ kind: 'cpu-trend', instanceId: instanceId('one-more') }).ok).toBe(false);
    expect(watches.start(ledgerKey).ok).toBe(true);
    await time.pass(0);
    expect(client.count('instances.metrics')).toBe(2);
    release();
    await time.pass(0);
    expect(client.count('instances.metrics')).toBe(64);
  });

  it('is shared by all who want it and ends with the last', async () => {
    const { client, watches, time } = await started();
    watches.start(instanceKey);
    await time.pass(0);
    const second = watches.start(instanceKey);
    expect(second).toMatchObject({ value: { state: { data: { cpuPercent: 12 } } } });
    watches.stop(instanceKey);
    await time.pass(10_000);
    expect(client.count('instances.get')).toBe(2);
    watches.stop(instanceKey);
    watches.stop(instanceKey);
    await time.pass(60_000);
    expect(client.count('instances.get')).toBe(2);
    expect(watches.start(instanceKey)).toMatchObject({ value: { state: { data: { cpuPercent: 12 } } } });
  });

  it('ends when the window is gone, whoever held it, and leaves no timer', async () => {
    const { client, monitor, watches, time } = await started();
    watches.start(instanceKey);
    watches.start(instanceKey);
    watches.start(ledgerKey);
    await time.pass(0);
    watches.resetAll();
    monitor.stop();
    await time.pass(600_000);
    expect(client.count('instances.get')).toBe(1);
    expect(time.pendingTimers).toBe(0);
  });

  it('has one request in flight', async () => {
    const { client, watches, time } = await started();
    const release = client.hold('instances.get');
    watches.start(instanceKey);
    await time.pass(60_000);
    void watches.refresh(instanceKey);
    await time.pass(0);
    expect(client.count('instances.get')).toBe(1);
    release();
  });

  it('follows the view: four times less often while hidden, at once when it is back', async () => {
    const { client, monitor, watches, time } = await started();
    watches.start(instanceKey);
    await time.pass(0);
    monitor.setVisibility('hidden');
    await time.pass(39_000);
    expect(client.count('instances.get')).toBe(1);
    monitor.setVisibility('in-view');
    await time.pass(0);
    expect(client.count('instances.get')).toBe(2);
  });

  it('sleeps with the machine and asks once on waking', async () => {
    const { client, watches, time } = await started();
    watches.start(instanceKey);
    await time.pass(0);
    watches.suspend();
    await time.pass(3_600_000);
    expect(client.count('instances.get')).toBe(1);
    watches.resume();
    await time.pass(1_000);
    expect(client.count('instances.get')).toBe(2);
  });
});

describe('what a watch says of the account', () => {
  it('a 403 takes one resource away and nothing else', async () => {
    const { client, monitor, watches, time, last } = await started();
    const error = { kind: 'forbidden', ability: 'shield:read', message: '' } as const;
    client.fail('shield.ips', error);
    watches.start({ kind: 'shield-ips' });
    await time.pass(0);
    expect(last({ kind: 'shield-ips' })).toMatchObject({ data: null, error });
    expect(monitor.snapshot()).toMatchObject({ apiStatus: 'live' });
  });

  it('a 401 stops every poller of the account', async () => {
    const { api, client, monitor, watches, time } = await started();
    watches.start(instanceKey);
    await time.pass(0);
    client.fail('instances.get', unauthorized);
    api.error = unauthorized;
    await time.pass(10_000);
    expect(monitor.snapshot().apiStatus).toBe('signed-out');
    const calls = client.calls.length;
    await time.pass(3_600_000);
    expect(client.calls).toHaveLength(calls);
  });

  it('the live state of an instance is the list’s too', async () => {
    const { client, monitor, watches, time } = await started();
    client.answer('instances.get', {
      record: record('web'),
      vfState: 'complete',
      detail: { id: web, remoteState: 'shutoff', cpuPercent: null, memoryTotalKb: null, memoryFreeKb: null },
    });
    watches.start(instanceKey);
    await time.pass(0);
    expect(monitor.snapshot().instances[0]?.state.word).toBe('Stopped');
    // As of when it was asked: a list of five seconds later does not overrule it.
    await time.pass(5_000);
    await monitor.refresh();
    expect(monitor.snapshot().instances[0]?.state.word).toBe('Stopped');
  });
});

describe('asking again', () => {
  it('does not take the answer to an older question', async () => {
    const { client, watches, time } = await started();
    watches.start(instanceKey);
    const release = client.hold('instances.get');
    await time.pass(0);
    const again = watches.refreshAfterCurrent(instanceKey);
    release();
    await again;
    expect(client.count('instances.get')).toBe(2);
  });
});

describe('loaders', () => {
  it('read the ledger without a type for all, newest first, each line once', async () => {
    const { client, watches, time, last } = await started();
    const line = (id: string, atMs: number | null) => ({ id, atMs, amountCents: cents(-1) });
    client.answer('wallet.transactions', [line('a', 1), line('b', 3), line('a', 1), line('c', null)]);
    watches.start(ledgerKey);
    watches.start({ kind: 'ledger', filter: 'debit', limit: '50' });
    await time.pass(0);
    expect(client.calls.map(({ input }) => input)).toEqual([
      { query: { limit: 200 } },
      { query: { type: 'debit', limit: 50 } },
    ]);
    expect(last(ledgerKey)?.data).toMatchObject({ transactions: [{ id: 'c' }, { id: 'b' }, { id: 'a' }] });
  });

  it('join protected addresses to instances by the address', async () => {
    const { api, client, watches, time, last } = await started();
    api.records = [record('web', 'running', { mainIp: '203.0.113.42', addresses: ['2001:db8::1'] })];
    await time.pass(30_000);
    const ip = (address: string) => ({ id: address, address, instanceId: null });
    const addresses = ['203.0.113.42', '2001:db8::1', '198.51.100.1'];
    client.answer('shield.ips', addresses.map(ip));
    watches.start({ kind: 'shield-ips' });
    await time.pass(0);
    expect(last({ kind: 'shield-ips' })?.data).toMatchObject([
      { instanceId: 'web' },
      { instanceId: 'web' },
      { instanceId: null },
    ]);
  });

  it('show the traffic that could be read and say what could not', async () => {
    const { client, watches, time, last } = await started();
    const ranking = { unit: 'bytes', rows: [] };
    client.answer('shield.bandwidth', { atMs: [1], inBitsPerSecond: [1], outBitsPerSecond: [1] });
    for (const id of ['shield.topIps', 'shield.topAsns', 'shield.countries', 'shield.ports'] as const) {
      client.answer(id, ranking);
    }
    client.fail('shield.pps', unavailable);
    watches.start(trafficKey);
    await time.pass(0);
    expect(last(trafficKey)).toMatchObject({
      error: null,
      data: {
        bandwidth: { atMs: [1] },
        packets: null,
        topIps: ranking,
        failed: { packets: 'Evorxa answered with an error (500).' },
      },
    });
  });

  it('fail as a whole when no part of the traffic could be read', async () => {
    const { watches, time, last } = await started();
    watches.start(trafficKey);
    await time.pass(0);
    expect(last(trafficKey)).toMatchObject({ data: null, error: { kind: 'not-found' } });
  });
});

describe('an agent at work', () => {
  it('shows the answer while the transcript cannot be read yet, and it once when it can', async () => {
    const { client, watches, turns, time, last } = await started();
    const answer = [
      { kind: 'user', text: 'Hi', atMs: null },
      { kind: 'assistant', text: 'All is well.', atMs: null },
    ];
    const key: WatchKey = { kind: 'conversation', instanceId: web, conversationId: 'c' as ConversationId };
    client.answer('agent.credits', { balanceCents: cents(100), trialRemainingCents: null });
    client.answer('agent.chat', { conversationId: 'c', entries: answer });
    client.answer('agent.conversation', { id: 'c', title: 'Old', entries: [] });
    watches.start(key);
    await time.pass(0);
    const release = client.hold('agent.conversation');
    turns.send({ instanceId: web, conversationId: 'c' as ConversationId, message: 'Hi' });
    await time.pass(0);
    expect(last(key)?.data).toEqual({ id: 'c', title: 'Old', entries: answer });
    client.answer('agent.conversation', { id: 'c', title: 'New', entries: answer });
    release();
    await time.pass(0);
    expect(last(key)?.data).toEqual({ id: 'c', title: 'New', entries: answer });
  });

  it('greets the view of a new conversation with its answer', async () => {
    const { client, watches, turns, time } = await started();
    client.answer('agent.credits', { balanceCents: cents(100), trialRemainingCents: null });
    client.answer('agent.conversations', []);
    client.answer('agent.chat', {
      conversationId: 'c',
      entries: [{ kind: 'assistant', text: 'All is well.', atMs: null }],
    });
    turns.send({ instanceId: web, conversationId: null, message: 'Hi' });
    await time.pass(0);
    const greeting = watches.start({
      kind: 'conversation',
      instanceId: web,
      conversationId: 'c' as ConversationId,
    });
    expect(greeting).toMatchObject({
      value: {
        state: { data: { entries: [{ text: 'Hi' }, { text: 'All is well.' }] }, checkedAtMs: null },
      },
    });
  });

  it('is looked at every 2 s, and its credits around the turn only', async () => {
    const { client, turns, watches, time, last } = await started();
    client.answer('agent.credits', { balanceCents: cents(100), trialRemainingCents: null });
    client.answer('agent.conversations', []);
    client.answer('agent.chat', { conversationId: 'new', entries: [] });
    client.answer('agent.conversation', { id: 'new', title: 'New', entries: [] });
    watches.start(agentKey);
    watches.start(creditsKey);
    await time.pass(29_000);
    expect(client.count('agent.conversations')).toBe(1);
    expect(client.count('agent.credits')).toBe(1);

    const release = client.hold('agent.chat');
    turns.send({ instanceId: web, conversationId: null, message: 'Hi' });
    expect(last(agentKey)?.data).toMatchObject({ turn: { phase: 'working' } });
    await time.pass(2_000);
    client.answer('agent.conversations', [{ id: 'new', title: 'New', updatedAtMs: null }]);
    await time.pass(2_000);
    expect(last(agentKey)?.data).toMatchObject({ turn: { phase: 'working', conversationId: 'new' } });
    watches.start({ kind: 'conversation', instanceId: web, conversationId: 'new' as ConversationId });
    await time.pass(6_000);
    expect(client.count('agent.conversation')).toBe(4);

    const credits = client.count('agent.credits');
    release();
    await time.pass(0);
    expect(last(agentKey)?.data).toMatchObject({ turn: { phase: 'done', conversationId: 'new' } });
    // Once for what the turn cost, once for who looks at them.
    expect(client.count('agent.credits')).toBe(credits + 2);
    const conversations = client.count('agent.conversation');
    await time.pass(29_000);
    expect(client.count('agent.conversation')).toBe(conversations);
    expect(client.count('agent.credits')).toBe(credits + 2);
  });
});
