import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../../main/api/index.ts';
import { createFreshConnectionFetch } from '../../../main/api/fresh-connection-fetch.ts';
import { baseUrl, json, token } from './support/fake-api.ts';
import { FakeClock, settle } from './support/fake-clock.ts';

function rig() {
  const steps: string[] = [];
  const answers: (() => void)[] = [];
  const fetch = createFreshConnectionFetch(
    () => Promise.resolve(json({ balance_cents: 1 })),
    (index) => ({
      reset: () => {
        steps.push(`reset ${index}`);
        return Promise.resolve();
      },
      fetch: () => {
        steps.push(`send ${index}`);
        return new Promise((resolve) => answers.push(() => resolve(json({}))));
      },
    }),
  );
  const clock = new FakeClock();
  const client = createApiClient({ baseUrl, token, fetch, clock, random: () => 0, log: () => undefined });
  return { client, steps, answers };
}

const power = { path: { id: '1', action: 'boot' } } as const;

describe('the pooled fetch', () => {
  it('takes no pool for what is read', async () => {
    const { client, steps } = rig();
    expect(await client.request('wallet.balance', {})).toMatchObject({ ok: true });
    expect(steps).toEqual([]);
  });

  it('resets a pool before each change, and uses it again when the answer was read', async () => {
    const { client, steps, answers } = rig();
    for (let round = 0; round < 2; round += 1) {
      const pending = client.request('instances.power', power);
      await settle();
      answers[round]?.();
      await pending;
    }
    expect(steps).toEqual(['reset 0', 'send 0', 'reset 0', 'send 0']);
  });

  it('never resets a pool under a request', async () => {
    const { client, steps, answers } = rig();
    const first = client.request('instances.power', power);
    const second = client.request('instances.power', power);
    await settle();
    answers.forEach((answer) => answer());
    await Promise.all([first, second]);
    expect(steps).toEqual(['reset 0', 'reset 1', 'send 0', 'send 1']);
  });
});

describe('a pool', () => {
  function pools() {
    const opened: number[] = [];
    const read: string[] = [];
    const fetch = createFreshConnectionFetch(
      (url) => {
        read.push(url);
        return Promise.resolve(json({}));
      },
      (index) => {
        opened.push(index);
        return { reset: () => Promise.resolve(), fetch: () => Promise.resolve(json({})) };
      },
    );
    return { fetch, opened, read };
  }

  it('is taken for what changes something alone, and then the request is said to be taken', async () => {
    const { fetch, opened, read } = pools();
    let taken = 0;
    await fetch('a', {}, () => (taken += 1));
    await fetch('b', { method: 'GET' }, () => (taken += 1));
    expect([read, opened, taken]).toEqual([['a', 'b'], [], 2]);
    await fetch('c', { method: 'DELETE' }, () => (taken += 1));
    expect([read, opened, taken]).toEqual([['a', 'b'], [0], 3]);
  });

  it('is free once its request has ended, once', async () => {
    const { fetch, opened } = pools();
    const first = new AbortController();
    await fetch('a', { method: 'POST', signal: first.signal });
    first.abort();
    first.signal.dispatchEvent(new Event('abort'));
    // Free again, and one of its own beside it.
    await fetch('b', { method: 'POST', signal: new AbortController().signal });
    await fetch('c', { method: 'POST', signal: new AbortController().signal });
    expect(opened).toEqual([0, 1]);
  });

  it('is free at once where its request had ended before', async () => {
    const { fetch, opened } = pools();
    await fetch('a', { method: 'POST', signal: AbortSignal.abort() });
    await fetch('b', { method: 'POST', signal: AbortSignal.abort() });
    expect(opened).toEqual([0]);
  });
});
