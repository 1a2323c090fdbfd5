import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import { createAccountStore, readableList, type AccountFiles } from '../storage/index.ts';
import { expectedForMs, isExpectedAt } from './expected-until.ts';

/** Where an instance is reached, and whose it is. */
export interface HostOfAccount {
  readonly accountId: AccountId;
  readonly host: string;
  readonly port: number;
}

/** Instances that are expected to show one new host key, since they were reinstalled from here. */
export interface ExpectedHostKeys {
  expect(host: HostOfAccount): void;
  /** Until when (epoch) a new key is expected there; null: it is not. */
  expectedUntilMs(host: HostOfAccount): number | null;
  /** The new key was seen and accepted: the next one is a stranger again. */
  taken(host: HostOfAccount): void;
  forgetAccount(accountId: AccountId): void;
}

const entrySchema = z.object({
  host: z.string(),
  port: z.number(),
  sinceMs: z.number(),
});
type Entry = z.infer<typeof entrySchema>;

/** Keeps them under the key `expectedHostKeys` of the account files, for a day each. */
export function createExpectedHostKeys(files: AccountFiles, nowMs: () => number): ExpectedHostKeys {
  const kept = createAccountStore<readonly Entry[]>({
    files,
    key: 'expectedHostKeys',
    schema: readableList(entrySchema),
    empty: [],
  });
  const isOf =
    ({ host, port }: HostOfAccount) =>
    (entry: Entry): boolean =>
      entry.host === host && entry.port === port;
  const without = (host: HostOfAccount): readonly Entry[] =>
    kept.of(host.accountId).filter((entry) => !isOf(host)(entry));
  return {
    expect: (at) => {
      const { accountId, host, port } = at;
      kept.set(accountId, [...without(at), { host, port, sinceMs: nowMs() }]);
    },
    expectedUntilMs: (host) => {
      const entry = kept.of(host.accountId).find(isOf(host));
      if (entry === undefined) return null;
      const untilMs = entry.sinceMs + expectedForMs;
      return isExpectedAt(untilMs, nowMs()) ? untilMs : null;
    },
    taken: (host) => {
      if (kept.of(host.accountId).length > 0) kept.set(host.accountId, without(host));
    },
    forgetAccount: kept.forgetAccount,
  };
}
