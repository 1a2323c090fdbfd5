import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCache, toCache } from '../../../main/storage/cached-snapshot.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { instance, snapshot } from '../domain/samples.ts';
import { accountId, unavailable } from '../monitor/builders.ts';

describe('the last snapshot', () => {
  it('comes back as it was, as old data', async () => {
    const known = snapshot([instance('a'), instance('b', 'failed')], {
      revision: 7,
      apiStatus: 'stale',
      instancesFreshness: { checkedAtMs: 5, error: unavailable },
      missingAbilities: ['waf:read'],
    });
    expect(fromCache(await toCache(known), accountId)).toEqual({
      ...known,
      revision: 0,
      apiStatus: 'starting',
      instancesFreshness: { checkedAtMs: 5, error: null },
    });
  });

  it('is another account’s for nobody else', async () => {
    expect(fromCache(await toCache(snapshot([])), 'account-2' as AccountId)).toBeNull();
  });

  it('is cut where it is long, and left out where its texts are', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => instance(`web-${index}`));
    expect(fromCache(await toCache(snapshot(many)), accountId)?.instances).toHaveLength(1_000);
    const huge = snapshot([instance('a', 'running', { name: 'x'.repeat(5_000_000) })]);
    expect(fromCache(await toCache(huge), accountId)).toMatchObject({ instances: [], balanceCents: 5240 });
  });

  it('is nothing when the text is anything else', async () => {
    const text = await toCache(snapshot([instance('a')]));
    expect(fromCache(text.slice(0, -5), accountId)).toBeNull();
    expect(fromCache(text.replace('"kind":"running"', '"kind":"sunny"'), accountId)).toBeNull();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (rubbish) => {
        expect(fromCache(rubbish, accountId)).toBeNull();
      }),
    );
  });
});
