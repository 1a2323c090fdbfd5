import { describe, expect, it } from 'vitest';
import { apiStatusOf } from '../../../main/monitor/api-status.ts';
import { initialState, type MonitorState } from '../../../main/monitor/monitor-state.ts';
import { accountId, unauthorized, unavailable } from './builders.ts';

describe('how true the data is', () => {
  const start = initialState(accountId, null);
  const status = (
    poll: Partial<MonitorState['poll']>,
    errors: {
      list?: MonitorState['snapshot']['instancesFreshness']['error'];
      wallet?: typeof unauthorized;
    } = {},
  ) =>
    apiStatusOf({
      ...start,
      snapshot: {
        ...start.snapshot,
        instancesFreshness: { checkedAtMs: null, error: errors.list ?? null },
        walletFreshness: { checkedAtMs: null, error: errors.wallet ?? null },
      },
      poll: { ...start.poll, ...poll },
    });

  it.each([
    ['starting', { answered: false, failures: 0 }],
    ['stale', { answered: false, failures: 1 }],
    ['live', { answered: true, failures: 0 }],
    ['live', { answered: true, failures: 1 }],
    ['stale', { answered: true, failures: 2 }],
    ['offline', { answered: true, failures: 1, offline: true }],
  ])('is %s for %j', (expected, poll) => {
    expect(status(poll)).toBe(expected);
  });

  it('is signed out where either was refused, also without a network, and live where one ability is missing', () => {
    expect(status({ answered: true, offline: true }, { list: unauthorized })).toBe('signed-out');
    expect(status({ answered: true }, { wallet: unauthorized })).toBe('signed-out');
    expect(status({ answered: true }, { list: unavailable, wallet: unavailable })).toBe('live');
    const forbidden = { kind: 'forbidden', ability: 'instances:read', message: '' } as const;
    expect(status({ failures: 5 }, { list: forbidden })).toBe('live');
    expect(status({ failures: 5, offline: true }, { list: forbidden })).toBe('offline');
  });
});
