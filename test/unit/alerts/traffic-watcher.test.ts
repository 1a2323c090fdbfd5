import { describe, expect, it } from 'vitest';
import { createAlerts } from '../../../main/alerts/index.ts';
import { TrafficWatcher } from '../../../main/alerts/traffic-watcher.ts';
import { maxAlertAddresses, type AlertRuleInput } from '../../../preload/contract/alerts.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { clockOf, instance } from '../domain/samples.ts';
import { accountId, instanceId, unauthorized, unavailable } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const minuteMs = 60_000;
const paceMs = 2 * minuteMs;
const ipId = (id: string) => id as ShieldIpId;
const input: AlertRuleInput = {
  metric: 'shield-bandwidth-unusual',
  above: 4,
  forMinutes: 5,
  scope: { kind: 'address', ipId: ipId('ip-1'), address: '203.0.113.42' },
  isOn: true,
  tellsEnd: true,
};

/** An hour of a value a minute, whose last minutes have another one. */
function bandwidth(minutes: number, mbits: number) {
  const points = Array.from({ length: 60 }, (_, index) => index);
  return {
    atMs: points.map((index) => index * minuteMs),
    inBitsPerSecond: points.map((index) => (index < 60 - minutes ? 100 : mbits) * 1e6),
    outBitsPerSecond: points.map(() => 1e6),
  };
}
function packets(minutes: number, perSecond: number) {
  const points = Array.from({ length: 60 }, (_, index) => index);
  return {
    atMs: points.map((index) => index * minuteMs),
    packetsPerSecond: points.map((index) => (index < 60 - minutes ? 2_000 : perSecond)),
  };
}

async function started(files = new FakeAccountFiles()) {
  const made = rig();
  const { monitor, time } = made;
  const client = new FakeClient();
  const told: Notice[] = [];
  let last = 0;
  const alerts = createAlerts({
    files,
    newId: () => `rule-${(last += 1)}`,
    onChange: (_id, _book, rulesChanged) => {
      if (rulesChanged) watcher.rulesChanged();
    },
  });
  const watcher: TrafficWatcher = new TrafficWatcher({
    accountId,
    context: monitor.context,
    client,
    alerts,
    snapshot: () => ({ instances: [instance('web', 'running', { mainIp: '203.0.113.42' })] }),
    onNotices: (notices) => told.push(...notices),
    onHeard: monitor.heard,
  });
  client.answer('shield.bandwidth', bandwidth(6, 500));
  client.answer('shield.pps', packets(6, 2_000));
  monitor.start();
  watcher.start();
  await time.pass(0);
  return { ...made, client, told, titles: () => told.map(({ title }) => title), alerts, watcher, files };
}

