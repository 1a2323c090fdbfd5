import { describe, expect, it } from 'vitest';
import { CertificateFollower, createCertificateStore } from '../../../main/waf/index.ts';
import type { DnsCheck, FollowedWafApp, WafApp } from '../../../preload/contract/waf.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { accountId, unauthorized, unavailable } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { appId, hostnameId, wafApp, wafHostname } from './builders.ts';

const id = appId('71');
const shop = hostnameId('301');
const withState = (sslStatus: string | null, sslMessage: string | null = null) =>
  wafApp('71', { hostnames: [wafHostname('301', 'shop.example.com', { sslStatus, sslMessage })] });
const elsewhere: DnsCheck = {
  hostname: 'shop.example.com',
  kind: 'subdomain',
  outcome: 'points-elsewhere',
  by: null,
  targets: ['edge.example.net'],
  chain: [],
  isEndless: false,
  addresses: ['203.0.113.9'],
  targetAddresses: [],
  checkedAtMs: 0,
};

interface StartOptions {
  readonly files?: FakeAccountFiles;
  readonly checkDns?: () => Promise<DnsCheck | null>;
  /** What the API says from the first request on. */
  readonly app?: WafApp;
}

async function started({
  files = new FakeAccountFiles(),
  checkDns = () => Promise.resolve(elsewhere),
  app,
}: StartOptions = {}) {
  const made = rig();
  const { monitor, time } = made;
  const client = new FakeClient();
  if (app !== undefined) client.answer('waf.get', app);
  const told: Notice[] = [];
  const bugs: unknown[] = [];
  const shown: FollowedWafApp[] = [];
  const store = createCertificateStore(files);
  const follower = new CertificateFollower({
    accountId,
    context: { ...monitor.context, onBug: (cause) => bugs.push(cause) },
    client,
    kept: { get: () => store.of(accountId), set: (all) => store.set(accountId, all) },
    checkDns,
    onRead: () => undefined,
    onApp: (app) => shown.push(app),
    onNotices: (notices) => told.push(...notices),
    onHeard: monitor.heard,
  });
  monitor.start();
  follower.start();
  await time.pass(0);
  return { ...made, client, bugs, told, shown, follower, files, store };
}

describe('certificates that are being issued', () => {
  it('are followed until they are issued, which is told once', async () => {
    const { client, time, told, follower, shown } = await started();
    client.answer('waf.get', withState('queued'));
    follower.saw(withState('queued'));
    await time.pass(10_000);
    expect(shown.at(-1)?.hostnames[0]).toMatchObject({ pendingSinceMs: Date.UTC(2026, 4, 14, 12) });
    client.answer('waf.get', withState('active'));
    await time.pass(20_000);
    expect(told).toEqual([
      {
        key: `${accountId}/waf/71/301/issued/${Date.UTC(2026, 4, 14, 12)}`,
        kind: 'certificate-issued',
        title: 'The certificate of shop.example.com was issued',
        body: expect.stringMatching(
          /^Pending since \d\d:\d\d\. DNS answers 203\.0\.113\.9\. It should be a CNAME of edge\.example\.net\.$/,
        ) as string,
        instanceId: null,
        wafAppId: '71',
        atMs: expect.any(Number) as number,
      },
    ]);
    const asked = client.calls.length;
    await time.pass(3_600_000);
    expect([client.calls.length, told.length]).toEqual([asked, 1]);
  });

  it('are told of where they failed, with the reason', async () => {
    const { client, time, told, follower } = await started();
    follower.saw(withState('issuing'));
    client.answer('waf.get', withState('failed', 'The name does not point to the edge'));
    await time.pass(60_000);
    expect(told).toMatchObject([
      { kind: 'certificate-failed', title: 'The certificate of shop.example.com failed' },
    ]);
    expect(told[0]?.body).toContain('The name does not point to the edge. DNS answers 203.0.113.9.');
  });

  it('are told of also where DNS could not be asked', async () => {
    const fails = () => Promise.reject(new Error('a mistake of ours'));
    const { client, time, told, bugs, follower } = await started({ checkDns: fails });
    follower.saw(withState('queued'));
    client.answer('waf.get', withState('active'));
    await time.pass(60_000);
    expect(bugs).toHaveLength(1);
    expect(told.map(({ body }) => body.replace(/\d\d:\d\d/, 'HH:MM'))).toEqual(['Pending since HH:MM.']);
  });

  it('are asked for fast at first, then slower, and at a minute’s pace in the end', async () => {
    const { client, time, follower } = await started();
    client.answer('waf.get', withState('queued'));
    follower.saw(withState('queued'));
    await time.pass(60_000);
    const inFirstMinute = client.calls.length;
    await time.pass(15 * 60_000);
    client.calls.length = 0;
    await time.pass(10 * 60_000);
    expect(inFirstMinute).toBeGreaterThan(6);
    expect(client.calls.length).toBe(10);
  });

  it('are followed over a restart, with since when', async () => {
    const first = await started();
    first.follower.saw(withState('queued'));
    first.follower.stop();
    const next = await started({ files: first.files, app: withState('active') });
    await next.time.pass(60_000);
    expect(next.told).toMatchObject([{ kind: 'certificate-issued' }]);
  });

  it('are told of by whoever sees it first, once', async () => {
    const { client, time, told, follower } = await started();
    client.answer('waf.get', withState('queued'));
    follower.saw(withState('queued'));
    // A page that is open reads it between two polls.
    follower.saw(withState('active'));
    client.answer('waf.get', withState('active'));
    await time.pass(60_000);
    expect(told).toHaveLength(1);
  });
});

