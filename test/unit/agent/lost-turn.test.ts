import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../main/agent/lost-turn.ts';
import { hashOf, type SentTurn } from '../../../main/agent/sent-turns.ts';
import type { TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { accountId, cents } from '../monitor/builders.ts';
import { settle } from '../monitor/fake-time.ts';
import { diskFull, FakeJournal } from '../storage/fakes.ts';
import { conversationId, rig, said, summary, web } from './turns-rig.ts';

const asked = (text: string, atMs: number | null = null): TranscriptEntry => ({ kind: 'user', text, atMs });
const ran = (title: string, running = false): TranscriptEntry => ({
  kind: 'tool',
  tool: 'shell',
  title,
  output: null,
  exitCode: null,
  durationMs: null,
  running,
  atMs: null,
});
const lost: ApiError = { kind: 'unknown-outcome', message: 'lost' };
const transcript = (...entries: TranscriptEntry[]) => ({ id: 'new', title: '', entries });

describe('the trace of a turn in a transcript', () => {
  const sent = (more: Partial<SentTurn> = {}): SentTurn => ({
    instanceId: web,
    conversationId: conversationId('new'),
    messageHash: hashOf('Check nginx'),
    sameBefore: 0,
    knownIds: null,
    balanceCents: null,
    startedAtMs: 1_000_000,
    ...more,
  });

  it.each<[string, readonly TranscriptEntry[], string, number]>([
    ['nothing is there', [], 'none', 0],
    ['others were asked', [asked('Hi'), said('Hello.')], 'none', 0],
    ['it is asked', [asked('Check nginx')], 'begun', 0],
    ['its spaces are others', [asked('  Check\n nginx ')], 'begun', 0],
    ['a command runs', [asked('Check nginx'), said('I look.'), ran('ls', true)], 'begun', 1],
    ['a command ran last', [asked('Check nginx'), said('I look.'), ran('ls')], 'begun', 1],
    ['the agent spoke last', [asked('Check nginx'), ran('ls'), ran('id'), said('Fine.')], 'resting', 2],
    [
      'the agent spoke while a command runs',
      [asked('Check nginx'), ran('ls', true), said('Wait.')],
      'begun',
      1,
    ],
    ['somebody asked again', [asked('Check nginx'), ran('ls'), asked('And now?')], 'over', 1],
  ])('when %s', (_what, entries, kind, toolCalls) => {
    const trace = traceOf(entries, sent());
    expect([trace.kind, 'toolCalls' in trace ? trace.toolCalls : 0]).toEqual([kind, toolCalls]);
  });

  it('is not that of the same words from before', () => {
    const entries = [asked('Check nginx'), said('Fine.')];
    expect(traceOf(entries, sent({ sameBefore: 1 })).kind).toBe('none');
    expect(traceOf([...entries, asked('Check nginx')], sent({ sameBefore: 1 })).kind).toBe('begun');
  });

  it('is told by its time where nobody knows what was there before', () => {
    const at = (atMs: number | null) =>
      traceOf([asked('Check nginx', atMs)], sent({ sameBefore: null })).kind;
    expect([at(null), at(1_000_000), at(700_000), at(699_999)]).toEqual(['begun', 'begun', 'begun', 'none']);
  });
});

describe('a turn whose connection is lost', () => {
  it('is followed by its transcript to its end, is not sent again, and keeps the door shut', async () => {
    const { client, turns, entries, send, elapse, journal } = rig();
    client.fail('agent.chat', lost);
    let lists = 0;
    client.answer('agent.conversations', () =>
      lists++ === 0 ? [summary('old')] : [summary('new'), summary('old')],
    );
    client.answer('agent.conversation', transcript(asked('Check nginx'), ran('ls', true)));
    send();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({
      phase: 'working',
      isReattached: true,
      conversationId: 'new',
      message: 'Check nginx',
      toolCalls: 1,
    });
    expect(send()).toMatchObject({ ok: false, error: { kind: 'busy' } });
    expect(entries).toMatchObject([{ outcome: 'unknown' }]);
    await elapse(120_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working' });

    client.answer('agent.credits', { balanceCents: cents(1230), trialRemainingCents: null });
    client.answer('agent.conversation', transcript(asked('Check nginx'), ran('ls'), said('Fine.')));
    await elapse(18_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working' });
    await elapse(9_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'new', costCents: 10 });
    expect(client.count('agent.chat')).toBe(1);
    expect(entries.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['turn/1000000', 'unknown'],
      ['turn/1000000', 'done'],
    ]);
    expect(journal.values.get('agent-turns')).toEqual({});
    expect(send().ok).toBe(true);
  });

  it('rests from the last thing that came', async () => {
    const { client, turns, send, elapse } = rig();
    client.fail('agent.chat', lost);
    let lists = 0;
    client.answer('agent.conversations', () => (lists++ === 0 ? [] : [summary('new')]));
    client.answer('agent.conversation', transcript(asked('Check nginx'), said('I look.')));
    send();
    await elapse(15_000);
    client.answer('agent.conversation', transcript(asked('Check nginx'), said('I look.'), said('Fine.')));
    await elapse(15_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working' });
    await elapse(12_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done' });
  });

  it('that arrived nowhere comes back, though looks that fail prove nothing', async () => {
    const { client, turns, send, elapse } = rig();
    client.fail('agent.chat', lost);
    send();
    await settle();
    client.fail('agent.conversations', { kind: 'offline', message: '' });
    await elapse(60_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working' });
    client.answer('agent.conversations', [summary('old')]);
    await elapse(3_000);
    expect(turns.turnOf(web)).toMatchObject({
      phase: 'failed',
      message: 'Check nginx',
      conversationId: null,
    });
    expect(client.count('agent.chat')).toBe(1);
  });

  it('is over after 15 minutes, whatever runs', async () => {
    const { client, turns, entries, send, elapse } = rig();
    client.fail('agent.chat', lost);
    let lists = 0;
    client.answer('agent.conversations', () => (lists++ === 0 ? [] : [summary('new')]));
    client.answer('agent.conversation', transcript(asked('Check nginx'), ran('sleep 9999', true)));
    send();
    await elapse(890_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working' });
    await elapse(15_000);
    const turn = turns.turnOf(web);
    expect(turn).toMatchObject({ phase: 'failed', conversationId: 'new' });
    expect(turn.phase === 'failed' && turn.sentence).toContain('15 minutes have passed');
    expect(entries.at(-1)).toMatchObject({ outcome: 'unknown' });
  });

  it('whose conversation is gone is over', async () => {
    const { client, turns, elapse } = rig();
    client.fail('agent.chat', lost);
    turns.send({ instanceId: web, conversationId: conversationId('old'), message: 'Hi' });
    await elapse(1_000);
    const turn = turns.turnOf(web);
    expect(turn.phase === 'failed' && turn.sentence).toContain('is gone');
  });

  it('is waited for no longer when somebody says so', async () => {
    const { client, turns, send, elapse, journal } = rig();
    client.fail('agent.chat', lost);
    send();
    await settle();
    turns.stopWaiting(web);
    const asks = client.calls.length;
    await elapse(30_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'not-waiting' });
    expect(client.calls.length).toBe(asks);
    expect(journal.values.get('agent-turns')).toEqual({});
  });
});

describe('a turn over a restart of the app', () => {
  /** An app that ends in the middle of a turn, and the next one with its journal. */
  async function restarted() {
    const journal = new FakeJournal();
    const first = rig({ journal });
    first.client.hold('agent.chat');
    first.send();
    await settle();
    first.turns.stop();
    await settle();
    const second = rig({ journal, beganAtMs: 1_060_000 });
    second.client.answer('agent.conversations', [summary('new'), summary('old')]);
    return { journal, second };
  }

  it('is taken up, followed to its end, and never sent again', async () => {
    const { journal, second } = await restarted();
    const { client, turns, seen, elapse, entries } = second;
    client.answer('agent.conversation', transcript(asked('Check nginx'), ran('ls', true)));
    turns.resume();
    await settle();
    expect(seen[0]).toEqual({
      phase: 'working',
      conversationId: null,
      message: '',
      startedAtMs: 1_000_000,
      toolCalls: 0,
      isReattached: true,
    });
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working', conversationId: 'new', toolCalls: 1 });
    expect(second.send()).toMatchObject({ ok: false, error: { kind: 'busy' } });
    client.answer('agent.credits', { balanceCents: cents(1233), trialRemainingCents: null });
    client.answer('agent.conversation', transcript(asked('Check nginx'), ran('ls'), said('Fine.')));
    await elapse(27_000);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'new', costCents: 7 });
    expect(client.count('agent.chat')).toBe(0);
    expect(entries).toMatchObject([{ key: 'turn/1000000', outcome: 'done' }]);
    expect(journal.values.get('agent-turns')).toEqual({});
  });

  it('that ended long ago is done at the first look', async () => {
    const { journal } = await restarted();
    const { client, turns } = rig({ journal, beganAtMs: 9_000_000 });
    client.answer('agent.conversations', [summary('new'), summary('old')]);
    client.answer('agent.conversation', transcript(asked('Check nginx'), said('Fine.')));
    turns.resume();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'new' });
  });

  it('brings back no message that it does not know', async () => {
    const { second } = await restarted();
    second.client.answer('agent.conversations', [summary('old')]);
    second.turns.resume();
    await second.elapse(12_000);
    expect(second.turns.turnOf(web)).toMatchObject({ phase: 'failed', message: '' });
  });
});

describe('what is on disk of a turn', () => {
  it('is there before the request leaves, without the message', async () => {
    const { client, send, journal } = rig();
    let onDisk: unknown = null;
    client.answer('agent.chat', () => {
      onDisk = journal.values.get('agent-turns');
      return { conversationId: conversationId('new'), entries: [] };
    });
    send();
    await settle();
    expect(onDisk).toMatchObject({ [accountId]: { web: { startedAtMs: 1_000_000, knownIds: ['old'] } } });
    expect(JSON.stringify(onDisk)).not.toContain('nginx');
  });

  it('stops it where it cannot be put there', async () => {
    const { client, turns, send, journal } = rig();
    journal.fault = diskFull;
    send();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({
      phase: 'failed',
      message: 'Check nginx',
      sentence: 'Nothing was sent: the disk is full.',
    });
    expect(client.count('agent.chat')).toBe(0);
    journal.fault = null;
    expect(send().ok).toBe(true);
  });
});