describe("the watcher of addresses' traffic", () => {
  it('asks for nothing without a rule of an address that is on', async () => {
    const { client, time, alerts } = await started();
    alerts.save(accountId, null, { ...input, isOn: false });
    alerts.save(accountId, null, {
      ...input,
      metric: 'cpu',
      scope: { kind: 'server', instanceId: instanceId('web') },
    });
    await time.pass(3_600_000);
    expect(client.calls).toEqual([]);
  });

  it('tells once when it is above usual, and once when it is usual again, with the way to the address', async () => {
    const { client, time, told, titles, alerts } = await started();
    alerts.save(accountId, null, input);
    await time.pass(0);
    const sinceMs = 54 * minuteMs;
    expect(told).toEqual([
      {
        key: `account-1/shield/threshold/rule-1/${sinceMs}`,
        kind: 'threshold',
        title: '203.0.113.42 (web): bandwidth in above usual',
        body: expect.stringMatching(
          `^500 Mbit/s now; usual is up to 125 Mbit/s\\. For 5 minutes or more, since .*${clockOf(sinceMs)}\\.$`,
        ) as string,
        instanceId: 'web',
        shieldIpId: 'ip-1',
        atMs: expect.any(Number) as number,
      },
    ]);
    expect(alerts.of(accountId).firing).toEqual([
      { ruleId: 'rule-1', instanceId: null, sinceMs, usualUpTo: 125e6 },
    ]);
    client.answer('shield.bandwidth', bandwidth(60, 500));
    await time.pass(paceMs * 3);
    expect(titles()).toHaveLength(1);
    client.answer('shield.bandwidth', bandwidth(5, 90));
    await time.pass(paceMs * 3);
    expect(titles()).toEqual([
      '203.0.113.42 (web): bandwidth in above usual',
      '203.0.113.42 (web): bandwidth in usual again',
    ]);
    expect(told[1]).toMatchObject({ kind: 'threshold-over', shieldIpId: 'ip-1' });
    expect(alerts.of(accountId).firing).toEqual([]);
  });

  it('reads each series once a round, every two minutes, however many rules are about it', async () => {
    const { client, time, alerts, titles } = await started();
    alerts.save(accountId, null, input);
    alerts.save(accountId, null, { ...input, above: 8 });
    alerts.save(accountId, null, { ...input, metric: 'shield-packets-unusual' });
    await time.pass(5_000);
    expect(titles()).toHaveLength(2);
    const asked = () => [client.count('shield.bandwidth'), client.count('shield.pps')];
    const [first = 0, second = 0] = asked();
    await time.pass(paceMs + 5_000);
    expect(asked()).toEqual([first + 1, second + 1]);
    expect(client.calls.every(({ id }) => id === 'shield.bandwidth' || id === 'shield.pps')).toBe(true);
  });

  it('does not tell again after a restart, and tells of the end then', async () => {
    const first = await started();
    first.alerts.save(accountId, null, input);
    await first.time.pass(0);
    const second = await started(first.files);
    await second.time.pass(paceMs);
    expect(second.client.count('shield.bandwidth')).toBeGreaterThan(0);
    expect(second.told).toEqual([]);
    second.client.answer('shield.bandwidth', bandwidth(5, 90));
    await second.time.pass(paceMs);
    expect(second.titles()).toEqual(['203.0.113.42 (web): bandwidth in usual again']);
  });

  it('says nothing of the end where that is switched off, and begins anew where the rule was off', async () => {
    const { client, time, titles, alerts } = await started();
    alerts.save(accountId, null, { ...input, tellsEnd: false });
    await time.pass(0);
    client.answer('shield.bandwidth', bandwidth(5, 90));
    await time.pass(paceMs);
    expect(titles()).toHaveLength(1);
    expect(alerts.of(accountId).firing).toEqual([]);
  });

  it('says that it has a new level where it stays for six hours', async () => {
    const { client, time, told, alerts } = await started();
    alerts.save(accountId, null, { ...input, metric: 'shield-packets-unusual' });
    client.answer('shield.pps', packets(6, 90_000));
    await time.pass(paceMs);
    expect(told[0]?.body).toMatch(/^90 k packets per second now; usual is up to 2\.5 k packets per second\./);
    const later = packets(60, 90_000);
    client.answer('shield.pps', { ...later, atMs: later.atMs.map((at) => at + 6 * 60 * minuteMs) });
    await time.pass(paceMs);
    expect(told[1]?.title).toBe('203.0.113.42 (web): packets per second at a new level');
    expect(told[1]?.body).toMatch(
      /^It has been above usual for 6 hours, .* From now on this counts as usual\.$/,
    );
    await time.pass(paceMs);
    expect(told).toHaveLength(2);
  });

  it('goes on past an address that is gone, and stops a round at any other failure', async () => {
    const { client, time, alerts, api } = await started();
    client.fail('shield.bandwidth', { kind: 'not-found', message: 'gone' });
    alerts.save(accountId, null, input);
    alerts.save(accountId, null, { ...input, metric: 'shield-packets-unusual' });
    await time.pass(5_000);
    expect(client.count('shield.pps')).toBeGreaterThan(0);
    const before = client.count('shield.pps');
    client.fail('shield.bandwidth', unavailable);
    await time.pass(paceMs + 5_000);
    expect(client.count('shield.pps')).toBe(before);
    client.fail('shield.bandwidth', unauthorized);
    api.error = unauthorized;
    await time.pass(3_600_000);
    const asked = client.calls.length;
    await time.pass(3_600_000);
    expect(client.calls).toHaveLength(asked);
  });

  it('reads twenty addresses at most: a rule of one more is refused, and one of those is not', async () => {
    const { alerts } = await started();
    const ofAddress = (index: number): AlertRuleInput => ({
      ...input,
      scope: { kind: 'address', ipId: ipId(`ip-${index}`), address: `203.0.113.${index}` },
    });
    for (let index = 1; index <= maxAlertAddresses; index += 1)
      expect(alerts.save(accountId, null, ofAddress(index))).toMatchObject({ ok: true });
    expect(alerts.save(accountId, null, ofAddress(99))).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(alerts.save(accountId, null, { ...ofAddress(1), above: 6 })).toMatchObject({ ok: true });
    const off = alerts.save(accountId, null, { ...ofAddress(99), isOn: false });
    expect(off).toMatchObject({ ok: true });
    if (off.ok) expect(alerts.save(accountId, off.value.id, ofAddress(99))).toMatchObject({ ok: false });
  });
});
