import { describe, expect, it } from 'vitest';
import { firstListOf } from '../../../main/monitor/index.ts';
import { applyUpdate } from '../../../preload/contract/apply-update.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { accountId, record } from './builders.ts';
import { rig } from './rig.ts';

const moment = { wallMs: 1_000, monotonicMs: 1_000 };
const of = (cached: Snapshot | null, ...ids: readonly string[]) =>
  firstListOf({ accountId, cached, rows: ids.map((id) => record(id)), asked: moment, now: moment });
/** What the last run left. */
const kept = (): Snapshot => ({ ...of(null, 'a', 'b').state.snapshot, revision: 0, apiStatus: 'starting' });

describe('a first list', () => {
  it('is live, with the instances that came', () => {
    const { state, update } = of(null, 'a');
    expect(state.snapshot).toMatchObject({
      apiStatus: 'live',
      instances: [{ id: 'a', state: { word: 'Running' } }],
      instancesFreshness: { checkedAtMs: 1_000, error: null },
    });
    expect(update).toEqual({ kind: 'full', snapshot: state.snapshot });
  });

  it('brings a window with the list of the last run up to it, by what is another', () => {
    const cached = kept();
    const { state, update } = of(cached, 'a', 'c');
    expect(update).toMatchObject({ kind: 'patch', changed: [{ id: 'c' }], removed: ['b'] });
    expect(applyUpdate(cached, update)).toEqual(state.snapshot);
  });

  it('is what the monitor makes of the same answer, which goes on from it', async () => {
    const cached = kept();
    const first = of(cached, 'a', 'c');
    const alone = rig({ cached });
    const taking = rig({ firstList: first });
    expect(taking.monitor.snapshot()).toBe(first.state.snapshot);
    for (const { api, monitor, time } of [alone, taking]) {
      api.records = [record('a'), record('c')];
      monitor.start();
      await time.pass(0);
    }
    const timeless = (snapshot: Snapshot) => ({ ...snapshot, revision: 0, instancesFreshness: null });
    expect(timeless(taking.monitor.snapshot())).toEqual(timeless(alone.monitor.snapshot()));
    expect(taking.held()).toEqual(taking.monitor.snapshot());
    expect(taking.api.calls.list).toBe(1);
    expect(taking.notices).toEqual([]);
  });

  it('tells what happens after it once', async () => {
    const { api, monitor, time, notices } = rig({ firstList: of(null, 'a') });
    api.records = [record('a')];
    monitor.start();
    await time.pass(0);
    api.records = [record('a', 'stopped')];
    await time.pass(120_000);
    await time.pass(120_000);
    expect(notices).toHaveLength(1);
  });
});
