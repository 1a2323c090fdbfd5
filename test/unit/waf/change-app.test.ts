import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../preload/contract/result.ts';
import { appId, hostnameId, wafApp, wafHostname } from './builders.ts';
import { gone, lost, refusal, WafRig } from './rig.ts';

const id = appId('71');
const nameId = hostnameId('301');

let rig: WafRig;
beforeEach(() => {
  rig = new WafRig();
});

describe('the firewall of an application', () => {
  it('is set by what is asked for', async () => {
    rig.start({ known: wafApp('71') });
    rig.client.answer('waf.setFirewall', { done: true });
    expect(await rig.waf.setFirewall({ appId: id, isOn: false })).toEqual(ok(undefined));
    expect(rig.client.calls).toEqual([
      { id: 'waf.setFirewall', input: { path: { id: '71' }, body: { enabled: false } } },
    ]);
    expect(rig.last()).toMatchObject({ kind: 'waf-firewall-off', name: 'shop', outcome: 'done' });
    await rig.waf.setFirewall({ appId: id, isOn: true });
    expect(rig.last()).toMatchObject({ kind: 'waf-firewall-on' });
  });

  it('is read again where the answer was lost', async () => {
    rig.client.fail('waf.setFirewall', lost);
    rig.client.answer('waf.get', wafApp('71', { isFirewallOn: false }));
    expect(await rig.waf.setFirewall({ appId: id, isOn: false })).toEqual(ok(undefined));
    expect(await rig.waf.setFirewall({ appId: id, isOn: true })).toMatchObject({
      error: { kind: 'unknown-outcome' },
    });
    expect(rig.client.count('waf.setFirewall')).toBe(2);
    expect(rig.last()).toMatchObject({ kind: 'waf-firewall-on', outcome: 'unknown' });
  });
});

it('what was done, or may have been, is no news when it is seen; what was refused is', async () => {
  rig.client.fail('waf.setFirewall', { kind: 'forbidden', ability: 'waf:write', message: 'no' });
  await rig.waf.setFirewall({ appId: id, isOn: false });
  expect(rig.expected).toEqual([]);
  rig.client.fail('waf.setFirewall', lost);
  await rig.waf.setFirewall({ appId: id, isOn: false });
  rig.client.answer('waf.get', wafApp('71'));
  rig.client.answer('waf.deleteHostname', { done: true });
  await rig.waf.removeHostname({ appId: id, hostnameId: nameId, acceptsOutage: true });
  rig.client.answer('waf.delete', { done: true });
  await rig.waf.remove({ appId: id, acceptsOutage: true });
  expect(rig.expected).toEqual([
    { kind: 'firewall-off', appId: '71' },
    { kind: 'hostname-removed', appId: '71' },
    { kind: 'app-deleted', appId: '71' },
  ]);
});

describe('removing', () => {
  beforeEach(() => {
    rig.client.answer('waf.get', wafApp('71'));
    rig.client.answer('waf.deleteHostname', { done: true });
    rig.client.answer('waf.delete', { done: true });
  });
  const removeName = (acceptsOutage = false) =>
    rig.waf.removeHostname({ appId: id, hostnameId: nameId, acceptsOutage });
  const removeApp = (acceptsOutage = false) => rig.waf.remove({ appId: id, acceptsOutage });

  it.each([
    ['a hostname', removeName, 'waf.deleteHostname', 'waf-hostname-removed'],
    ['an application', removeApp, 'waf.delete', 'waf-app-deleted'],
  ] as const)(
    '%s that points to the WAF is refused, unless the outage is accepted',
    async (_what, remove, endpoint, kind) => {
      rig.cnames = { 'shop.example.com': 'edge.example.net' };
      expect(await remove()).toMatchObject(
        refusal('shop.example.com still points to the WAF: its visitors would get an error.'),
      );
      expect(rig.client.count(endpoint)).toBe(0);
      expect(await remove(true)).toEqual(ok(undefined));
      expect(rig.client.count(endpoint)).toBe(1);
      expect(rig.last()).toMatchObject({ kind, outcome: 'done' });
    },
  );

  it.each([
    ['elsewhere', { 'shop.example.com': 'other.example.net' }],
    ['nowhere', {}],
    ['as nobody knows', { 'shop.example.com': null }],
  ])('one that points %s is done', async (_where, answers) => {
    rig.cnames = answers;
    expect(await removeName()).toEqual(ok(undefined));
    expect(await removeApp()).toEqual(ok(undefined));
  });

  it('names at most three that point to the WAF', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((each) => `${each}.example.com`);
    rig.cnames = Object.fromEntries(names.map((each) => [each, 'edge.example.net']));
    rig.client.answer('waf.get', wafApp('71', { hostnames: names.map((each) => wafHostname(each, each)) }));
    expect(await removeApp()).toMatchObject(
      refusal('a.example.com, b.example.com, c.example.com and 2 more still point to the WAF'),
    );
  });

  it('what is gone already counts as removed, and nothing is sent for it', async () => {
    rig.client.answer('waf.get', wafApp('71', { hostnames: [] }));
    expect(await removeName()).toEqual(ok(undefined));
    rig.client.fail('waf.get', gone);
    expect(await removeName()).toEqual(ok(undefined));
    expect(await removeApp()).toEqual(ok(undefined));
    expect(rig.client.count('waf.deleteHostname') + rig.client.count('waf.delete')).toBe(0);
  });

  it('is looked up where its answer was lost', async () => {
    rig.client.fail('waf.deleteHostname', lost);
    rig.client.fail('waf.delete', lost);
    expect(await removeName()).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(await removeApp()).toMatchObject({ error: { kind: 'unknown-outcome' } });
    let asked = 0;
    rig.client.answer('waf.get', () => wafApp('71', ++asked % 2 === 0 ? { hostnames: [] } : {}));
    expect(await removeName()).toEqual(ok(undefined));
    expect([rig.client.count('waf.deleteHostname'), rig.client.count('waf.delete')]).toEqual([2, 1]);
  });
});

it('is free again after code threw: what may have left is not known', async () => {
  rig.start({ known: wafApp('71') });
  rig.client.answer('waf.setFirewall', () => {
    throw new Error('a mistake of ours');
  });
  expect(await rig.waf.setFirewall({ appId: id, isOn: true })).toMatchObject({
    error: { kind: 'unknown-outcome' },
  });
  expect(rig.bugs).toHaveLength(1);
  rig.client.answer('waf.setFirewall', { done: true });
  expect(await rig.waf.setFirewall({ appId: id, isOn: true })).toEqual(ok(undefined));
});
