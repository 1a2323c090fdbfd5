import { describe, expect, test } from 'vitest';
import { dayMs } from '../../../main/sandbox/state/catalog.ts';
import { eventually, startMs, startTestSandbox } from './harness.ts';

test('the same seed gives the same servers', async () => {
  const one = await startTestSandbox();
  const same = await startTestSandbox();
  const other = await startTestSandbox({ seed: 2 });
  const list = (await one.ask('GET', '/instances')).body;
  expect((await same.ask('GET', '/instances')).body).toEqual(list);
  expect((await other.ask('GET', '/instances')).body).not.toEqual(list);
});

test('sixteen servers, in every state', async () => {
  const { ask } = await startTestSandbox();
  const rows = (await ask('GET', '/instances')).rows();
  expect(rows).toHaveLength(16);
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  expect(counts).toEqual({
    running: 9,
    stopped: 2,
    provisioning: 1,
    restarting: 1,
    suspended: 1,
    build_failed: 1,
    quarantined: 1,
  });
  expect(rows.find(({ name }) => name === 'mail')).toHaveProperty('scheduled_deletion_at');
  expect((await ask('GET', '/instances?project_id=3')).rows()).toHaveLength(3);
});

describe('power', () => {
  test.each([
    ['staging', 'boot', 'booting', 8_000, 'running'],
    ['cache-1', 'restart', 'restarting', 8_000, 'running'],
    ['cache-1', 'shutdown', 'shutting_down', 6_000, 'stopped'],
    ['cache-1', 'poweroff', 'shutting_down', 1_000, 'stopped'],
  ])('%s: %s is %s, and after %i ms %s', async (name, action, during, delayMs, after) => {
    const { ask, control, idOf, statusOf } = await startTestSandbox();
    const dispatched = await ask('POST', `/instances/${await idOf(name)}/power/${action}`);
    expect(dispatched.status).toBe(200);
    await control.advance(delayMs - 1);
    expect(await statusOf(name)).toBe(during);
    await control.advance(1);
    expect(await statusOf(name)).toBe(after);
  });

  test('a newer action replaces the one under way', async () => {
    const { ask, control, idOf, statusOf } = await startTestSandbox();
    const id = await idOf('cache-1');
    await ask('POST', `/instances/${id}/power/restart`);
    await ask('POST', `/instances/${id}/power/poweroff`);
    await control.advance(60_000);
    expect(await statusOf('cache-1')).toBe('stopped');
  });

  test('one server ignores a shutdown, but not the power switch', async () => {
    const { ask, control, idOf, statusOf } = await startTestSandbox();
    const id = await idOf('db-primary');
    await ask('POST', `/instances/${id}/power/shutdown`);
    await control.advance(29_000);
    expect(await statusOf('db-primary')).toBe('shutting_down');
    await control.advance(1_000);
    expect(await statusOf('db-primary')).toBe('running');
    await ask('POST', `/instances/${id}/power/poweroff`);
    await control.advance(1_000);
    expect(await statusOf('db-primary')).toBe('stopped');
  });

  test.each([
    ['billing-old', 403],
    ['build-7', 422],
    ['broken-build', 422],
  ])('%s cannot be booted: %i', async (name, status) => {
    const { ask, idOf } = await startTestSandbox();
    expect((await ask('POST', `/instances/${await idOf(name)}/power/boot`)).status).toBe(status);
  });

  test('an unknown action is refused', async () => {
    const { ask, idOf } = await startTestSandbox();
    expect((await ask('POST', `/instances/${await idOf('mail')}/power/explode`)).status).toBe(422);
  });
});

test('a new server gets its address when it is built, and Shield then knows it', async () => {
  const { ask, control } = await startTestSandbox();
  const made = await ask('POST', '/instances', {
    name: 'fresh',
    hostname: 'fresh.server.evorxa.net',
    project_id: 1,
    package_id: 1,
    category: 'standard',
    os_template_id: 112,
    os_name: 'Debian 12',
    billing_cycle: 'monthly',
  });
  expect(made.body).toMatchObject({ status: 'provisioning', main_ip: null });
  await control.advance(20_000);
  const built = await ask('GET', `/instances/${String(made.at('id'))}`);
  expect(built.body).toMatchObject({
    status: 'running',
    main_ip: expect.stringMatching(/^203\.0\.113\./) as string,
  });
  const ips = (await ask('GET', '/shield/ips')).rows();
  expect(ips.map(({ ip }) => ip)).toContain(built.at('main_ip'));
});

test('a deletion at the end of the cycle can be undone; otherwise it comes', async () => {
  const { ask, control, idOf, statusOf } = await startTestSandbox();
  const id = await idOf('shop-web');
  await ask('DELETE', `/instances/${id}`, { mode: 'end_of_cycle' });
  expect((await ask('GET', `/instances/${id}`)).at('scheduled_deletion_at')).toBe('2026-06-02T00:00:00.000Z');
  expect((await ask('POST', `/instances/${id}/cancel-deletion`)).status).toBe(200);
  expect((await ask('POST', `/instances/${id}/cancel-deletion`)).status).toBe(422);

  await control.patchInstance(id, { billedTillMs: startMs + dayMs });
  await ask('DELETE', `/instances/${id}`, { mode: 'end_of_cycle' });
  await control.advance(dayMs);
  expect(await statusOf('shop-web')).toBeUndefined();
  expect((await ask('GET', `/instances/${id}`)).status).toBe(404);
});

test('the demo account lives: a build ends, a server stops, a renewal is paid', async () => {
  const { control, statusOf } = await startTestSandbox({ demoScript: true });
  await control.advance(12_000);
  expect(await statusOf('db-replica')).toBe('running');
  await control.advance(28_000);
  expect(await statusOf('build-7')).toBe('running');
  await control.advance(35_000);
  expect(await statusOf('cache-1')).toBe('stopped');
  expect((await control.state()).balanceCents).toBe(5240);
  await control.advance(30_000);
  expect((await control.state()).balanceCents).toBe(5240 - 500);
});

test('a certificate is queued, issued and active; under .invalid it fails and can be tried again', async () => {
  const { ask, control } = await startTestSandbox();
  const app = { name: 'new', origin_ip: '203.0.113.42', hostname: 'new.example.com' };
  const made = await ask('POST', '/shield/waf', app);
  const path = `/shield/waf/${String(made.at('id'))}`;
  await ask('POST', `${path}/hostnames`, { hostname: 'never.invalid' });
  const states = async (): Promise<readonly unknown[]> => {
    const now = await ask('GET', path);
    return [now.at('hostnames.0.ssl_status'), now.at('hostnames.1.ssl_status')];
  };
  expect(await states()).toEqual(['queued', 'queued']);
  await control.advance(4_000);
  expect(await states()).toEqual(['issuing', 'issuing']);
  await control.advance(11_000);
  expect(await states()).toEqual(['active', 'failed']);

  const failed = String((await ask('GET', path)).at('hostnames.1.id'));
  expect((await ask('POST', `${path}/hostnames/${failed}/retry-ssl`)).status).toBe(200);
  expect((await states())[1]).toBe('queued');
});

test('time moves by itself where nobody holds it', async () => {
  const { ask, idOf, statusOf } = await startTestSandbox({ now: Date.now, speed: 500 });
  await ask('POST', `/instances/${await idOf('staging')}/power/boot`);
  await eventually(async () => (await statusOf('staging')) === 'running');
});
