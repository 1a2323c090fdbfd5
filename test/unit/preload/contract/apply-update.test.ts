import { describe, expect, it } from 'vitest';
import { applyUpdate } from '../../../../preload/contract/apply-update.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import type { Instance } from '../../../../preload/contract/instance.ts';
import type { Snapshot, SnapshotUpdate } from '../../../../preload/contract/snapshot.ts';
import { instance, snapshot } from '../../domain/samples.ts';
import { instanceId } from '../../monitor/builders.ts';

const [a, b, c] = [instance('a'), instance('b'), instance('c')];
const held = snapshot([a, b, c], { revision: 7 });

const headOfHeld = Object.fromEntries(
  Object.entries(held).filter(([name]) => name !== 'instances'),
) as unknown as Omit<Snapshot, 'instances'>;

function patch(
  head: Partial<Snapshot>,
  changed: readonly Instance[] = [],
  removed: readonly string[] = [],
): SnapshotUpdate {
  return {
    kind: 'patch',
    head: { ...headOfHeld, revision: 8, ...head },
    changed,
    removed: removed.map(instanceId),
  };
}
const idsOf = (applied: Snapshot | null) => applied?.instances.map(({ id }) => id);

describe('a patch', () => {
  it('changes an instance in its place, takes one away, and puts a new one last', () => {
    const [stopped, added] = [instance('b', 'stopped'), instance('0-new')];
    const applied = applyUpdate(held, patch({ apiStatus: 'stale' }, [added, stopped], ['a']));
    expect(applied).toMatchObject({ revision: 8, apiStatus: 'stale' });
    expect(idsOf(applied)).toEqual(['b', 'c', '0-new']);
    expect(applied?.instances[0]).toBe(stopped);
    expect(applied?.instances[1]).toBe(c);
    expect(idsOf(applyUpdate(held, patch({}, [], ['b'])))).toEqual(['a', 'c']);
    expect(applyUpdate(held, patch({}, [stopped]))?.instances).toEqual([a, stopped, c]);
  });

  it('that leaves the instances alone leaves the list the same object', () => {
    expect(applyUpdate(held, patch({ missingAbilities: ['waf:read'] }))).toEqual({
      ...held,
      revision: 8,
      missingAbilities: ['waf:read'],
    });
    expect(applyUpdate(held, patch({}))?.instances).toBe(held.instances);
  });

  it.each<[string, Snapshot | null, Partial<Snapshot>]>([
    ['the one after the next', held, { revision: 9 }],
    ['the one that is held', held, { revision: 7 }],
    ['one from before', held, { revision: 6 }],
    ['the next of another account', held, { accountId: 'account-2' as AccountId }],
    ['any where nothing is held', null, {}],
    ['the first where nothing is held', null, { revision: 0 }],
  ])('is refused, so that all is asked for: %s', (_which, before, head) => {
    expect(applyUpdate(before, patch(head))).toBeNull();
    expect(applyUpdate(before, patch(head, [b]))).toBeNull();
  });
});

it('a full update takes the place of whatever is held, also an older one or of another account', () => {
  const full = snapshot([b], { revision: 1, accountId: 'account-2' as AccountId });
  for (const before of [held, null]) {
    expect(applyUpdate(before, { kind: 'full', snapshot: full })).toBe(full);
    expect(applyUpdate(before, { kind: 'none' })).toBeNull();
  }
});
