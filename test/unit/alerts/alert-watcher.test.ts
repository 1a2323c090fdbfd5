import { describe, expect, it } from 'vitest';
import { AlertWatcher } from '../../../main/alerts/alert-watcher.ts';
import { createAlerts } from '../../../main/alerts/index.ts';
import type { AlertRuleInput } from '../../../preload/contract/alerts.ts';
import type { Metrics } from '../../../preload/contract/instance.ts';
import { noAnnotations, type AnnotationsById } from '../../../preload/contract/annotations.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { clockOf } from '../domain/samples.ts';
import { accountId, instanceId, record, unauthorized, unavailable } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const web = instanceId('web');
const input: AlertRuleInput = {
  metric: 'cpu',
  above: 90,
  forMinutes: 10,
  scope: { kind: 'server', instanceId: web },
  isOn: true,
  tellsEnd: true,
};

function metricsOf(cpu: number): Metrics {
  const points = Array.from({ length: 90 }, (_, index) => index);
  return {
    instanceId: web,
    period: '30m',
    atMs: points.map((index) => index * 20_000),
    cpuPercent: points.map(() => cpu),
    memoryUsedBytes: points.map(() => 1024 ** 3),
    diskUsedBytes: points.map(() => 1024 ** 3),
    rxBitsPerSecond: points.map(() => 8_000_000),
    txBitsPerSecond: points.map(() => null),
    memoryTotalBytes: null,
    diskTotalBytes: null,
    current: { cpuPercent: cpu, memoryUsedBytes: null, diskUsedBytes: null },
  };
}

async function started(files = new FakeAccountFiles(), annotations: AnnotationsById = {}) {
  const made = rig();
  const { monitor, api, time } = made;
  const client = new FakeClient();
  const told: Notice[] = [];
  api.records = [record('web'), record('db'), record('off', 'stopped')];
  const alerts = createAlerts({
    files,
    newId: () => `rule-${alerts.of(accountId).rules.length + 1}`,
    onChange: (_id, _book, rulesChanged) => {
      if (rulesChanged) watcher.rulesChanged();
    },
  });
  const watcher: AlertWatcher = new AlertWatcher({
    accountId,
    context: monitor.context,
    client,
    alerts,
    snapshot: monitor.snapshot,
    annotationsOf: (id) => annotations[id] ?? noAnnotations,
    onNotices: (notices) => told.push(...notices),
    onHeard: monitor.heard,
  });
  monitor.start();
  watcher.start();
  await time.pass(0);
  client.answer('instances.metrics', metricsOf(95));
  const titles = (): readonly string[] => told.map(({ title }) => title);
  return { ...made, client, told, titles, alerts, watcher, files };
}

const asked = (client: FakeClient): readonly unknown[] => client.calls.map(({ input }) => input);

