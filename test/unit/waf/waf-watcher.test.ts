import { describe, expect, it } from 'vitest';
import { CertificateFollower, createCertificateStore, WafWatcher } from '../../../main/waf/index.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import type { WafApp } from '../../../preload/contract/waf.ts';
import { accountId, unauthorized, unavailable } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { appId, hostnameId, wafApp, wafHostname } from './builders.ts';

const paceMs = 300_000;
const shop = wafApp('71');
const isOff = wafApp('71', { isFirewallOn: false });
const withCertificate = (sslStatus: string, sslMessage: string | null = null): WafApp =>
  wafApp('71', { hostnames: [wafHostname('301', 'shop.example.com', { sslStatus, sslMessage })] });

interface StartOptions {
  /** What the list says from the first request on. */
  readonly apps?: readonly WafApp[];
  readonly of?: AccountId;
}

async function started({ apps = [shop], of = accountId }: StartOptions = {}) {
  const { api, monitor, time } = rig();
  const client = new FakeClient();
  client.answer('waf.list', apps);
  const told: Notice[] = [];
  const views = { list: false, app: false };
  const state = { missing: [] as string[], redraws: 0 };
  const store = createCertificateStore(new FakeAccountFiles());
  const onNotices = (notices: readonly Notice[]): void => void told.push(...notices);
  const follower = new CertificateFollower({
    accountId: of,
    context: monitor.context,
    client,
    kept: { get: () => store.of(of), set: (all) => store.set(of, all) },
    checkDns: () => Promise.resolve(null),
    onRead: (app) => watcher.sawApp(app),
    onApp: () => undefined,
    onNotices,
    onHeard: monitor.heard,
  });
  const watcher: WafWatcher = new WafWatcher({
    accountId: of,
    context: monitor.context,
    client,
    missingAbilities: () => state.missing,
    isListWatched: () => views.list,
    isAppWatched: () => views.app,
    isFollowed: (app, hostname) => follower.isFollowing(app, hostname),
    onApps: (read) => read.forEach((app) => follower.saw(app)),
    onNotices,
    onAttention: () => (state.redraws += 1),
    onHeard: monitor.heard,
  });
  monitor.start();
  follower.start();
  watcher.start();
  await time.pass(0);
  const titles = (): readonly string[] => told.map(({ title }) => title);
  /** The list becomes another on the web, and is read. */
  const next = async (...rows: readonly WafApp[]): Promise<void> => {
    client.answer('waf.list', rows);
    await time.pass(paceMs + 1_000);
  };
  return { api, time, client, told, titles, views, state, follower, watcher, next };
}

