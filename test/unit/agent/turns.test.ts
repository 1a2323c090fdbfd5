import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../main/api/index.ts';
import { AgentTurns, turnNotice, withAnswer } from '../../../main/agent/index.ts';
import type { AgentTurn, TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { accountId, cents } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { conversationId, rig, said, sentIn, summary, web } from './turns-rig.ts';

const tool = (title: string): TranscriptEntry => ({
  kind: 'tool',
  tool: 'shell',
  title,
  output: null,
  exitCode: null,
  durationMs: null,
  running: false,
  atMs: null,
});
const user = (text: string): TranscriptEntry => ({ kind: 'user', text, atMs: null });

describe('a transcript with its answer', () => {
  const earlier = [user('Hi'), said('Hello.')];
  const turn = [user('Check nginx'), said('I look.'), tool('ls'), tool('ls'), said('Fine.')];
  const whole = [...earlier, ...turn];

  it.each([
    ['the conversation', whole],
    ['the turn', turn],
    ['what came of it', turn.slice(1)],
  ])('is whole and has nothing twice, whatever was seen, when %s came', (_what, answer) => {
    for (let seen = earlier.length; seen <= whole.length; seen += 1) {
      expect(withAnswer(whole.slice(0, seen), 'Check nginx', answer), `${seen} were seen`).toEqual(whole);
    }
  });

  it('keeps what was seen of the turn when the last message alone came', () => {
    expect(withAnswer(whole.slice(0, 5), 'Check nginx', [said('Fine.')])).toEqual([
      ...whole.slice(0, 5),
      said('Fine.'),
    ]);
    expect(withAnswer(whole, 'Check nginx', [said('Fine.')])).toEqual(whole);
  });

  it('has the question in it where the answer leaves it out', () => {
    expect(withAnswer([], 'Check nginx', [said('Fine.')])).toEqual([user('Check nginx'), said('Fine.')]);
  });
});

describe('a turn of the agent', () => {
  it('is one request, whose conversation and tool calls appear while it blocks', async () => {
    const { client, turns, send, pass } = rig();
    const release = client.hold('agent.chat');
    expect(send()).toEqual({ ok: true, value: undefined });
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working', conversationId: null, toolCalls: 0 });

    turns.sawConversations(web, [summary('new'), summary('old')]);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working', conversationId: 'new' });
    const entries = [user('before'), tool('ls'), user('Check nginx'), tool('systemctl'), tool('journalctl')];
    turns.sawConversation(web, { id: conversationId('new'), title: '', entries });
    expect(turns.turnOf(web)).toMatchObject({ toolCalls: 2 });

    pass(240_000);
    client.answer('agent.credits', { balanceCents: cents(1200), trialRemainingCents: null });
    release();
    await settle();
    expect(turns.turnOf(web)).toEqual({
      phase: 'done',
      conversationId: 'new',
      startedAtMs: 1_000_000,
      endedAtMs: 1_240_000,
      costCents: 40,
    });
    expect(client.count('agent.chat')).toBe(1);
  });

  it('is not sent while another is in flight', async () => {
    const { client, send } = rig();
    const release = client.hold('agent.chat');
    send();
    await settle();
    expect(send()).toMatchObject({ ok: false, error: { kind: 'busy' } });
    release();
    await settle();
    expect(client.count('agent.chat')).toBe(1);
    expect(send().ok).toBe(true);
  });

  it('finds its conversation by comparing the lists when nothing names it', async () => {
    const { client, turns, send } = rig();
    let lists = 0;
    client.answer('agent.conversations', () =>
      lists++ === 0 ? [summary('old')] : [summary('x'), summary('old')],
    );
    send();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'x' });
  });

  it('hands on the answer before it asks what it cost', async () => {
    const { client, turns, answers, send } = rig();
    client.answer('agent.chat', { conversationId: conversationId('new'), entries: [said('All is well.')] });
    const releaseChat = client.hold('agent.chat');
    send();
    await settle();
    const release = client.hold('agent.credits');
    releaseChat();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working', conversationId: 'new' });
    expect(answers).toEqual([
      { conversationId: 'new', message: 'Check nginx', entries: [said('All is well.')] },
    ]);
    release();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done' });
    expect(answers).toHaveLength(1);
  });

  it('appends to a conversation without asking for the list', async () => {
    const { client, turns } = rig();
    turns.send({ instanceId: web, conversationId: conversationId('old'), message: 'And now?' });
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'old', costCents: 0 });
    expect(client.count('agent.conversations')).toBe(0);
    expect(client.calls.find(({ id }) => id === 'agent.chat')?.input).toEqual({
      path: { id: 'web' },
      body: { message: 'And now?', conversation_id: 'old' },
    });
  });

  it('says nothing of the cost where it cannot know it', async () => {
    const { client, turns } = rig();
    client.fail('agent.credits', { kind: 'forbidden', ability: 'agent:read', message: '' });
    turns.send({ instanceId: web, conversationId: conversationId('old'), message: 'Hi' });
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', costCents: null });
  });

  it.each<[ApiError, string]>([
    [{ kind: 'insufficient-funds', message: '', balanceCents: null }, 'credits are used up'],
    [{ kind: 'forbidden', ability: null, message: '' }, 'suspended'],
    [{ kind: 'forbidden', ability: 'agent:write', message: '' }, 'agent:write'],
    [{ kind: 'offline', message: '' }, 'Nothing was sent'],
  ])('ends in words when it fails: %j', async (error, words) => {
    const { client, turns, send } = rig();
    client.fail('agent.chat', error);
    send();
    await settle();
    const turn = turns.turnOf(web);
    const needsCredits = error.kind === 'insufficient-funds';
    expect(turn).toMatchObject({ phase: 'failed', message: 'Check nginx', needsCredits });
    expect(turn.phase === 'failed' && turn.sentence).toContain(words);
    expect(client.count('agent.chat')).toBe(1);
  });
});