describe('what is not being issued', () => {
  it.each(['active', 'failed', 'parked', null])('%s is neither asked for nor told of', async (state) => {
    const { client, time, told, follower } = await started();
    follower.saw(withState(state));
    await time.pass(3_600_000);
    expect([client.calls, told]).toEqual([[], []]);
  });

  it('a state that is not known ends the following, without a word', async () => {
    const { client, time, told, follower } = await started();
    client.answer('waf.get', withState('queued'));
    follower.saw(withState('queued'));
    client.answer('waf.get', withState('parked'));
    await time.pass(60_000);
    client.calls.length = 0;
    await time.pass(3_600_000);
    expect([client.calls, told]).toEqual([[], []]);
  });

  it.each([
    ['its hostname', wafApp('71', { hostnames: [] })],
    ['it', null],
  ])('is forgotten where %s is gone', async (_what, answer) => {
    const { client, time, told, follower, store } = await started();
    follower.saw(withState('queued'));
    if (answer !== null) client.answer('waf.get', answer);
    await time.pass(60_000);
    expect([told, store.of(accountId)]).toEqual([[], []]);
  });
});

describe('a retry', () => {
  it('is known for twelve minutes, over a restart too, and not for longer where the clock is set back', async () => {
    const { follower, time, files } = await started({ app: withState('queued') });
    const retriedAtMs = time.now();
    follower.retried(id, shop, null);
    expect(follower.retryAtMs(id, shop)).toBe(retriedAtMs + 720_000);
    expect(follower.retryAtMs(id, hostnameId('302'))).toBeNull();
    expect((await started({ files, app: withState('queued') })).follower.retryAtMs(id, shop)).toBe(
      retriedAtMs + 720_000,
    );
    time.jump(-60_000);
    expect(follower.retryAtMs(id, shop)).toBeNull();
    time.jump(60_000 + 719_000);
    expect(follower.retryAtMs(id, shop)).toBe(retriedAtMs + 720_000);
    time.jump(1_000);
    expect(follower.retryAtMs(id, shop)).toBeNull();
  });

  it('shows from when the next one can be, after it failed', async () => {
    const { follower, time, client, shown } = await started();
    const retriedAtMs = time.now();
    client.answer('waf.get', withState('queued'));
    follower.retried(id, shop, null);
    await time.pass(2_000);
    client.answer('waf.get', withState('failed'));
    await time.pass(60_000);
    expect(shown.at(-1)?.hostnames[0]).toMatchObject({
      pendingSinceMs: null,
      retryAtMs: retriedAtMs + 720_000,
    });
  });

  it('is not said to have failed by an API that still says the old failure', async () => {
    const { follower, time, client, told } = await started();
    client.answer('waf.get', withState('failed'));
    follower.retried(id, shop, null);
    await time.pass(20_000);
    expect(told).toEqual([]);
    await time.pass(20_000);
    expect(told).toMatchObject([{ kind: 'certificate-failed' }]);
  });

  it('is said to have failed at once by an API that says another failure', async () => {
    const { follower, time, client, told } = await started();
    client.answer('waf.get', withState('failed', 'No DNS record'));
    follower.retried(id, shop, 'No DNS record');
    await time.pass(4_000);
    expect(told).toEqual([]);
    client.answer('waf.get', withState('failed', 'CAA forbids it'));
    await time.pass(8_000);
    expect(told).toMatchObject([
      { kind: 'certificate-failed', body: expect.stringContaining('CAA forbids it') as string },
    ]);
  });
});

it('a change is read at once, and what it queued is followed', async () => {
  const { follower, time, client, store } = await started();
  client.answer('waf.get', withState('queued'));
  follower.queued(id);
  await time.pass(0);
  expect(client.calls).toEqual([{ id: 'waf.get', input: { path: { id: '71' } } }]);
  expect(store.of(accountId)).toMatchObject([{ hostnameId: '301', isPending: true }]);
});

it('nothing is asked while the token is refused, and less while the server fails', async () => {
  const { api, follower, time, client } = await started();
  follower.saw(withState('queued'));
  client.fail('waf.get', unavailable);
  await time.pass(10 * 60_000);
  expect(client.calls.length).toBeLessThanOrEqual(11);
  api.error = unauthorized;
  client.fail('waf.get', unauthorized);
  await time.pass(20 * 60_000);
  client.calls.length = 0;
  await time.pass(60 * 60_000);
  expect(client.calls).toEqual([]);
});

it.each([
  ['xn--bcher-kva.example', 'bücher.example'],
  ['*.xn--bcher-kva.example', '*.bücher.example'],
  ['shop.example.com', null],
  ['xn--.example', null],
])('%s is written %s', async (hostname, unicode) => {
  const { follower } = await started();
  const app = wafApp('71', { hostnames: [wafHostname('301', hostname)] });
  expect(follower.saw(app).hostnames[0]?.unicode).toBe(unicode);
});
