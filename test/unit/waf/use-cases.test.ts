import { beforeEach, describe, expect, it } from 'vitest';
import type { DnsAnswer, DnsResolver } from '../../../main/dns/resolver.ts';
import { createWaf, type Waf } from '../../../main/waf/index.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { ok } from '../../../preload/contract/result.ts';
import type { WafApp } from '../../../preload/contract/waf.ts';
import { recording } from '../activity/recording.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { appId, hostnameId, wafApp, wafHostname } from './builders.ts';

const lost: ApiError = { kind: 'unknown-outcome', message: 'lost' };
const gone: ApiError = { kind: 'not-found', message: 'gone' };
const id = appId('71');
const nameId = hostnameId('301');
const refusal = (text: string) => ({
  ok: false,
  error: { kind: 'refused', message: expect.stringContaining(text) as string },
});

let client: FakeClient;
let time: FakeTime;
let entries: readonly Activity[];
/** What DNS answers as the CNAME of each name. */
let cnames: Record<string, string | null>;
let queued: string[];
let retried: string[];
let retryAtMs: number | null;
let waf: Waf;
const bugs: unknown[] = [];

function start(more: { readonly isLocal?: boolean; readonly known?: WafApp | null } = {}): Waf {
  const recorded = recording();
  ({ entries } = recorded);
  const cname = (name: string): Promise<DnsAnswer> => {
    const value = cnames[name];
    if (value === null) return Promise.resolve({ kind: 'failed', code: 'ETIMEOUT' });
    return Promise.resolve(value === undefined ? { kind: 'none' } : { kind: 'records', values: [value] });
  };
  const resolver: DnsResolver = {
    cname,
    a: () => Promise.resolve({ kind: 'none' }),
    aaaa: () => Promise.resolve({ kind: 'none' }),
  };
  return createWaf({
    client,
    record: recorded.record,
    clock: time,
    resolver,
    certificates: {
      queued: (app) => queued.push(app),
      retried: (app, hostname) => retried.push(`${app}/${hostname}`),
      retryAtMs: () => retryAtMs,
    },
    addressOf: (instance) => (instance === 'web' ? '203.0.113.5' : null),
    isLocal: more.isLocal ?? false,
    known: () => more.known ?? null,
    onBug: (cause) => bugs.push(cause),
  });
}

beforeEach(() => {
  client = new FakeClient();
  time = new FakeTime();
  cnames = {};
  queued = [];
  retried = [];
  retryAtMs = null;
  bugs.length = 0;
  waf = start();
});
const last = () => entries.at(-1);