describe('the watcher of WAF apps', () => {
  it('reads the list every five minutes, not at the start, and tells nothing of what it reads first', async () => {
    const { client, time, told, watcher } = await started({ apps: [isOff] });
    await time.pass(paceMs - 1_000);
    expect(client.calls).toEqual([]);
    await time.pass(2_000);
    expect(client.count('waf.list')).toBe(1);
    await time.pass(10 * paceMs);
    expect(client.count('waf.list')).toBe(11);
    expect([told, watcher.attention()]).toEqual([[], []]);
    watcher.stop();
    await time.pass(10 * paceMs);
    expect(client.count('waf.list')).toBe(11);
  });

  it('tells of what was done elsewhere, once', async () => {
    const { told, next, titles } = await started();
    await next(shop);
    await next(isOff, wafApp('72', { name: 'docs' }));
    await next(isOff, wafApp('72', { name: 'docs' }));
    expect(told).toMatchObject([
      {
        key: expect.stringContaining(`${accountId}/waf/71/firewall-off/`) as string,
        kind: 'waf-firewall-off',
        title: 'The firewall of the WAF app shop was turned off',
        body: 'This app did not ask for it.',
        wafAppId: '71',
      },
      { kind: 'waf-changed', title: 'The WAF app docs was created', wafAppId: '72' },
    ]);
    await next(
      wafApp('71', {
        hostnames: [wafHostname('301', 'shop.example.com'), wafHostname('302', 'www.shop.example.com')],
      }),
    );
    await next(shop);
    expect(titles().slice(2)).toEqual([
      'The firewall of the WAF app shop was turned on',
      'The hostname www.shop.example.com was added to the WAF app shop',
      'The WAF app docs was deleted',
      'The hostname www.shop.example.com was removed from the WAF app shop',
    ]);
    expect(told.find(({ title }) => title.includes('was deleted'))).not.toHaveProperty('wafAppId');
  });

  it('counts what is too much to tell', async () => {
    const { next, titles } = await started();
    await next(shop);
    await next(shop, ...Array.from({ length: 15 }, (_, n) => wafApp(`9${n}`, { name: `app-${n}` })));
    expect(titles()).toHaveLength(10);
    expect(titles().at(-1)).toBe('6 more changes of WAF apps');
  });

  it('tells of a certificate that failed without being issued anew, and of one that was issued after all', async () => {
    const { told, next } = await started();
    await next(withCertificate('active'));
    await next(withCertificate('failed', 'CAA forbids it'));
    await next(withCertificate('active'));
    expect(told).toMatchObject([
      {
        kind: 'certificate-failed',
        title: 'The certificate of shop.example.com failed',
        body: 'It was active before. CAA forbids it.',
        wafAppId: '71',
      },
      { kind: 'certificate-issued', title: 'The certificate of shop.example.com was issued' },
    ]);
  });

  it('has a certificate followed that was requested elsewhere, whose end is told once', async () => {
    const { client, told, time, next } = await started();
    await next(withCertificate('failed'));
    client.answer('waf.get', withCertificate('queued'));
    await next(withCertificate('queued'));
    expect(client.count('waf.get')).toBeGreaterThan(0);
    client.answer('waf.get', withCertificate('active'));
    await time.pass(60_000);
    expect(told).toMatchObject([
      { kind: 'certificate-issued', body: expect.stringMatching(/^Pending/) as string },
    ]);
    await next(withCertificate('active'));
    expect(told).toHaveLength(1);
  });

  it('tells once of a certificate that was retried here and issued before anybody saw it being issued', async () => {
    const { client, told, follower, next, time } = await started();
    await next(withCertificate('failed', 'No CNAME'));
    client.answer('waf.get', withCertificate('active'));
    follower.retried(appId('71'), hostnameId('301'), 'No CNAME');
    await time.pass(60_000);
    await next(withCertificate('active'));
    expect(told).toMatchObject([{ kind: 'certificate-issued' }]);
  });

  it('does not tell of what was done from this app', async () => {
    const { told, watcher, next } = await started();
    await next(shop);
    watcher.expect({ kind: 'firewall-off', appId: appId('71') });
    watcher.expect({ kind: 'app-created', name: 'docs' });
    await next(isOff, wafApp('72', { name: 'docs' }));
    expect([told, watcher.attention()]).toEqual([[], []]);
    // It was on for a while, and went off once more: that is somebody else.
    await next(shop, wafApp('72', { name: 'docs' }));
    await next(isOff, wafApp('72', { name: 'docs' }));
    expect(told.map(({ kind }) => kind)).toEqual(['waf-changed', 'waf-firewall-off']);
  });

  it('tells of the same change elsewhere where the own one was refused, replaced or long ago', async () => {
    const { told, watcher, time, next } = await started();
    await next(shop);
    watcher.expect({ kind: 'firewall-off', appId: appId('71') })();
    await next(isOff);
    expect(told).toHaveLength(1);
    watcher.expect({ kind: 'firewall-on', appId: appId('71') });
    watcher.expect({ kind: 'firewall-off', appId: appId('71') });
    await next(shop);
    expect(told).toHaveLength(2);
    await time.pass(3 * paceMs);
    await next(isOff);
    expect(told).toHaveLength(3);
  });

  it('says what needs attention until it no longer does, or somebody looks at it', async () => {
    const { watcher, state, views, next } = await started();
    await next(shop);
    await next(isOff);
    expect(watcher.attention()).toEqual([
      { appId: '71', name: 'shop', failedCertificates: 0, isTurnedOff: true },
    ]);
    await next(isOff);
    expect(state.redraws).toBe(1);
    await next(shop);
    expect([watcher.attention(), state.redraws]).toEqual([[], 2]);
    await next(isOff);
    views.app = true;
    watcher.sawApp(isOff);
    expect([watcher.attention(), state.redraws]).toEqual([[], 4]);
    await next(withCertificate('failed'));
    expect(watcher.attention()).toMatchObject([{ failedCertificates: 1 }]);
  });

  it('takes what a view reads, and asks for nothing besides', async () => {
    const { client, views, watcher, time, titles } = await started();
    views.list = true;
    watcher.sawList([shop], true);
    await time.pass(5 * paceMs);
    expect(client.calls).toEqual([]);
    watcher.sawList([isOff], true);
    expect(titles()).toEqual(['The firewall of the WAF app shop was turned off']);
  });

  it('asks every hour where there is no app, and as often as ever once a view finds one', async () => {
    const { client, watcher, time } = await started({ apps: [] });
    await time.pass(12 * paceMs);
    expect(client.count('waf.list')).toBe(1);
    client.answer('waf.list', [shop]);
    watcher.sawList([shop], true);
    await time.pass(2 * paceMs);
    expect(client.count('waf.list')).toBeGreaterThan(1);
  });

  it('tells of the first app of an account that had none, made elsewhere', async () => {
    const { client, time, titles } = await started({ apps: [] });
    await time.pass(2 * paceMs);
    client.answer('waf.list', [shop]);
    await time.pass(13 * paceMs);
    expect(titles()).toEqual(['The WAF app shop was created']);
  });

  it('does not ask with a token that lacks waf:read, and asks once it has it', async () => {
    const { client, state, watcher, time } = await started();
    state.missing = ['waf:read'];
    watcher.abilitiesChanged();
    await time.pass(20 * paceMs);
    expect(client.calls).toEqual([]);
    state.missing = [];
    watcher.abilitiesChanged();
    await time.pass(paceMs);
    expect(client.count('waf.list')).toBeGreaterThan(0);
  });

  it('tells nothing of a request that failed, and goes on from what it knew', async () => {
    const { client, told, time, next } = await started();
    await next(shop);
    client.fail('waf.list', unavailable);
    await time.pass(3 * paceMs);
    expect(told).toEqual([]);
    await next(isOff);
    await time.pass(paceMs);
    expect(told).toHaveLength(1);
  });

  it('asks no more with a token that was refused', async () => {
    const { api, client, time } = await started();
    api.error = unauthorized;
    client.fail('waf.list', unauthorized);
    await time.pass(20 * paceMs);
    expect(client.count('waf.list')).toBeLessThanOrEqual(1);
  });

  it('asks at once when the machine wakes up, and tells what was done meanwhile', async () => {
    const { client, watcher, time, next, titles } = await started();
    await next(shop);
    watcher.stop();
    time.sleep(8 * 3_600_000);
    client.answer('waf.list', [isOff]);
    watcher.start();
    await time.pass(0);
    expect(titles()).toEqual(['The firewall of the WAF app shop was turned off']);
  });

  it('is of one account: what one has is nothing to another', async () => {
    const other = await started({ of: 'shop' as AccountId, apps: [isOff] });
    const { next, told, watcher } = await started();
    await next(shop);
    await other.next(isOff);
    await next(isOff);
    expect([other.told, other.watcher.attention()]).toEqual([[], []]);
    expect(told.map(({ key }) => key.split('/')[0])).toEqual([accountId]);
    expect(watcher.attention()).toHaveLength(1);
  });
});
