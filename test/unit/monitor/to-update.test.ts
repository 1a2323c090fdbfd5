import { describe, expect, it } from 'vitest';
import { toUpdate } from '../../../main/monitor/index.ts';
import { applyUpdate } from '../../../preload/contract/apply-update.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { instance, snapshot } from '../domain/samples.ts';
import { cents } from './builders.ts';

const [a, b, c] = [instance('a'), instance('b'), instance('c')];
const before = snapshot([a, b]);
const next = (more: Partial<Snapshot>): Snapshot => ({ ...before, revision: 2, ...more });

describe('what a subscriber is sent', () => {
  it('is the head alone where no instance changed', () => {
    const after = next({ balanceCents: cents(1) });
    const { instances, ...head } = after;
    expect(instances).toBe(before.instances);
    expect(toUpdate(before, after)).toEqual({ kind: 'patch', head, changed: [], removed: [] });
  });

  it('is what changed, what came and what went', () => {
    const stopped = instance('a', 'stopped');
    const after = next({ instances: [stopped, c] });
    const update = toUpdate(before, after);
    expect(update).toMatchObject({ kind: 'patch', changed: [stopped, c], removed: ['b'] });
    expect(update).not.toHaveProperty('head.instances');
    expect(applyUpdate(before, update)).toEqual(after);
    expect(toUpdate(before, next({ instances: [stopped, b] }))).toMatchObject({
      changed: [stopped],
      removed: [],
    });
  });

  it.each<[string, Snapshot]>([
    ['they come in another order', next({ instances: [b, a] })],
    ['one comes before those that stay', next({ instances: [c, a, b] })],
    ['one comes between those that stay', next({ instances: [a, c, b] })],
    ['a revision was left out', { ...next({ balanceCents: cents(1) }), revision: 3 }],
    ['it is of another account', next({ accountId: 'account-2' as AccountId })],
  ])('is everything where %s', (_why, after) => {
    expect(toUpdate(before, after)).toEqual({ kind: 'full', snapshot: after });
  });
});
