import { describe, expect, test } from 'vitest';
import { eventually, startTestSandbox, type TestSandbox } from './harness.ts';

describe('a turn of the agent', () => {
  test('blocks while its tool calls appear one by one, and costs credits', async () => {
    const { ask, control, idOf } = await startTestSandbox();
    const base = `/instances/${await idOf('api-prod-2')}/agent`;
    const turn = ask('POST', `${base}/chat`, { message: 'Why was CPU high at 14:02?' });
    const [started] = await eventually(async () => {
      const rows = (await ask('GET', `${base}/conversations`)).rows();
      return rows.length > 0 ? rows : null;
    });
    const transcript = `${base}/conversations/${String(started?.['id'])}`;
    const roles = async (): Promise<readonly unknown[]> =>
      ((await ask('GET', transcript)).at('messages') as readonly { readonly role: unknown }[]).map(
        ({ role }) => role,
      );

    expect(await roles()).toEqual(['user']);
    await control.advance(1_000);
    expect(await roles()).toEqual(['user', 'assistant', 'tool']);
    expect((await ask('GET', transcript)).at('messages.2')).toMatchObject({
      status: 'running',
      output: null,
    });
    await control.advance(1_300);
    expect((await ask('GET', transcript)).at('messages.2')).toMatchObject({
      status: 'completed',
      exit_code: 0,
    });

    await control.advance(10_000);
    const answer = await turn;
    expect(answer.status).toBe(200);
    expect(answer.at('messages')).toEqual((await ask('GET', transcript)).at('messages'));
    expect((await roles()).filter((role) => role === 'tool')).toHaveLength(5);
    const credits = (await ask('GET', '/agent/credits')).at('balance_cents');
    expect(credits).toBe(1240 - Number(answer.at('cost_cents')));
    expect(answer.at('cost_cents')).toBeGreaterThanOrEqual(5);
  });

  test('goes on in its conversation; one at a time for each instance', async () => {
    const { ask, control, idOf } = await startTestSandbox();
    const base = `/instances/${await idOf('api-prod-1')}/agent`;
    const [newest] = (await ask('GET', `${base}/conversations`)).rows();
    const turn = ask('POST', `${base}/chat`, { message: 'And the disk?', conversation_id: newest?.['id'] });
    await eventually(async () => {
      const busy = await ask('POST', `${base}/chat`, { message: 'Hello?', conversation_id: 999_999 });
      const now = await ask('GET', `${base}/conversations/${String(newest?.['id'])}`);
      expect(busy.status).toBe(404);
      return JSON.stringify(now.body).includes('And the disk?');
    });
    expect((await ask('POST', `${base}/chat`, { message: 'Me too' })).status).toBe(409);
    await control.advance(20_000);
    expect((await turn).at('id')).toBe(newest?.['id']);
    expect((await ask('GET', `${base}/conversations`)).rows()).toHaveLength(3);
  });

  test('402 when the credits are out, at the start or on the way; never below zero', async () => {
    const { ask, control, idOf } = await startTestSandbox();
    const base = `/instances/${await idOf('api-prod-2')}/agent`;
    await control.setCredits(2);
    const turn = ask('POST', `${base}/chat`, { message: 'Is it healthy?' });
    await untilStarted({ ask }, base);
    await control.advance(20_000);
    expect((await turn).status).toBe(402);
    expect((await ask('GET', '/agent/credits')).body).toEqual({ balance_cents: 0, trial_remaining_cents: 0 });
    expect((await ask('POST', `${base}/chat`, { message: 'Again' })).at('message')).toBe(
      'Out of AI credits.',
    );
  });

  test('403 on a suspended server, 422 on one that is off', async () => {
    const { ask, idOf } = await startTestSandbox();
    const chat = async (name: string): Promise<number> =>
      (await ask('POST', `/instances/${await idOf(name)}/agent/chat`, { message: 'Hello' })).status;
    expect(await chat('billing-old')).toBe(403);
    expect(await chat('staging')).toBe(422);
  });

  test('ends with its conversation when that is deleted', async () => {
    const { ask, control, idOf } = await startTestSandbox();
    const base = `/instances/${await idOf('api-prod-2')}/agent`;
    const turn = ask('POST', `${base}/chat`, { message: 'Harden sshd' });
    const id = await untilStarted({ ask }, base);
    expect((await ask('DELETE', `${base}/conversations/${id}`)).status).toBe(204);
    await control.advance(20_000);
    expect((await turn).status).toBe(404);
    expect((await ask('GET', `${base}/conversations`)).rows()).toEqual([]);
  });
});

test('a Telegram chat is null until it is linked', async () => {
  const { ask, idOf } = await startTestSandbox({ variant: 'wrapped' });
  const path = `/instances/${await idOf('mail')}/agent/telegram`;
  expect((await ask('GET', path)).body).toBeNull();
  expect((await ask('POST', path, { telegram_chat_id: 'nonsense' })).status).toBe(422);
  expect((await ask('POST', path, { telegram_chat_id: '-1001234' })).status).toBe(200);
  expect((await ask('GET', path)).body).toBe('-1001234');
});

async function untilStarted({ ask }: Pick<TestSandbox, 'ask'>, base: string): Promise<string> {
  return eventually(async () => {
    const [row] = (await ask('GET', `${base}/conversations`)).rows();
    return row === undefined ? '' : String(row['id']);
  });
}
