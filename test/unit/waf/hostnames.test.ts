import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../preload/contract/result.ts';
import { appId, hostnameId, wafApp, wafHostname } from './builders.ts';
import { lost, refusal, WafRig } from './rig.ts';

const id = appId('71');
const nameId = hostnameId('301');

let rig: WafRig;
beforeEach(() => {
  rig = new WafRig();
});

describe('adding a hostname', () => {
  beforeEach(() => rig.client.answer('waf.list', [wafApp('71')]));

  it('sends it in ASCII, and follows its certificate', async () => {
    rig.client.answer('waf.addHostname', { done: true });
    expect(await rig.waf.addHostname({ appId: id, hostname: ' Bücher.example ' })).toEqual(ok(undefined));
    expect(rig.client.calls.at(-1)?.input).toEqual({
      path: { id: '71' },
      body: { hostname: 'xn--bcher-kva.example' },
    });
    expect(rig.queued).toEqual(['71']);
    expect(rig.last()).toMatchObject({ kind: 'waf-hostname-added', name: 'bücher.example', outcome: 'done' });
  });

  it('refuses one that is there, here or in another app', async () => {
    expect(await rig.waf.addHostname({ appId: appId('72'), hostname: 'shop.example.com' })).toMatchObject(
      refusal('already belongs'),
    );
    expect(rig.client.count('waf.addHostname')).toBe(0);
  });

  it('is looked up where its answer was lost', async () => {
    rig.client.fail('waf.addHostname', lost);
    rig.client.answer('waf.get', wafApp('71'));
    expect(await rig.waf.addHostname({ appId: id, hostname: 'new.example.com' })).toMatchObject({
      error: { kind: 'unknown-outcome' },
    });
    rig.client.answer('waf.get', wafApp('71', { hostnames: [wafHostname('302', 'new.example.com')] }));
    expect(await rig.waf.addHostname({ appId: id, hostname: 'new.example.com' })).toEqual(ok(undefined));
    expect(rig.queued).toEqual(['71']);
  });
});

describe('retrying a certificate', () => {
  const failed = wafHostname('301', 'shop.example.com', { sslStatus: 'failed' });
  const retry = (despiteDns = false) =>
    rig.waf.retryCertificate({ appId: id, hostnameId: nameId, despiteDns });
  beforeEach(() => {
    rig.client.answer('waf.get', wafApp('71', { hostnames: [failed] }));
    rig.client.answer('waf.retrySsl', { done: true });
    rig.cnames = { 'shop.example.com': 'edge.example.net' };
  });

  it('is sent where the name points to the WAF, and then followed', async () => {
    expect(await retry()).toEqual(ok(undefined));
    expect(rig.client.calls.at(-1)).toEqual({
      id: 'waf.retrySsl',
      input: { path: { id: '71', hostnameId: '301' } },
    });
    expect(rig.retried).toEqual(['71/301']);
    expect(rig.last()).toMatchObject({ kind: 'waf-certificate-retried', outcome: 'done' });
  });

  it.each([
    [
      'elsewhere',
      { 'shop.example.com': 'old.example.net', 'old.example.net': 'x.example.net' },
      'CNAME x.example.net',
    ],
    ['nowhere', {}, 'DNS has no record of it. It should be a CNAME of edge.example.net.'],
  ])('is refused where it points %s, unless it is insisted on', async (_where, answers, why) => {
    rig.cnames = answers;
    expect(await retry()).toMatchObject(refusal(why));
    expect(rig.client.count('waf.retrySsl')).toBe(0);
    expect(await retry(true)).toEqual(ok(undefined));
  });

  it('is sent where DNS did not answer: that says nothing of the name', async () => {
    rig.cnames = { 'shop.example.com': null };
    expect(await retry()).toEqual(ok(undefined));
  });

  it('waits for its cool-down, and says how long', async () => {
    rig.retryAtMs = rig.time.now() + 7 * 60_000 + 30_000;
    expect(await retry(true)).toMatchObject(refusal('try again in 7 min.'));
    expect(rig.client.calls).toEqual([]);
  });

  it.each([
    ['active', 'The certificate is active'],
    ['queued', 'being issued already'],
  ])('is refused while it is %s', async (sslStatus, why) => {
    rig.client.answer('waf.get', wafApp('71', { hostnames: [{ ...failed, sslStatus }] }));
    expect(await retry(true)).toMatchObject(refusal(why));
  });

  it('counts for the cool-down where its answer was lost, and not where it was refused', async () => {
    rig.client.fail('waf.retrySsl', { kind: 'invalid', message: 'No.', fields: {} });
    expect(await retry()).toMatchObject({ error: { kind: 'invalid' } });
    expect(rig.retried).toEqual([]);
    rig.client.fail('waf.retrySsl', lost);
    expect(await retry()).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(rig.retried).toEqual(['71/301']);
    let asked = 0;
    rig.client.answer('waf.get', () =>
      wafApp('71', { hostnames: [{ ...failed, sslStatus: ++asked === 2 ? 'queued' : 'failed' }] }),
    );
    expect(await retry()).toEqual(ok(undefined));
    expect(rig.client.count('waf.retrySsl')).toBe(3);
  });
});

describe('asking DNS for a hostname', () => {
  it('asks of what is known, and Evorxa alone where it is not', async () => {
    rig.cnames = { 'shop.example.com': 'edge.example.net' };
    rig.client.answer('waf.get', wafApp('71'));
    expect(await rig.waf.checkDns({ appId: id, hostnameId: nameId })).toMatchObject({
      value: { outcome: 'points', targets: ['edge.example.net'] },
    });
    expect(rig.client.count('waf.get')).toBe(1);
    rig.start({ known: wafApp('71') });
    expect(await rig.waf.checkDns({ appId: id, hostnameId: nameId })).toMatchObject({
      value: { outcome: 'points' },
    });
    expect(rig.client.count('waf.get')).toBe(1);
    expect(await rig.waf.checkDns({ appId: id, hostnameId: hostnameId('999') })).toMatchObject(
      refusal('no longer in the app'),
    );
  });
});
