import { describe, expect, test } from 'vitest';
import { createGunzip } from 'node:zlib';
import { request } from 'node:http';
import { startTestSandbox, type TestSandbox } from './harness.ts';

const endpoint = 'wallet.balance';

describe('faults', () => {
  test('hit the endpoint that they name, as often as they say', async () => {
    const { ask, control } = await startTestSandbox();
    await control.addFault({ endpoint, kind: 'status', status: 500, times: 2 });
    expect((await ask('GET', '/me')).status).toBe(200);
    expect((await ask('GET', '/wallet/balance')).status).toBe(500);
    expect((await ask('GET', '/wallet/balance')).status).toBe(500);
    expect((await ask('GET', '/wallet/balance')).status).toBe(200);
  });

  test('* hits all, until they are cleared', async () => {
    const { ask, control } = await startTestSandbox();
    await control.addFault({ endpoint: '*', kind: 'status', status: 503, message: 'Down.' });
    expect((await ask('GET', '/me')).status).toBe(503);
    expect((await ask('GET', '/instances')).at('message')).toBe('Down.');
    await control.clearFaults();
    expect((await ask('GET', '/me')).status).toBe(200);
  });

  test('a wrong endpoint or kind is refused', async () => {
    const { control } = await startTestSandbox();
    await expect(control.addFault({ endpoint: 'nothing', kind: 'drop-before' })).rejects.toThrow('422');
  });

  test('drop-before: nothing happened; drop-after: it happened, unanswered', async () => {
    const { ask, control } = await startTestSandbox();
    const key = {
      name: 'lost',
      public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGRSH78JM+dcjS3CXb8JtNYTvurLPri0MfLu1GWAuLTV lost',
    };
    const keys = async (): Promise<number> => (await ask('GET', '/ssh-keys')).rows().length;
    await control.addFault({ endpoint: 'keys.create', kind: 'drop-before', times: 1 });
    await expect(ask('POST', '/ssh-keys', key)).rejects.toThrow('fetch failed');
    expect(await keys()).toBe(3);
    await control.addFault({ endpoint: 'keys.create', kind: 'drop-after', times: 1 });
    await expect(ask('POST', '/ssh-keys', key)).rejects.toThrow('fetch failed');
    expect(await keys()).toBe(4);

    const sent = (await control.log()).filter((entry) => entry.endpoint === 'keys.create');
    expect(sent.map(({ status }) => status)).toEqual([0, 0]);
  });

  test('status: Retry-After is sent as it is', async () => {
    const { ask, control } = await startTestSandbox();
    await control.addFault({ endpoint, kind: 'status', status: 429, retryAfter: 'abc' });
    expect((await ask('GET', '/wallet/balance')).headers.get('retry-after')).toBe('abc');
  });

  test('html, truncated and redirect', async () => {
    const { ask, control, sandbox } = await startTestSandbox();
    const text = async (): Promise<string> => {
      const headers = { authorization: `Bearer ${sandbox.tokens.full}` };
      return (await fetch(`${sandbox.apiUrl}/wallet/balance`, { headers })).text();
    };
    await control.addFault({ endpoint, kind: 'html', times: 1 });
    expect(await text()).toContain('<!doctype html>');
    await control.addFault({ endpoint, kind: 'truncated', times: 1 });
    expect(await text()).toBe('{"balance_cents":524');
    await control.addFault({ endpoint, kind: 'redirect', location: 'http://127.0.0.2/', status: 307 });
    const redirected = await fetch(`${sandbox.apiUrl}/wallet/balance`, { redirect: 'manual' });
    expect([redirected.status, redirected.headers.get('location')]).toEqual([307, 'http://127.0.0.2/']);
    expect((await ask('GET', '/me')).status).toBe(200);
  });

  test('latency and slow-loris let one wait, and the answer is whole', async () => {
    const { ask, control } = await startTestSandbox();
    await control.addFault({ endpoint, kind: 'latency', latencyMs: 60, times: 1 });
    const before = performance.now();
    expect((await ask('GET', '/wallet/balance')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
    await control.addFault({ endpoint, kind: 'slow-loris', intervalMs: 1, times: 1 });
    expect((await ask('GET', '/wallet/balance')).at('balance_cents')).toBe(5240);
  });

  test('huge and gzip-bomb: as many bytes as they say', async () => {
    const { control, sandbox } = await startTestSandbox();
    const bytes = 3 * 1024 * 1024;
    await control.addFault({ endpoint, kind: 'huge', bytes, times: 1 });
    expect(await (await fetch(`${sandbox.apiUrl}/wallet/balance`)).text()).toHaveLength(bytes + 2);
    await control.addFault({ endpoint, kind: 'gzip-bomb', bytes, times: 1 });
    const { packed, unpacked } = await gunzipped(sandbox);
    expect(unpacked).toBe(bytes + 2);
    expect(packed).toBeLessThan(bytes / 50);
  });

  test.each([
    ['unknown-status', { '0.status': 'quiescing' }],
    ['nulls', { '0.ram': null }],
    ['numeric-ids', { '0.id': 4000 }],
    ['words-for-numbers', { '0.ram': 'not a number', '0.status': 'running' }],
    ['bad-row', { '1': 'not an object' }],
  ] as const)('drift %s', async (drift, expected) => {
    const { ask, control } = await startTestSandbox();
    await control.addFault({ endpoint: 'instances.list', kind: 'drift', drift, times: 1 });
    const { at } = await ask('GET', '/instances');
    for (const [path, value] of Object.entries(expected)) expect(at(path)).toBe(value);
  });
});

describe('the control channel', () => {
  test('logs what was asked, and forgets it when told to', async () => {
    const { ask, control, sandbox } = await startTestSandbox();
    await ask('GET', '/wallet/transactions?limit=2');
    await ask('GET', '/nowhere', undefined, sandbox.tokens.readOnly);
    expect(await control.log()).toMatchObject([
      {
        endpoint: 'wallet.transactions',
        method: 'GET',
        path: '/api/wallet/transactions?limit=2',
        status: 200,
      },
      { endpoint: null, path: '/api/nowhere', status: 404 },
    ]);
    await control.clearLog();
    expect(await control.log()).toEqual([]);
  });

  test('changes a server as if from outside, and nothing it does not know', async () => {
    const { ask, control, idOf, statusOf } = await startTestSandbox();
    const id = await idOf('mail');
    await control.patchInstance(id, { status: 'stopped' });
    expect(await statusOf('mail')).toBe('stopped');
    expect((await ask('GET', `/instances/${id}`)).at('vf_remote_state.state')).toBe('shutoff');
    await expect(control.patchInstance('unknown', { status: 'stopped' })).rejects.toThrow('404');
    await control.removeInstance(id);
    expect((await ask('GET', `/instances/${id}`)).status).toBe(404);
  });

  test('a change of something else leaves a transition under way', async () => {
    const { ask, control, idOf, statusOf } = await startTestSandbox();
    const id = await idOf('staging');
    await ask('POST', `/instances/${id}/power/boot`);
    await control.patchInstance(id, { name: '<b>staging</b>' });
    await control.advance(8_000);
    expect(await statusOf('<b>staging</b>')).toBe('running');
    await ask('POST', `/instances/${id}/power/restart`);
    await control.patchInstance(id, { status: 'crashed' });
    await control.advance(60_000);
    expect(await statusOf('<b>staging</b>')).toBe('crashed');
  });

  test('takes JSON only, and answers to no other name', async () => {
    const { sandbox } = await startTestSandbox();
    const plain = await fetch(`${sandbox.controlUrl}/clock`, { method: 'POST', body: '{"advanceMs":1}' });
    expect(plain.status).toBe(415);
    expect(await statusWithHost(`${sandbox.controlUrl}/state`, 'evil.example')).toBe(403);
  });
});

function gunzipped({
  apiUrl,
}: TestSandbox['sandbox']): Promise<{ readonly packed: number; readonly unpacked: number }> {
  return new Promise((resolve, reject) => {
    request(`${apiUrl}/wallet/balance`, (response) => {
      let packed = 0;
      let unpacked = 0;
      response.on('data', (chunk: Buffer) => (packed += chunk.length));
      response
        .pipe(createGunzip())
        .on('data', (chunk: Buffer) => (unpacked += chunk.length))
        .on('end', () => resolve({ packed, unpacked }))
        .on('error', reject);
    }).end();
  });
}

/** `fetch` does not let one set the Host header. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