describe('creating an application', () => {
  const wanted = {
    name: 'shop',
    origin: { ip: '203.0.113.5' },
    originPort: null,
    hostname: 'Shop.Example.com.',
  };
  const body = { name: 'shop', origin_ip: '203.0.113.5', hostname: 'shop.example.com' };
  const other = wafApp('70', { name: 'other', hostnames: [wafHostname('300', 'other.example.com')] });
  beforeEach(() => client.answer('waf.list', [other]));

  it('sends it once, as DNS writes it, without a port that nobody set', async () => {
    client.answer('waf.create', { app: wafApp('71') });
    expect(await waf.create(wanted)).toEqual(ok({ appId: '71', wasLost: false }));
    expect(client.calls.filter(({ id: each }) => each === 'waf.create')).toEqual([
      { id: 'waf.create', input: { body } },
    ]);
    expect(queued).toEqual(['71']);
    expect(last()).toMatchObject({ kind: 'waf-app-created', name: 'shop', outcome: 'done' });
  });

  it('takes the main address of an instance, and the port that was set', async () => {
    client.answer('waf.create', { app: wafApp('71') });
    await waf.create({ ...wanted, origin: { instanceId: instanceId('web') }, originPort: 8443 });
    expect(client.calls.at(-1)?.input).toEqual({ body: { ...body, origin_port: 8443 } });
    expect(await waf.create({ ...wanted, origin: { instanceId: instanceId('new') } })).toMatchObject(
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
    expect(await waf.create({ ...wanted, ...more })).toMatchObject(refusal(why));
    expect(client.count('waf.create')).toBe(0);
    expect(last()).toMatchObject({ kind: 'waf-app-created', outcome: 'refused' });
  });

  it('takes a local origin where Evorxa itself is local', async () => {
    waf = start({ isLocal: true });
    client.answer('waf.create', { app: wafApp('71') });
    expect(await waf.create({ ...wanted, origin: { ip: '127.0.0.1' } })).toMatchObject({ ok: true });
  });

  it('is found in the list where its answer was lost, and not sent again', async () => {
    let lists = 0;
    client.answer('waf.list', () => (++lists < 3 ? [other] : [other, wafApp('71')]));
    client.fail('waf.create', lost);
    const answer = waf.create(wanted);
    await time.pass(2_000);
    expect(await answer).toEqual(ok({ appId: '71', wasLost: true }));
    expect(client.count('waf.create')).toBe(1);
    expect(queued).toEqual(['71']);
    expect(last()).toMatchObject({ outcome: 'done' });
  });

  it('is not known where the list never has it, or has one that differs', async () => {
    for (const differs of [{ name: 'blog' }, { originIp: '203.0.113.6' }, { hostnames: [] }]) {
      let lists = 0;
      client.answer('waf.list', () => (++lists === 1 ? [other] : [other, wafApp('71', differs)]));
      client.fail('waf.create', lost);
      const answer = waf.create(wanted);
      await time.pass(7_000);
      expect(await answer).toEqual(ok({ appId: null, wasLost: true }));
      expect(last()).toMatchObject({ outcome: 'unknown' });
    }
    expect(client.count('waf.create')).toBe(3);
  });

  it('is not taken for one that was there before', async () => {
    // Its hostname was not read then: only its id tells that it is old.
    const old = wafApp('71', { hostnames: [] });
    let lists = 0;
    client.answer('waf.list', () => (++lists === 1 ? [old] : [wafApp('71')]));
    client.fail('waf.create', lost);
    const answer = waf.create(wanted);
    await time.pass(7_000);
    expect(await answer).toEqual(ok({ appId: null, wasLost: true }));
  });

  it('is looked for also where its answer could not be read', async () => {
    let lists = 0;
    client.answer('waf.list', () => (++lists === 1 ? [] : [wafApp('71')]));
    client.answer('waf.create', { app: null });
    expect(await waf.create(wanted)).toEqual(ok({ appId: '71', wasLost: false }));
  });

  it('is sent where the token may not list, and not looked up', async () => {
    client.fail('waf.list', { kind: 'forbidden', ability: 'waf:read', message: 'No.' });
    client.fail('waf.create', lost);
    expect(await waf.create(wanted)).toEqual(ok({ appId: null, wasLost: true }));
    expect(client.count('waf.list')).toBe(1);
  });

  it('is not sent where the list cannot be read now', async () => {
    client.fail('waf.list', { kind: 'offline', message: 'x' });
    expect(await waf.create(wanted)).toMatchObject({ error: { kind: 'offline' } });
    expect(client.count('waf.create')).toBe(0);
  });

  it('is one at a time', async () => {
    client.answer('waf.create', { app: wafApp('71') });
    const release = client.hold('waf.create');
    const first = waf.create(wanted);
    expect(await waf.create(wanted)).toMatchObject({ error: { kind: 'busy' } });
    release();
    expect(await first).toMatchObject({ ok: true });
    expect(await waf.create(wanted)).toMatchObject({ ok: true });
  });
});

describe('the firewall of an application', () => {
  it('is set by what is asked for', async () => {
    waf = start({ known: wafApp('71') });
    client.answer('waf.setFirewall', { done: true });
    expect(await waf.setFirewall({ appId: id, isOn: false })).toEqual(ok(undefined));
    expect(client.calls).toEqual([
      { id: 'waf.setFirewall', input: { path: { id: '71' }, body: { enabled: false } } },
    ]);
    expect(last()).toMatchObject({ kind: 'waf-firewall-off', name: 'shop', outcome: 'done' });
    await waf.setFirewall({ appId: id, isOn: true });
    expect(last()).toMatchObject({ kind: 'waf-firewall-on' });
  });

  it('is read again where the answer was lost', async () => {
    client.fail('waf.setFirewall', lost);
    client.answer('waf.get', wafApp('71', { isFirewallOn: false }));
    expect(await waf.setFirewall({ appId: id, isOn: false })).toEqual(ok(undefined));
    expect(await waf.setFirewall({ appId: id, isOn: true })).toMatchObject({
      error: { kind: 'unknown-outcome' },
    });
    expect(client.count('waf.setFirewall')).toBe(2);
    expect(last()).toMatchObject({ kind: 'waf-firewall-on', outcome: 'unknown' });
  });
});

describe('adding a hostname', () => {
  beforeEach(() => client.answer('waf.list', [wafApp('71')]));

  it('sends it in ASCII, and follows its certificate', async () => {
    client.answer('waf.addHostname', { done: true });
    expect(await waf.addHostname({ appId: id, hostname: ' Bücher.example ' })).toEqual(ok(undefined));
    expect(client.calls.at(-1)?.input).toEqual({
      path: { id: '71' },
      body: { hostname: 'xn--bcher-kva.example' },
    });
    expect(queued).toEqual(['71']);
    expect(last()).toMatchObject({ kind: 'waf-hostname-added', name: 'bücher.example', outcome: 'done' });
  });

  it('refuses one that is there, here or in another app', async () => {
    expect(await waf.addHostname({ appId: appId('72'), hostname: 'shop.example.com' })).toMatchObject(
      refusal('already belongs'),
    );
    expect(client.count('waf.addHostname')).toBe(0);
  });

  it('is looked up where its answer was lost', async () => {
    client.fail('waf.addHostname', lost);
    client.answer('waf.get', wafApp('71'));
    expect(await waf.addHostname({ appId: id, hostname: 'new.example.com' })).toMatchObject({
      error: { kind: 'unknown-outcome' },
    });
    client.answer('waf.get', wafApp('71', { hostnames: [wafHostname('302', 'new.example.com')] }));
    expect(await waf.addHostname({ appId: id, hostname: 'new.example.com' })).toEqual(ok(undefined));
    expect(queued).toEqual(['71']);
  });
});

describe('removing', () => {
  beforeEach(() => {
    client.answer('waf.get', wafApp('71'));
    client.answer('waf.deleteHostname', { done: true });
    client.answer('waf.delete', { done: true });
  });
  const removeName = (acceptsOutage = false) =>
    waf.removeHostname({ appId: id, hostnameId: nameId, acceptsOutage });
  const removeApp = (acceptsOutage = false) => waf.remove({ appId: id, acceptsOutage });

  it.each([
    ['a hostname', removeName, 'waf.deleteHostname', 'waf-hostname-removed'],
    ['an application', removeApp, 'waf.delete', 'waf-app-deleted'],
  ] as const)(
    '%s that points to the WAF is refused, unless the outage is accepted',
    async (_what, remove, endpoint, kind) => {
      cnames = { 'shop.example.com': 'edge.example.net' };
      expect(await remove()).toMatchObject(
        refusal('shop.example.com still points to the WAF: its visitors would get an error.'),
      );
      expect(client.count(endpoint)).toBe(0);
      expect(await remove(true)).toEqual(ok(undefined));
      expect(client.count(endpoint)).toBe(1);
      expect(last()).toMatchObject({ kind, outcome: 'done' });
    },
  );

  it.each([
    ['elsewhere', { 'shop.example.com': 'other.example.net' }],
    ['nowhere', {}],
    ['as nobody knows', { 'shop.example.com': null }],
  ])('one that points %s is done', async (_where, answers) => {
    cnames = answers;
    expect(await removeName()).toEqual(ok(undefined));
    expect(await removeApp()).toEqual(ok(undefined));
  });

  it('names at most three that point to the WAF', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((each) => `${each}.example.com`);
    cnames = Object.fromEntries(names.map((each) => [each, 'edge.example.net']));
    client.answer('waf.get', wafApp('71', { hostnames: names.map((each) => wafHostname(each, each)) }));
    expect(await removeApp()).toMatchObject(
      refusal('a.example.com, b.example.com, c.example.com and 2 more still point to the WAF'),
    );
  });

  it('what is gone already counts as removed, and nothing is sent for it', async () => {
    client.answer('waf.get', wafApp('71', { hostnames: [] }));
    expect(await removeName()).toEqual(ok(undefined));
    client.fail('waf.get', gone);
    expect(await removeName()).toEqual(ok(undefined));
    expect(await removeApp()).toEqual(ok(undefined));
    expect(client.count('waf.deleteHostname') + client.count('waf.delete')).toBe(0);
  });

  it('is looked up where its answer was lost', async () => {
    client.fail('waf.deleteHostname', lost);
    client.fail('waf.delete', lost);
    expect(await removeName()).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(await removeApp()).toMatchObject({ error: { kind: 'unknown-outcome' } });
    let asked = 0;
    client.answer('waf.get', () => wafApp('71', ++asked % 2 === 0 ? { hostnames: [] } : {}));
    expect(await removeName()).toEqual(ok(undefined));
    expect([client.count('waf.deleteHostname'), client.count('waf.delete')]).toEqual([2, 1]);
  });
});

