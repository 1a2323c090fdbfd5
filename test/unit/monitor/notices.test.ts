import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnnouncedKeys } from '../../../main/monitor/index.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { clockOf } from '../domain/samples.ts';
import { instanceId, offline, record, unavailable } from './builders.ts';
import { rig, type Rig } from './rig.ts';

const titles = (notices: readonly Notice[]): readonly string[] => notices.map(({ title }) => title);

/** A monitor that has seen its first answers, which tell nothing. */
async function started(records = [record('a'), record('b'), record('c')]): Promise<Rig> {
  const made = rig();
  made.api.records = records;
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  expect(made.notices).toEqual([]);
  return made;
}

describe('what is told', () => {
  it('tells of an instance that stopped by itself, once', async () => {
    const { api, time, notices } = await started();
    api.records = [record('a', 'stopped'), ...api.records.slice(1)];
    await time.pass(3_600_000);
    expect(titles(notices)).toEqual(['a stopped']);
    expect(notices[0]).toMatchObject({ kind: 'stopped', instanceId: 'a' });
    expect(notices[0]?.body).toContain(`Since ${clockOf(Date.UTC(2026, 4, 14, 12))}.`);
  });

  it('does not tell the person what the person did', async () => {
    const { api, time, monitor, notices } = await started();
    monitor.expect(instanceId('a'), 'shutdown');
    monitor.dispatch(instanceId('a'), 'dispatched');
    await time.pass(3_000);
    api.records = [record('a', 'stopped'), ...api.records.slice(1)];
    await time.pass(60_000);
    expect(notices).toEqual([]);
  });

  it('tells of a shutdown that nobody asked for again', async () => {
    const { api, time, monitor, notices } = await started();
    monitor.expect(instanceId('a'), 'restart');
    monitor.dispatch(instanceId('a'), 'dispatched');
    api.records = [record('a', 'stopped'), ...api.records.slice(1)];
    await time.pass(300_000);
    expect(titles(notices)).toEqual(['a stopped']);
  });

  it('says nothing of a state that comes and goes', async () => {
    const { api, time, notices } = await started();
    const calm = api.records;
    for (let round = 0; round < 5; round += 1) {
      api.records = [record('a', 'stopped'), ...calm.slice(1)];
      await time.pass(30_000 - (round === 0 ? 0 : 2_600));
      api.records = calm;
      await time.pass(2_600);
    }
    await time.pass(120_000);
    expect(notices).toEqual([]);
  });

  it('joins more than three at once into one that counts', async () => {
    const { api, time, notices } = await started(['a', 'b', 'c', 'd', 'e'].map((id) => record(id)));
    api.records = api.records.map(({ id }, index) => record(id, index === 0 ? 'failed' : 'stopped'));
    await time.pass(120_000);
    expect(notices).toMatchObject([
      { kind: 'burst', title: '5 instances changed state', body: '1 failed, 4 stopped.', instanceId: null },
    ]);
  });

  it('tells of a new instance when it answers on SSH', async () => {
    const { api, time, notices, reachable } = await started([record('build-7', 'provisioning')]);
    api.records = [record('build-7', 'running')];
    await time.pass(40_000);
    expect(notices).toEqual([]);
    reachable.add('203.0.113.42');
    await time.pass(5_000);
    expect(notices).toMatchObject([
      { kind: 'provisioned', title: 'build-7 is ready', body: 'It answers on SSH at 203.0.113.42.' },
    ]);
  });

  it('waits for SSH no longer than 90 s, and says what it saw', async () => {
    const { api, time, notices } = await started([record('build-7', 'provisioning')]);
    api.records = [record('build-7', 'running')];
    await time.pass(130_000);
    expect(notices.map(({ body }) => body)).toEqual([
      'It is running at 203.0.113.42. It does not answer on SSH yet.',
    ]);
  });

  it('tells that an instance is gone when the API says so itself', async () => {
    const { api, time, notices, held } = await started();
    const [, b, c] = api.records;
    if (!b || !c) throw new Error('the rig has three');
    api.existing.add(instanceId('a'));
    api.records = [b, c];
    await time.pass(120_000);
    expect(held()?.instances.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(held()?.instances[2]?.state.word).toBe('Not listed');
    expect(notices).toEqual([]);
    api.existing.clear();
    await time.pass(30_000);
    expect(titles(notices)).toEqual(['a is gone']);
    expect(held()?.instances).toHaveLength(2);
  });

  it('tells of a low wallet once a crossing', async () => {
    const { api, time, notices } = await started();
    // Exactly the limit is not below it.
    api.balanceCents = 1000;
    await time.pass(60_000);
    expect(notices).toEqual([]);
    for (const balanceCents of [900, 800, 700]) {
      api.balanceCents = balanceCents;
      await time.pass(60_000);
    }
    expect(titles(notices)).toEqual(['Wallet is low: $9.00']);
    api.balanceCents = 5000;
    await time.pass(60_000);
    api.balanceCents = 999;
    await time.pass(60_000);
    expect(titles(notices)).toEqual(['Wallet is low: $9.00', 'Wallet is low: $9.99']);
  });

  it('tells once of an API that fails for ten minutes, and again after it has worked', async () => {
    const { api, time, notices } = await started();
    api.error = unavailable;
    await time.pass(590_000);
    expect(notices).toEqual([]);
    await time.pass(3_600_000);
    expect(titles(notices)).toEqual(['Evorxa does not answer']);
    api.error = null;
    await time.pass(300_000);
    api.error = unavailable;
    await time.pass(1_800_000);
    expect(notices).toHaveLength(2);
  });

  it('blames nobody for a network that is missing here', async () => {
    const { api, time, notices } = await started();
    api.error = offline;
    await time.pass(3_600_000);
    expect(notices).toEqual([]);
  });
});

describe('what is no news', () => {
  it('is what changed while the machine slept', async () => {
    const { api, time, monitor, notices } = await started();
    monitor.suspend();
    api.records = api.records.map(({ id }) => record(id, 'stopped'));
    api.balanceCents = 1;
    await time.pass(8 * 3_600_000);
    monitor.resume();
    await time.pass(300_000);
    expect(notices).toEqual([]);
  });

  it('is what the last run knew otherwise', async () => {
    const first = await started();
    const cached = first.monitor.snapshot();
    first.monitor.stop();
    const second = rig({ cached });
    second.api.records = first.api.records.map(({ id }) => record(id, 'failed'));
    second.monitor.start();
    await second.time.pass(600_000);
    expect(second.notices).toEqual([]);
  });

  it('is an outage that was told before the restart', async () => {
    let saved: readonly string[] = [];
    const run = async (): Promise<readonly Notice[]> => {
      const announced = createAnnouncedKeys(saved, (keys) => (saved = keys));
      const { api, time, monitor, notices } = rig({ announced });
      api.error = unavailable;
      monitor.start();
      await time.pass(1_800_000);
      monitor.stop();
      return notices;
    };
    expect(await run()).toHaveLength(1);
    expect(await run()).toHaveLength(0);
  });
});

describe('whatever happens', () => {
  const polls = fc.array(
    fc.record({
      a: fc.constantFrom('running', 'stopped', 'provisioning', 'failed', 'suspended', null),
      b: fc.constantFrom('running', 'stopped', null),
      isDown: fc.boolean(),
      balanceCents: fc.constantFrom(500, 5000),
      waitMs: fc.constantFrom(5_000, 40_000, 700_000),
    }),
    { maxLength: 20 },
  );

  it('nothing is told twice, and no state is told that was told last', async () => {
    await fc.assert(
      fc.asyncProperty(polls, async (steps) => {
        const { api, time, monitor, notices } = await started();
        for (const { a, b, isDown, balanceCents, waitMs } of steps) {
          api.error = isDown ? unavailable : null;
          api.balanceCents = balanceCents;
          api.records = [a === null ? [] : record('a', a), b === null ? [] : record('b', b)].flat();
          await time.pass(waitMs);
        }
        monitor.stop();
        const kept = notices.map(({ key }) => key);
        expect(new Set(kept).size).toBe(kept.length);
        for (const id of ['a', 'b']) {
          const kinds = notices.filter((notice) => notice.instanceId === id).map(({ kind }) => kind);
          // A server that is gone can come back and stop again; "stopped, stopped" cannot be.
          kinds.forEach((kind, index) => {
            if (kind === 'stopped') expect(kinds[index + 1]).not.toBe('stopped');
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
