import { describe, expect, it } from 'vitest';
import { AgentChanges } from '../../../main/agent/index.ts';
import type { AgentTurn } from '../../../preload/contract/agent.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { recording } from '../activity/recording.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { settle } from '../monitor/fake-time.ts';
import { conversationId, web } from './turns-rig.ts';

const old = { instanceId: web, conversationId: conversationId('old') };
const link = { instanceId: web, chatId: '-1001234' };
const lost: ApiError = { kind: 'unknown-outcome', message: 'lost' };
const gone: ApiError = { kind: 'not-found', message: 'Not found' };
const done = { ok: true, value: undefined };

function rig(turn: AgentTurn = { phase: 'idle' }, isWorking = false) {
  const client = new FakeClient();
  const { entries, record } = recording();
  const bugs: unknown[] = [];
  const changes = new AgentChanges({
    client,
    turns: { turnOf: () => turn, isWorking: () => isWorking },
    record,
    nameOf: () => 'web-1',
    onBug: (cause) => bugs.push(cause),
  });
  return { client, changes, entries, bugs };
}

describe('deleting a conversation', () => {
  it('is one request, recorded without the title', async () => {
    const { client, changes, entries } = rig();
    client.answer('agent.deleteConversation', { done: true });
    expect(await changes.deleteConversation(old)).toEqual(done);
    expect(client.calls).toEqual([
      { id: 'agent.deleteConversation', input: { path: { id: 'web', convId: 'old' } } },
    ]);
    expect(entries).toMatchObject([
      { kind: 'conversation-deleted', instanceId: 'web', name: 'web-1', outcome: 'done', actor: 'person' },
    ]);
  });

  it.each<[string, ApiError, ApiError | null, unknown, number]>([
    ['that is gone already is done', gone, null, done, 0],
    ['whose answer is lost is done where it is gone', lost, gone, done, 1],
    ['whose answer is lost is not known where it is there', lost, null, { ok: false, error: lost }, 1],
    [
      'whose answer is lost is not known where nobody can say',
      lost,
      { kind: 'offline', message: '' },
      { ok: false, error: lost },
      1,
    ],
    [
      'that is refused is refused',
      { kind: 'forbidden', ability: 'agent:write', message: '' },
      null,
      { ok: false, error: { kind: 'forbidden', ability: 'agent:write', message: '' } },
      0,
    ],
  ])('%s, and sent once', async (_what, error, readError, result, reads) => {
    const { client, changes } = rig();
    client.fail('agent.deleteConversation', error);
    client.answer('agent.conversation', { id: 'old', title: '', entries: [] });
    if (readError !== null) client.fail('agent.conversation', readError);
    expect(await changes.deleteConversation(old)).toEqual(result);
    expect([client.count('agent.deleteConversation'), client.count('agent.conversation')]).toEqual([
      1,
      reads,
    ]);
  });

  it('is not sent while the agent works in it, and is in another one', async () => {
    const working: AgentTurn = {
      phase: 'not-waiting',
      conversationId: conversationId('old'),
      startedAtMs: 1,
    };
    const { client, changes, entries } = rig(working, true);
    client.answer('agent.deleteConversation', { done: true });
    expect(await changes.deleteConversation(old)).toMatchObject({ ok: false, error: { kind: 'busy' } });
    expect([client.calls, entries]).toEqual([[], []]);
    expect(await changes.deleteConversation({ ...old, conversationId: conversationId('new') })).toEqual(done);
    const over = rig(working, false);
    over.client.answer('agent.deleteConversation', { done: true });
    expect(await over.changes.deleteConversation(old)).toEqual(done);
  });
});

describe('linking a Telegram chat', () => {
  it('is one request, recorded without the chat', async () => {
    const { client, changes, entries } = rig();
    client.answer('agent.linkTelegram', { done: true });
    expect(await changes.linkTelegram(link)).toEqual(done);
    expect(client.calls).toEqual([
      { id: 'agent.linkTelegram', input: { path: { id: 'web' }, body: { telegram_chat_id: '-1001234' } } },
    ]);
    expect(entries).toMatchObject([{ kind: 'telegram-linked', instanceId: 'web', outcome: 'done' }]);
    expect(JSON.stringify(entries)).not.toContain('1001234');
  });

  it('is not sent twice by a second click, and again once it has ended', async () => {
    const { client, changes } = rig();
    client.answer('agent.linkTelegram', { done: true });
    const release = client.hold('agent.linkTelegram');
    const first = changes.linkTelegram(link);
    await settle();
    expect(await changes.linkTelegram(link)).toMatchObject({ ok: false, error: { kind: 'busy' } });
    release();
    expect(await first).toEqual(done);
    expect(client.count('agent.linkTelegram')).toBe(1);
    expect(await changes.linkTelegram(link)).toEqual(done);
  });

  it.each<[string, string | null, unknown]>([
    ['done where that chat is linked', '-1001234', done],
    ['not known where another one is', '5', { ok: false, error: lost }],
    ['not known where none is', null, { ok: false, error: lost }],
  ])('whose answer is lost is %s', async (_what, chatId, result) => {
    const { client, changes, entries } = rig();
    client.fail('agent.linkTelegram', lost);
    client.answer('agent.telegram', { chatId });
    expect(await changes.linkTelegram(link)).toEqual(result);
    expect(client.count('agent.linkTelegram')).toBe(1);
    expect(entries).toMatchObject([{ outcome: result === done ? 'done' : 'unknown' }]);
  });

  it('whose code throws is not known, and the next one is sent', async () => {
    const { client, changes, bugs } = rig();
    const bug = new Error('bug');
    client.answer('agent.linkTelegram', () => {
      throw bug;
    });
    expect(await changes.linkTelegram(link)).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(bugs).toEqual([bug]);
    client.answer('agent.linkTelegram', { done: true });
    expect(await changes.linkTelegram(link)).toEqual(done);
  });
});