describe('retrying a certificate', () => {
  const failed = wafHostname('301', 'shop.example.com', { sslStatus: 'failed' });
  const retry = (despiteDns = false) => waf.retryCertificate({ appId: id, hostnameId: nameId, despiteDns });
  beforeEach(() => {
    client.answer('waf.get', wafApp('71', { hostnames: [failed] }));
    client.answer('waf.retrySsl', { done: true });
    cnames = { 'shop.example.com': 'edge.example.net' };
  });

  it('is sent where the name points to the WAF, and then followed', async () => {
    expect(await retry()).toEqual(ok(undefined));
    expect(client.calls.at(-1)).toEqual({
      id: 'waf.retrySsl',
      input: { path: { id: '71', hostnameId: '301' } },
    });
    expect(retried).toEqual(['71/301']);
    expect(last()).toMatchObject({ kind: 'waf-certificate-retried', outcome: 'done' });
  });

  it.each([
    [
      'elsewhere',
      { 'shop.example.com': 'old.example.net', 'old.example.net': 'x.example.net' },
      'CNAME x.example.net',
    ],
    ['nowhere', {}, 'DNS has no record of it. It should be a CNAME of edge.example.net.'],
  ])('is refused where it points %s, unless it is insisted on', async (_where, answers, why) => {
    cnames = answers;
    expect(await retry()).toMatchObject(refusal(why));
    expect(client.count('waf.retrySsl')).toBe(0);
    expect(await retry(true)).toEqual(ok(undefined));
  });

  it('is sent where DNS did not answer: that says nothing of the name', async () => {
    cnames = { 'shop.example.com': null };
    expect(await retry()).toEqual(ok(undefined));
  });

  it('waits for its cool-down, and says how long', async () => {
    retryAtMs = time.now() + 7 * 60_000 + 30_000;
    expect(await retry(true)).toMatchObject(refusal('try again in 7 min.'));
    expect(client.calls).toEqual([]);
  });

  it.each([
    ['active', 'The certificate is active'],
    ['queued', 'being issued already'],
  ])('is refused while it is %s', async (sslStatus, why) => {
    client.answer('waf.get', wafApp('71', { hostnames: [{ ...failed, sslStatus }] }));
    expect(await retry(true)).toMatchObject(refusal(why));
  });

  it('counts for the cool-down where its answer was lost, and not where it was refused', async () => {
    client.fail('waf.retrySsl', { kind: 'invalid', message: 'No.', fields: {} });
    expect(await retry()).toMatchObject({ error: { kind: 'invalid' } });
    expect(retried).toEqual([]);
    client.fail('waf.retrySsl', lost);
    expect(await retry()).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(retried).toEqual(['71/301']);
    let asked = 0;
    client.answer('waf.get', () =>
      wafApp('71', { hostnames: [{ ...failed, sslStatus: ++asked === 2 ? 'queued' : 'failed' }] }),
    );
    expect(await retry()).toEqual(ok(undefined));
    expect(client.count('waf.retrySsl')).toBe(3);
  });
});

