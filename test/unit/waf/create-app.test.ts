import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../preload/contract/result.ts';
import { instanceId } from '../monitor/builders.ts';
import { wafApp, wafHostname } from './builders.ts';
import { lost, refusal, WafRig } from './rig.ts';

let rig: WafRig;
beforeEach(() => {
  rig = new WafRig();
});

describe('creating an application', () => {
  const wanted = {
    name: 'shop',
    origin: { ip: '203.0.113.5' },
    originPort: null,
    hostname: 'Shop.Example.com.',
  };
  const body = { name: 'shop', origin_ip: '203.0.113.5', hostname: 'shop.example.com' };
  const other = wafApp('70', { name: 'other', hostnames: [wafHostname('300', 'other.example.com')] });
  beforeEach(() => rig.client.answer('waf.list', [other]));

  it('sends it once, as DNS writes it, without a port that nobody set', async () => {
    rig.client.answer('waf.create', { app: wafApp('71') });
    expect(await rig.waf.create(wanted)).toEqual(ok({ appId: '71', wasLost: false }));
    expect(rig.client.calls.filter(({ id: each }) => each === 'waf.create')).toEqual([
      { id: 'waf.create', input: { body } },
    ]);
    expect(rig.queued).toEqual(['71']);
    expect(rig.last()).toMatchObject({ kind: 'waf-app-created', name: 'shop', outcome: 'done' });
  });

  it('takes the main address of an instance, and the port that was set', async () => {
    rig.client.answer('waf.create', { app: wafApp('71') });
    await rig.waf.create({ ...wanted, origin: { instanceId: instanceId('web') }, originPort: 8443 });
    expect(rig.client.calls.at(-1)?.input).toEqual({ body: { ...body, origin_port: 8443 } });
    expect(await rig.waf.create({ ...wanted, origin: { instanceId: instanceId('new') } })).toMatchObject(
      refusal('no address yet'),
    );
  });

  it.each([
    [{ hostname: 'localhost' }, 'with its domain'],
    [{ hostname: 'other.example.com' }, 'already belongs to the WAF app “other”'],
    [{ origin: { ip: 'web.example.com' } }, 'The origin is an IP address'],
    [{ origin: { ip: '203.0.113.0/24' } }, 'The origin is an IP address'],
    [{ origin: { ip: '10.0.0.5' } }, 'a private address'],
  ])('refuses %j and sends nothing', async (more, why) => {
    expect(await rig.waf.create({ ...wanted, ...more })).toMatchObject(refusal(why));
    expect(rig.client.count('waf.create')).toBe(0);
    expect(rig.last()).toMatchObject({ kind: 'waf-app-created', outcome: 'refused' });
  });

  it('takes a local origin where Evorxa itself is local', async () => {
    rig.start({ isLocal: true });
    rig.client.answer('waf.create', { app: wafApp('71') });
    expect(await rig.waf.create({ ...wanted, origin: { ip: '127.0.0.1' } })).toMatchObject({ ok: true });
  });

  it('is found in the list where its answer was lost, and not sent again', async () => {
    let lists = 0;
    rig.client.answer('waf.list', () => (++lists < 3 ? [other] : [other, wafApp('71')]));
    rig.client.fail('waf.create', lost);
    const answer = rig.waf.create(wanted);
    await rig.time.pass(2_000);
    expect(await answer).toEqual(ok({ appId: '71', wasLost: true }));
    expect(rig.client.count('waf.create')).toBe(1);
    expect(rig.queued).toEqual(['71']);
    expect(rig.last()).toMatchObject({ outcome: 'done' });
  });

  it('is not known where the list never has it, or has one that differs', async () => {
    for (const differs of [{ name: 'blog' }, { originIp: '203.0.113.6' }, { hostnames: [] }]) {
      let lists = 0;
      rig.client.answer('waf.list', () => (++lists === 1 ? [other] : [other, wafApp('71', differs)]));
      rig.client.fail('waf.create', lost);
      const answer = rig.waf.create(wanted);
      await rig.time.pass(7_000);
      expect(await answer).toEqual(ok({ appId: null, wasLost: true }));
      expect(rig.last()).toMatchObject({ outcome: 'unknown' });
    }
    expect(rig.client.count('waf.create')).toBe(3);
  });

  it('is not taken for one that was there before', async () => {
    // Its hostname was not read then: only its id tells that it is old.
    const old = wafApp('71', { hostnames: [] });
    let lists = 0;
    rig.client.answer('waf.list', () => (++lists === 1 ? [old] : [wafApp('71')]));
    rig.client.fail('waf.create', lost);
    const answer = rig.waf.create(wanted);
    await rig.time.pass(7_000);
    expect(await answer).toEqual(ok({ appId: null, wasLost: true }));
  });

  it('is looked for also where its answer could not be read', async () => {
    let lists = 0;
    rig.client.answer('waf.list', () => (++lists === 1 ? [] : [wafApp('71')]));
    rig.client.answer('waf.create', { app: null });
    expect(await rig.waf.create(wanted)).toEqual(ok({ appId: '71', wasLost: false }));
  });

  it('is sent where the token may not list, and not looked up', async () => {
    rig.client.fail('waf.list', { kind: 'forbidden', ability: 'waf:read', message: 'No.' });
    rig.client.fail('waf.create', lost);
    expect(await rig.waf.create(wanted)).toEqual(ok({ appId: null, wasLost: true }));
    expect(rig.client.count('waf.list')).toBe(1);
  });

  it('is not sent where the list cannot be read now', async () => {
    rig.client.fail('waf.list', { kind: 'offline', message: 'x' });
    expect(await rig.waf.create(wanted)).toMatchObject({ error: { kind: 'offline' } });
    expect(rig.client.count('waf.create')).toBe(0);
  });

  it('is one at a time', async () => {
    rig.client.answer('waf.create', { app: wafApp('71') });
    const release = rig.client.hold('waf.create');
    const first = rig.waf.create(wanted);
    expect(await rig.waf.create(wanted)).toMatchObject({ error: { kind: 'busy' } });
    release();
    expect(await first).toMatchObject({ ok: true });
    expect(await rig.waf.create(wanted)).toMatchObject({ ok: true });
  });
});