describe('the watcher of alerts', () => {
  it('asks for nothing without a rule that is on', async () => {
    const { client, time, alerts } = await started();
    alerts.save(accountId, null, { ...input, isOn: false });
    await time.pass(3_600_000);
    expect(client.calls).toEqual([]);
  });

  it('tells once when a value is too high, and once when that is over', async () => {
    const { client, time, told, titles, alerts } = await started();
    alerts.save(accountId, null, input);
    await time.pass(0);
    expect(titles()).toEqual(['web: CPU above 90%']);
    expect(told[0]).toMatchObject({
      kind: 'threshold',
      key: 'account-1/web/threshold/rule-1/0',
      instanceId: 'web',
      body: `For 10 minutes or more, since ${clockOf(0)}.`,
    });
    expect(alerts.of(accountId).firing).toEqual([{ ruleId: 'rule-1', instanceId: 'web', sinceMs: 0 }]);
    await time.pass(180_000);
    expect(client.count('instances.metrics')).toBe(4);
    client.answer('instances.metrics', metricsOf(87));
    await time.pass(60_000);
    expect(titles()).toHaveLength(1);
    client.answer('instances.metrics', metricsOf(20));
    await time.pass(60_000);
    expect(titles()).toEqual(['web: CPU above 90%', 'web: CPU is back to normal']);
    expect(alerts.of(accountId).firing).toEqual([]);
  });

  it('says nothing of the end where that is switched off', async () => {
    const { client, time, titles, alerts } = await started();
    alerts.save(accountId, null, { ...input, tellsEnd: false });
    await time.pass(0);
    client.answer('instances.metrics', metricsOf(20));
    await time.pass(60_000);
    expect(titles()).toHaveLength(1);
    expect(alerts.of(accountId).firing).toEqual([]);
  });

  it('does not tell again after a restart', async () => {
    const first = await started();
    first.alerts.save(accountId, null, input);
    await first.time.pass(0);
    const second = await started(first.files);
    await second.time.pass(120_000);
    expect(second.client.count('instances.metrics')).toBeGreaterThan(0);
    expect(second.told).toEqual([]);
  });

  it('asks for the instances with a mark, one after the other, and for none that is off', async () => {
    const marked = { ...noAnnotations, isFavourite: true, tags: ['prod'] };
    const { client, time, alerts } = await started(new FakeAccountFiles(), {
      web: marked,
      db: marked,
      off: marked,
    });
    const release = client.hold('instances.metrics');
    alerts.save(accountId, null, { ...input, scope: { kind: 'favourites' }, forMinutes: 60 });
    alerts.save(accountId, null, { ...input, scope: { kind: 'tag', tag: 'prod' } });
    await time.pass(0);
    expect(asked(client)).toEqual([{ path: { id: 'web' }, query: { period: '6h' } }]);
    release();
    await time.pass(1_000);
    expect(asked(client).slice(0, 2)).toEqual([
      { path: { id: 'web' }, query: { period: '6h' } },
      { path: { id: 'db' }, query: { period: '6h' } },
    ]);
  });

  it('stops a round at the first failure, waits longer after it, and not at all after a 401', async () => {
    const { client, time, alerts, monitor, api } = await started();
    client.fail('instances.metrics', unavailable);
    alerts.save(accountId, null, input);
    await time.pass(0);
    expect(client.count('instances.metrics')).toBe(1);
    client.fail('instances.metrics', unauthorized);
    api.error = unauthorized;
    await time.pass(600_000);
    const { length } = client.calls;
    expect(monitor.snapshot().apiStatus).toBe('signed-out');
    await time.pass(600_000);
    expect(client.calls).toHaveLength(length);
  });

  it('says nothing of an instance that was stopped meanwhile, and forgets that it fired', async () => {
    const { api, time, titles, alerts, monitor } = await started();
    alerts.save(accountId, null, input);
    await time.pass(0);
    api.records = [record('web', 'stopped'), record('db')];
    await monitor.refresh();
    await time.pass(60_000);
    expect(alerts.of(accountId).firing).toEqual([]);
    expect(titles()).toEqual(['web: CPU above 90%']);
  });

  it.each([
    ['memory', 20, 'web: Memory above 20%'],
    ['disk', 1, 'web: Disk above 1%'],
    ['network-in', 7.5, 'web: Network in above 7.5 Mbit/s'],
  ] as const)('watches %s in its own unit', async (metric, above, title) => {
    const { time, titles, alerts } = await started();
    alerts.save(accountId, null, { ...input, metric, above });
    await time.pass(0);
    expect(titles()).toEqual([title]);
  });

  it('judges nothing where nothing was measured', async () => {
    const { time, titles, alerts } = await started();
    alerts.save(accountId, null, { ...input, metric: 'network-out', above: 0.1 });
    await time.pass(120_000);
    expect(titles()).toEqual([]);
  });
});

describe('an answer that comes late', () => {
  /** Begins a round whose answer is held back, and lets it come. */
  async function asking() {
    const made = await started();
    const release = made.client.hold('instances.metrics');
    made.alerts.save(accountId, null, input);
    await made.time.pass(0);
    expect(made.client.count('instances.metrics')).toBe(1);
    const answer = async (): Promise<void> => {
      release();
      await made.time.pass(0);
    };
    return { ...made, answer };
  }

  it('says nothing by a rule that was deleted meanwhile', async () => {
    const { alerts, answer, told } = await asking();
    alerts.remove(accountId, 'rule-1');
    await answer();
    expect([told, alerts.of(accountId).firing]).toEqual([[], []]);
  });

  it('says nothing once the account is left', async () => {
    const { watcher, answer, told, time, client, alerts } = await asking();
    watcher.stop();
    await answer();
    await time.pass(600_000);
    expect([told, alerts.of(accountId).firing]).toEqual([[], []]);
    expect(client.count('instances.metrics')).toBe(1);
    watcher.rulesChanged();
    await time.pass(0);
    expect(client.count('instances.metrics')).toBe(1);
  });

  it('is not judged by the rule as it was before, nor by what it is now: that asks again', async () => {
    const { alerts, answer, titles, time } = await asking();
    alerts.save(accountId, 'rule-1', { ...input, above: 96 });
    await answer();
    await time.pass(60_000);
    expect(titles()).toEqual([]);
    alerts.save(accountId, 'rule-1', { ...input, above: 94 });
    await time.pass(0);
    expect(titles()).toEqual(['web: CPU above 94%']);
  });
});

it('an instance that is gone says nothing of the others that are asked about', async () => {
  const { client, time, alerts, titles } = await started(new FakeAccountFiles(), {
    web: { ...noAnnotations, isFavourite: true },
    db: { ...noAnnotations, isFavourite: true },
  });
  client.fail('instances.metrics', { kind: 'not-found', message: 'gone' });
  alerts.save(accountId, null, { ...input, scope: { kind: 'favourites' } });
  await time.pass(0);
  client.answer('instances.metrics', metricsOf(95));
  await time.pass(1_000);
  expect(client.count('instances.metrics')).toBe(2);
  expect(titles()).toEqual(['db: CPU above 90%']);
});