describe('asking DNS for a hostname', () => {
  it('asks of what is known, and Evorxa alone where it is not', async () => {
    cnames = { 'shop.example.com': 'edge.example.net' };
    client.answer('waf.get', wafApp('71'));
    expect(await waf.checkDns({ appId: id, hostnameId: nameId })).toMatchObject({
      value: { outcome: 'points', targets: ['edge.example.net'] },
    });
    expect(client.count('waf.get')).toBe(1);
    waf = start({ known: wafApp('71') });
    expect(await waf.checkDns({ appId: id, hostnameId: nameId })).toMatchObject({
      value: { outcome: 'points' },
    });
    expect(client.count('waf.get')).toBe(1);
    expect(await waf.checkDns({ appId: id, hostnameId: hostnameId('999') })).toMatchObject(
      refusal('no longer in the app'),
    );
  });
});

it('is free again after code threw: what may have left is not known', async () => {
  waf = start({ known: wafApp('71') });
  client.answer('waf.setFirewall', () => {
    throw new Error('a mistake of ours');
  });
  expect(await waf.setFirewall({ appId: id, isOn: true })).toMatchObject({
    error: { kind: 'unknown-outcome' },
  });
  expect(bugs).toHaveLength(1);
  client.answer('waf.setFirewall', { done: true });
  expect(await waf.setFirewall({ appId: id, isOn: true })).toEqual(ok(undefined));
});
