import { expect, it } from 'vitest';
import { heldBackSummary } from '../../../main/notices/index.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { instanceId } from '../monitor/builders.ts';

let count = 0;
const notice = (kind: Notice['kind'], title: string, of: string | null = null): Notice => {
  count += 1;
  return {
    ...{ key: `a/${count}`, kind, title, body: '', atMs: count },
    instanceId: of === null ? null : instanceId(of),
  };
};
const bodyOf = (...notices: readonly Notice[]): string | undefined => heldBackSummary(notices)?.body;

it('nothing held back is nothing to say', () => {
  expect(heldBackSummary([])).toBeNull();
});

it('one is said as it would have been, several of a kind are counted', () => {
  const stopped = ['web', 'db', 'ns1'].map((id) => notice('stopped', `${id} stopped`, id));
  expect(heldBackSummary(stopped)).toEqual({
    title: 'While notifications were off',
    body: '3 instances stopped.',
  });
  expect(bodyOf(...stopped, notice('low-balance', 'Wallet is low: $9.00'))).toBe(
    '3 instances stopped, Wallet is low: $9.00.',
  );
});

it('an instance that stopped twice is one that stopped, and two alerts of it are two', () => {
  const flapping = [notice('stopped', 'web stopped', 'web'), notice('stopped', 'web stopped', 'web')];
  expect(bodyOf(...flapping)).toBe('web stopped.');
  const alerts = [notice('threshold', 'CPU of web', 'web'), notice('threshold', 'Memory of web', 'web')];
  expect(bodyOf(...alerts)).toBe('2 alerts.');
});

it('four kinds are named, and the rest are counted', () => {
  const kinds = ['stopped', 'failed', 'suspended', 'gone'] as const;
  const named = kinds.map((kind) => notice(kind, kind, kind));
  const more = [notice('agent', 'one', 'a'), notice('agent', 'two', 'b'), notice('funded', 'funded')];
  expect(bodyOf(...named)).toBe('stopped, failed, suspended, gone.');
  expect(bodyOf(...named, ...more)).toBe('stopped, failed, suspended, gone, 3 more.');
});
