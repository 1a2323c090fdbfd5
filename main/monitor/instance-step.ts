import type { InstanceRecord } from '../api/index.ts';
import { reconcile } from './local-changes.ts';
import { afterObservation } from './confirmation.ts';
import { observedOf, type KnownOfInstance } from './project.ts';

/** What the API showed of an instance. */
export interface SeenOfInstance {
  /** Its row; undefined where it is gone. */
  readonly record: InstanceRecord | undefined;
  /** The last list did not have it, and nobody has confirmed yet that it is gone. */
  readonly isAbsent: boolean;
  /** When it was asked for. */
  readonly askedMonotonicMs: number;
}

/** What is left of what was expected and noted; undefined: nothing. */
export type LeftOfInstance = Pick<KnownOfInstance, 'expectation' | 'localChanges'>;

/**
 * One instance's step: what was known of it and what was seen in, what is still expected and noted out. What did not
 * change stays the same object. Pure.
 */
export function afterSeen(known: KnownOfInstance, seen: SeenOfInstance): LeftOfInstance {
  const { live, expectation, localChanges } = known;
  const { record, isAbsent, askedMonotonicMs } = seen;
  if (record === undefined) return { expectation: undefined, localChanges };
  if (isAbsent) return { expectation, localChanges };
  const { planSlug, isRebootPending } = record;
  const observation = { state: observedOf(record, live, localChanges), planSlug, isRebootPending };
  return {
    expectation: (expectation && afterObservation(expectation, observation, askedMonotonicMs)) ?? undefined,
    // A note stands until the API shows the same by itself.
    localChanges:
      (localChanges && reconcile(localChanges, record, observedOf(record, live, undefined))) ?? undefined,
  };
}
