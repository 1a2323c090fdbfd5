import { describe, expect, it } from 'vitest';
import { fundedNotice, isFunded } from '../../../main/domain/index.ts';
import { accountId, cents } from '../monitor/builders.ts';
import { snapshot } from './samples.ts';

const funds = { neededCents: cents(1000), sinceMs: 5_000 };
const wallet = (balanceCents: number, checkedAtMs: number | null) =>
  snapshot([], { balanceCents: cents(balanceCents), walletFreshness: { checkedAtMs, error: null } });

describe('a wallet that somebody waits for', () => {
  it('can pay once it holds what is needed, to the cent', () => {
    expect(isFunded(funds, wallet(999, 6_000))).toBe(false);
    expect(isFunded(funds, wallet(1000, 6_000))).toBe(true);
  });

  it('is not judged by a balance from before the request', () => {
    expect(isFunded(funds, wallet(5000, 4_000))).toBe(false);
    expect(isFunded(funds, wallet(5000, 5_000))).toBe(false);
    expect(isFunded(funds, wallet(5000, null))).toBe(false);
    expect(isFunded({ ...funds, sinceMs: -1 }, wallet(5000, null))).toBe(false);
    expect(isFunded(funds, { ...wallet(0, 6_000), balanceCents: null })).toBe(false);
    expect(isFunded({ ...funds, neededCents: cents(0) }, { ...wallet(0, 6_000), balanceCents: null })).toBe(
      false,
    );
  });

  it('is told of once a request: each has a key of its own', () => {
    const key = (sinceMs: number) => fundedNotice(accountId, { ...funds, sinceMs }, cents(1250), 9_000).key;
    expect(key(5_000)).toBe(`${accountId}/funded/5000`);
    expect(key(5_001)).not.toBe(key(5_000));
  });

  it('is told of in figures, and that nothing was sent', () => {
    expect(fundedNotice(accountId, funds, cents(1250), 9_000)).toMatchObject({
      kind: 'funded',
      title: 'The wallet can pay for your instance',
      body: 'It holds $12.50, $10.00 is needed. Your draft is kept; nothing was sent.',
    });
  });
});
