import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../../main/api/index.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { baseUrl, json, token } from './support/fake-api.ts';
import { FakeClock } from './support/fake-clock.ts';

const bug = new Error('bug');
const web = { path: { id: '01H9' as InstanceId } };

/** A client whose own log throws once a request was sent; `onBug` hears of it where it is given. */
function broken(onBug?: (cause: unknown) => void) {
  let sent = 0;
  const client = createApiClient({
    ...{ baseUrl, token, clock: new FakeClock(), random: () => 0 },
    ...(onBug === undefined ? {} : { onBug }),
    log: () => {
      throw bug;
    },
    fetch: () => {
      sent += 1;
      return Promise.resolve(json({ password: 'x' }));
    },
  });
  return { client, sent: () => sent };
}

describe('a request in which the app’s own code throws', () => {
  it('that changes something has an unknown outcome, and is not sent again', async () => {
    const reported: unknown[] = [];
    const { client, sent } = broken((cause) => reported.push(cause));
    expect(await client.request('instances.resetPassword', web)).toMatchObject({
      ok: false,
      error: { kind: 'unknown-outcome' },
    });
    expect([sent(), reported]).toEqual([1, [bug]]);
  });

  it('that only reads has no answer', async () => {
    const { client } = broken(() => undefined);
    expect(await client.request('instances.get', web)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', message: 'Something went wrong in the app.' },
    });
  });

  it('is thrown on where nobody is told', async () => {
    const { client } = broken();
    await expect(client.request('instances.get', web)).rejects.toBe(bug);
  });
});