describe('a turn whose code throws', () => {
  const bug = new Error('bug');
  const throwAtOnce = (): never => {
    throw bug;
  };
  const throwLater = (): Promise<never> => Promise.reject(bug);

  /** A turn whose requests of these endpoints throw, until `mend`. */
  function broken(
    throws: () => Promise<never>,
    ids: readonly string[],
    over: { onChange?: () => void } = {},
  ) {
    const client = new FakeClient();
    client.answer('agent.credits', { balanceCents: cents(1240), trialRemainingCents: null });
    client.answer('agent.conversations', [summary('old')]);
    client.answer('agent.chat', { conversationId: conversationId('new'), entries: [said('Fine.')] });
    const reported: unknown[] = [];
    const time = new FakeTime();
    let isBroken = true;
    let asked = 0;
    const turns = new AgentTurns({
      client: {
        request: (id: EndpointId, ...rest: [never]) => {
          if (id === 'agent.chat') asked += 1;
          return isBroken && ids.includes(id) ? throws() : client.request(id, ...rest);
        },
      },
      clock: time,
      sent: sentIn(),
      knownEntries: () => null,
      onChange: over.onChange ?? (() => undefined),
      onAnswer: () => undefined,
      record: (_id, _at, sendIt) => sendIt(),
      recordEnd: () => undefined,
      onBug: (cause) => reported.push(cause),
    });
    const send = () => turns.send({ instanceId: web, conversationId: null, message: 'Check nginx' });
    return { turns, send, reported, time, mend: () => (isBroken = false), asked: () => asked };
  }

  it.each([
    ['at once', throwAtOnce],
    ['later', throwLater],
  ])('as it is sent, %s, is not known, not sent again, and the next one is', async (_when, throws) => {
    const { turns, send, reported, time, mend, asked } = broken(throws, ['agent.chat']);
    send();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'working', isReattached: true });
    await time.pass(15_000);
    expect(turns.turnOf(web)).toEqual({
      phase: 'failed',
      message: 'Check nginx',
      sentence:
        'The answer was lost, and no conversation has the message yet. Read the transcript before you send it again.',
      needsCredits: false,
      conversationId: null,
    });
    expect([reported, asked()]).toEqual([[bug], 1]);
    mend();
    expect(send()).toEqual({ ok: true, value: undefined });
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'new' });
  });

  it.each([
    ['at once', throwAtOnce],
    ['later', throwLater],
  ])('around it, %s, is done, without what that would have told', async (_when, throws) => {
    const { turns, send, reported, asked } = broken(throws, ['agent.credits', 'agent.conversations']);
    send();
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done', conversationId: 'new', costCents: null });
    expect([reported, asked()]).toEqual([[bug, bug, bug], 1]);
  });

  it('as it is shown is sent and done all the same', async () => {
    const { turns, send, asked } = broken(throwAtOnce, [], { onChange: throwAtOnce });
    expect(send().ok).toBe(true);
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'done' });
    expect(asked()).toBe(1);
  });

  it('by its clock is over, and the next one is taken', async () => {
    let isBroken = false;
    const client = new FakeClient();
    client.answer('agent.chat', () => {
      isBroken = true;
      return { conversationId: conversationId('new'), entries: [] };
    });
    const turns = new AgentTurns({
      client,
      clock: { now: () => (isBroken ? throwAtOnce() : 1_000_000), setTimeout: () => () => undefined },
      sent: sentIn(),
      knownEntries: () => null,
      onChange: () => undefined,
      onAnswer: () => undefined,
      record: (_id, _at, send) => send(),
      recordEnd: () => undefined,
      onBug: () => undefined,
    });
    turns.send({ instanceId: web, conversationId: null, message: 'Hi' });
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'failed' });
    isBroken = false;
    expect(turns.send({ instanceId: web, conversationId: null, message: 'Hi' }).ok).toBe(true);
  });
});

describe('the notice of a turn', () => {
  const told = (turn: AgentTurn) => turnNotice(accountId, { id: web, name: 'web' }, turn, 5);

  it('says what it took and cost', () => {
    const done: AgentTurn = {
      phase: 'done',
      conversationId: conversationId('new'),
      startedAtMs: 0,
      endedAtMs: 240_000,
      costCents: cents(40),
    };
    expect(told(done)).toMatchObject({
      title: 'The agent finished on web',
      body: 'It took 4 min and cost $0.40.',
      instanceId: 'web',
    });
    expect(told({ ...done, endedAtMs: 10, costCents: null })?.body).toBe('It took less than a minute.');
  });

  it('is none before the end', () => {
    expect(told({ phase: 'idle' })).toBeNull();
  });
});

describe('the record of a turn', () => {
  it('is written once, when the turn has ended, and holds no message', async () => {
    const { client, send, entries } = rig();
    const release = client.hold('agent.chat');
    send();
    await settle();
    expect(entries).toEqual([]);
    release();
    await settle();
    const common = { actor: 'agent', kind: 'agent-turn', instanceId: 'web', name: 'web' };
    expect(entries).toMatchObject([{ ...common, outcome: 'done', detail: null }]);
    client.fail('agent.chat', { kind: 'insufficient-funds', message: 'No', balanceCents: cents(0) });
    send();
    await settle();
    expect(entries.slice(1)).toMatchObject([{ ...common, outcome: 'refused' }]);
    expect(JSON.stringify(entries)).not.toContain('Check nginx');
  });
});
