import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { JsonStore } from '../storage/index.ts';
import { expectedForMs, isExpectedAt } from './expected-until.ts';

/** Where a server is reached, and whose it is. */
export interface HostOfAccount {
  readonly accountId: AccountId;
  readonly host: string;
  readonly port: number;
}

/** Servers that are expected to show one new host key, since they were reinstalled from here. */
export interface ExpectedHostKeys {
  expect(host: HostOfAccount): void;
  /** Until when (epoch) a new key is expected there; null: it is not. */
  expectedUntilMs(host: HostOfAccount): number | null;
  /** The new key was seen and accepted: the next one is a stranger again. */
  taken(host: HostOfAccount): void;
  forgetAccount(accountId: AccountId): void;
}

const entrySchema = z.object({
  accountId: z.string(),
  host: z.string(),
  port: z.number(),
  sinceMs: z.number(),
});
type Entry = z.infer<typeof entrySchema>;

/** Keeps them under the key `expectedHostKeys` of a store, for a day each. */
export function createExpectedHostKeys(store: JsonStore, nowMs: () => number): ExpectedHostKeys {
  const stored = store.get('expectedHostKeys');
  let entries: readonly Entry[] = (Array.isArray(stored) ? stored : []).flatMap((row: unknown) => {
    const parsed = z.safeParse(entrySchema, row);
    return parsed.success ? [parsed.data] : [];
  });
  const keep = (next: readonly Entry[]): void => {
    if (next.length === 0 && entries.length === 0) return;
    entries = next;
    store.set('expectedHostKeys', next);
  };
  const isOf =
    ({ accountId, host, port }: HostOfAccount) =>
    (entry: Entry): boolean =>
      entry.accountId === accountId && entry.host === host && entry.port === port;
  const without = (host: HostOfAccount): readonly Entry[] => entries.filter((entry) => !isOf(host)(entry));
  return {
    expect: ({ accountId, host, port }) => {
      const entry = { accountId, host, port, sinceMs: nowMs() };
      keep([...without(entry), entry]);
    },
    expectedUntilMs: (host) => {
      const entry = entries.find(isOf(host));
      if (entry === undefined) return null;
      const untilMs = entry.sinceMs + expectedForMs;
      return isExpectedAt(untilMs, nowMs()) ? untilMs : null;
    },
    taken: (host) => keep(without(host)),
    forgetAccount: (accountId) => keep(entries.filter((entry) => entry.accountId !== accountId)),
  };
}
