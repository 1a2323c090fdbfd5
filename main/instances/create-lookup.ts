import type { ApiClient } from '../api/index.ts';
import { wait } from '../api/index.ts';
import type { WallClock } from '../clock/index.ts';
import { creationOutcome, type CreationOutcome } from '../domain/index.ts';
import type { AccountMonitor } from '../monitor/index.ts';
import { readTraces } from './create-evidence.ts';
import type { CreateAttempt } from './creation-store.ts';

export interface LookupOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: Pick<AccountMonitor, 'snapshot'>;
  readonly clock: WallClock;
  readonly signal: AbortSignal;
}

/**
 * When list and ledger are looked at after a lost answer, each so long after the look before: a server that acts after
 * it dropped the line shows it late, so that "not created" is said after the last look only.
 */
const looksAfterMs = [0, 3_000, 7_000, 10_000] as const;

/** Finds out how a creation ended whose answer was lost; null where the account was left meanwhile. */
export async function lookUpCreation(
  { client, monitor, clock, signal }: LookupOptions,
  { instance, before }: CreateAttempt,
): Promise<CreationOutcome | null> {
  let outcome: CreationOutcome = { kind: 'cannot-tell', reason: 'list-unread' };
  for (const waitMs of looksAfterMs) {
    if (waitMs > 0) await wait(clock, waitMs, signal);
    const after = await readTraces(client, instance, monitor.snapshot().instances, signal);
    if (signal.aborted) return null;
    outcome = creationOutcome(before, after);
    if (outcome.kind === 'created') break;
  }
  return outcome;
}
