import { describe, expect, it } from 'vitest';
import { powerInstance } from '../../../main/instances/index.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { recording } from '../activity/recording.ts';
import { instanceId, record, unavailable } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';

const web = instanceId('web');

async function started(status = 'running') {
  const made = rig();
  made.api.records = [record('web', status)];
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  const client = new FakeClient();
  client.answer('instances.power', { done: true });
  const state = () => made.held()?.instances[0]?.state;
  const { entries, record: recorder } = recording();
  const dependencies = { client, monitor: made.monitor, record: recorder };
  return { ...made, client, state, entries, dependencies };
}

describe('a power action', () => {
  it('is one request, and its outcome is awaited', async () => {
    const { client, dependencies, api, time, state } = await started();
    const result = powerInstance(dependencies, web, 'restart');
    expect(state()).toMatchObject({ kind: 'transition', word: 'Restarting' });
    expect(await result).toMatchObject({ ok: true, value: { kind: 'dispatched' } });
    expect(client.calls).toEqual([
      { id: 'instances.power', input: { path: { id: 'web', action: 'restart' } } },
    ]);

    // The API still says "running": that is the run before the restart.
    await time.pass(10_000);
    expect(state()).toMatchObject({ word: 'Restarting' });
    api.records = [record('web', 'restarting')];
    await time.pass(10_000);
    api.records = [record('web')];
    await time.pass(10_000);
    expect(state()).toMatchObject({ kind: 'running', word: 'Running', detail: null });
  });

  it('is confirmed while the hypervisor says "running" all the time', async () => {
    const { dependencies, api, monitor, time, state } = await started();
    const sawLive = (status: string) =>
      monitor.sawLive(record('web'), {
        status,
        vfState: 'complete',
        remoteState: 'running',
        askedMonotonicMs: time.monotonicMs(),
      });
    await powerInstance(dependencies, web, 'restart');
    api.records = [record('web', 'restarting')];
    await time.pass(3_000);
    sawLive('restarting');
    expect(state()).toMatchObject({ word: 'Restarting' });
    api.records = [record('web')];
    await time.pass(1_000);
    sawLive('running');
    expect(state()).toMatchObject({ kind: 'running', word: 'Running' });
  });

  it.each([
    [
      'at once',
      (): never => {
        throw new Error('bug');
      },
    ],
    ['later', (): Promise<never> => Promise.reject(new Error('bug'))],
  ])('whose code throws %s may have left: it is looked for, and given up in time', async (_when, throws) => {
    const { client, dependencies, monitor, time, state } = await started();
    const { request } = client;
    Object.assign(client, { request: throws });
    await expect(powerInstance(dependencies, web, 'restart')).rejects.toThrow('bug');
    expect(state()).toMatchObject({ word: 'Restarting', detail: expect.stringContaining('lost') as string });
    Object.assign(client, { request });
    await time.pass(120_000);
    expect(monitor.isExpecting(web)).toBe(false);
    expect(await powerInstance(dependencies, web, 'restart')).toMatchObject({ ok: true });
  });

  it('is not confirmed, and never failed, when its deadline passes', async () => {
    const { dependencies, time, state, held } = await started();
    await powerInstance(dependencies, web, 'shutdown');
    await time.pass(119_000);
    expect(state()).toMatchObject({ word: 'Shutting down' });
    await time.pass(1_000);
    expect(state()).toMatchObject({
      kind: 'running',
      word: 'Running',
      detail: 'Shutdown not confirmed after 120 s.',
    });
    expect(held()?.instances[0]?.power.shutdown).toEqual({ allowed: true });
    await time.pass(600_000);
    expect(state()).toMatchObject({ detail: null });
  });

  it('that is ignored is said as soon as the instance runs again, told, and forced if wanted', async () => {
    const { dependencies, api, time, state, held, notices } = await started();
    await powerInstance(dependencies, web, 'shutdown');
    expect(held()?.instances[0]?.isShutdownIgnored).toBe(false);
    api.records = [record('web', 'shutting_down')];
    await time.pass(10_000);
    api.records = [record('web')];
    await time.pass(10_000);
    expect(state()).toMatchObject({
      kind: 'running',
      detail: 'It was asked to shut down but is still running.',
    });
    expect(held()?.instances[0]).toMatchObject({
      isShutdownIgnored: true,
      power: { poweroff: { allowed: true } },
    });
    expect(notices).toMatchObject([{ kind: 'shutdown-ignored', title: 'web still runs' }]);
    await powerInstance(dependencies, web, 'poweroff');
    api.records = [record('web', 'stopped')];
    await time.pass(10_000);
    expect(held()?.instances[0]?.isShutdownIgnored).toBe(false);
    expect(notices).toHaveLength(1);
  });

  it('shuts the door on a second click, but lets a hanging shutdown be forced', async () => {
    const { client, dependencies, state } = await started();
    const results = await Promise.all([
      powerInstance(dependencies, web, 'shutdown'),
      powerInstance(dependencies, web, 'shutdown'),
      powerInstance(dependencies, web, 'restart'),
    ]);
    expect(results.map((result) => (result.ok ? 'sent' : result.error.kind))).toEqual([
      'sent',
      'busy',
      'busy',
    ]);
    expect(await powerInstance(dependencies, web, 'poweroff')).toMatchObject({ ok: true });
    expect(state()).toMatchObject({ word: 'Powering off' });
    expect(client.count('instances.power')).toBe(2);
  });

  it('is refused with its reason where it makes no sense', async () => {
    const { client, dependencies } = await started('suspended');
    expect(await powerInstance(dependencies, web, 'boot')).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: expect.stringContaining('suspended') as string },
    });
    expect(await powerInstance(dependencies, instanceId('nobody'), 'boot')).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(client.calls).toEqual([]);
  });

  it('whose answer is lost is looked after, not repeated', async () => {
    const { client, dependencies, api, time, state } = await started();
    client.fail('instances.power', { kind: 'unknown-outcome', message: 'dropped' });
    expect(await powerInstance(dependencies, web, 'shutdown')).toEqual({ ok: true, value: { kind: 'lost' } });
    expect(state()).toMatchObject({ kind: 'transition', detail: expect.stringContaining('lost') as string });
    api.records = [record('web', 'stopped')];
    await time.pass(5_000);
    expect(state()).toMatchObject({ kind: 'stopped', detail: null });
    expect(client.count('instances.power')).toBe(1);
  });

  it.each<ApiError>([unavailable, { kind: 'forbidden', ability: 'instances:write', message: '' }])(
    'that did not go out leaves no trace: %j',
    async (error) => {
      const { client, dependencies, state, held } = await started();
      client.fail('instances.power', error);
      expect(await powerInstance(dependencies, web, 'shutdown')).toEqual({ ok: false, error });
      expect(state()).toMatchObject({ kind: 'running', detail: null });
      expect(held()?.instances[0]?.power.shutdown).toEqual({ allowed: true });
    },
  );
});

describe('the record of a power action', () => {
  it('says what came of it, and who acted', async () => {
    const { client, dependencies, entries, time } = await started();
    await powerInstance(dependencies, web, 'restart');
    await time.pass(3_600_000);
    client.fail('instances.power', unavailable);
    await powerInstance(dependencies, web, 'shutdown', 'app');
    const common = { instanceId: 'web', name: 'web' };
    expect(entries).toMatchObject([
      { ...common, kind: 'restart', actor: 'person', outcome: 'done' },
      { ...common, kind: 'shutdown', actor: 'app', outcome: 'refused', detail: expect.any(String) as string },
    ]);
  });

  it('has one that was lost as not known, and none that was not sent', async () => {
    const { client, dependencies, entries } = await started();
    client.fail('instances.power', { kind: 'unknown-outcome', message: 'dropped' });
    await powerInstance(dependencies, web, 'shutdown');
    await powerInstance(dependencies, web, 'shutdown');
    expect(entries).toMatchObject([{ kind: 'shutdown', outcome: 'unknown' }]);
  });
});
