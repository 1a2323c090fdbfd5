import { describe, expect, it } from 'vitest';
import { settle } from '../monitor/fake-time.ts';
import { conversationId, rig, said, summary, web } from './turns-rig.ts';

describe('waiting no longer', () => {
  it('leaves the agent at work, whose transcript is followed for as long as it can last', async () => {
    const { client, turns, seen, send, pass } = rig();
    const release = client.hold('agent.chat');
    send();
    await settle();
    turns.stopWaiting(web);
    await settle();
    expect(turns.turnOf(web)).toMatchObject({ phase: 'not-waiting', conversationId: null });
    expect(turns.isWorking(web)).toBe(true);
    turns.sawConversations(web, [summary('new'), summary('old')]);
    expect(turns.turnOf(web)).toMatchObject({ phase: 'not-waiting', conversationId: 'new' });
    release();
    await settle();
    expect(seen.map(({ phase }) => phase)).toEqual(['working', 'not-waiting', 'not-waiting']);
    pass(899_999);
    expect(turns.isWorking(web)).toBe(true);
    pass(1);
    expect(turns.isWorking(web)).toBe(false);
  });

  it('lets the next turn begin, which an answer to the one before does not touch', async () => {
    const { client, turns, seen, answers, send } = rig();
    const release = client.hold('agent.chat');
    send();
    await settle();
    turns.stopWaiting(web);
    expect(send()).toEqual({ ok: true, value: undefined });
    await settle();
    client.answer('agent.chat', { conversationId: conversationId('first'), entries: [said('late')] });
    release();
    await settle();
    expect(client.count('agent.chat')).toBe(2);
    expect(answers).toHaveLength(1);
    expect(seen.map(({ phase }) => phase)).toEqual(['working', 'not-waiting', 'working', 'working', 'done']);
  });

  it('before anything was sent sends nothing', async () => {
    const { client, turns, send } = rig();
    client.hold('agent.credits');
    send();
    turns.stopWaiting(web);
    await settle();
    expect(turns.turnOf(web)).toEqual({ phase: 'idle' });
    expect(client.count('agent.chat')).toBe(0);
  });

  it('of an account that is left says nothing more', async () => {
    const { client, turns, seen, send } = rig();
    client.hold('agent.chat');
    send();
    await settle();
    turns.stop();
    await settle();
    expect(seen).toHaveLength(1);
    expect(turns.turnOf(web)).toEqual({ phase: 'idle' });
  });

  it('before anything was sent leaves the next turn alone, which is sent', async () => {
    const { client, turns, seen, send } = rig();
    const release = client.hold('agent.credits');
    send();
    turns.stopWaiting(web);
    expect(send()).toEqual({ ok: true, value: undefined });
    release();
    await settle();
    expect(seen.map(({ phase }) => phase)).not.toContain('idle');
    expect(client.count('agent.chat')).toBe(1);
  });

  it('of an account that is left before anything was sent says nothing either', async () => {
    const { client, turns, seen, send } = rig();
    const release = client.hold('agent.credits');
    send();
    turns.stop();
    release();
    await settle();
    expect(seen.map(({ phase }) => phase)).toEqual(['working']);
    expect(client.count('agent.chat')).toBe(0);
  });
});
