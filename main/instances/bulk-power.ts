import type { InstanceId } from '../../preload/contract/brands.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import type { BulkOutcome, BulkPower, BulkResult } from '../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../clock/index.ts';
import { inBackground } from '../tasks/index.ts';
import { notSent, type Sent } from './send-once.ts';

/** One power action for several instances, as it is asked for. */
export interface BulkRequest {
  readonly action: PowerAction;
  readonly instances: readonly Pick<BulkResult, 'instanceId' | 'name'>[];
  /** Sends the action to one of them, once. */
  readonly send: (instanceId: InstanceId, action: PowerAction) => Promise<Result<Sent<unknown>>>;
}

/** Power for many: one batch at a time, whose results stay until they are closed. */
export interface BulkPowers {
  current(): BulkPower | null;
  /** Begins a batch; `busy` while another one is being sent. */
  start(request: BulkRequest): Result<undefined>;
  /** Does not send what has not been sent yet. */
  cancel(): void;
  /** Takes the results of a batch that is over away. */
  close(): void;
}

export interface BulkPowersOptions {
  readonly clock: Clock;
  readonly onChange: (current: BulkPower | null) => void;
  readonly report: (cause: unknown) => void;
}

/** Between two instances: what they share, as a disk or a database, need not take them all at once. */
export const staggerMs = 2_000;

/** Sends a batch instance by instance, each after the answer of the one before and a pause. */
export function createBulkPowers({ clock, onChange, report }: BulkPowersOptions): BulkPowers {
  let current: BulkPower | null = null;
  let wake = (): void => undefined;

  const show = (next: BulkPower | null): void => {
    current = next;
    // What cannot be shown is sent all the same, and ends.
    try {
      onChange(next);
    } catch (cause) {
      report(cause);
    }
  };
  const settle = (instanceId: InstanceId, outcome: BulkOutcome): void => {
    if (current === null) return;
    const results = current.results.map((result) =>
      result.instanceId === instanceId ? { ...result, outcome } : result,
    );
    show({ ...current, results });
  };
  const nextWaiting = (): BulkResult | undefined =>
    current?.results.find(({ outcome }) => outcome.kind === 'waiting');
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.setTimeout(resolve, staggerMs);
      wake = () => {
        cancel();
        resolve();
      };
    });

  /** One that throws may have left: nobody knows, as where its answer is lost. */
  const sendTo = async ({ action, send }: BulkRequest, instanceId: InstanceId): Promise<BulkOutcome> => {
    try {
      return outcomeOf(await send(instanceId, action));
    } catch (cause) {
      report(cause);
      return { kind: 'unknown' };
    }
  };
  const run = async (request: BulkRequest): Promise<void> => {
    for (let next = nextWaiting(); next !== undefined; next = nextWaiting()) {
      const { instanceId } = next;
      settle(instanceId, { kind: 'sending' });
      settle(instanceId, await sendTo(request, instanceId));
      if (nextWaiting() !== undefined) await pause();
    }
    if (current !== null) show({ ...current, isRunning: false });
  };
  /** Ends a batch whose own code threw: what has not left does not. */
  const giveUp = (cause: unknown): void => {
    report(cause);
    if (current === null) return;
    const results = current.results.map((result) => {
      const { kind } = result.outcome;
      if (kind === 'waiting') return { ...result, outcome: { kind: 'refused', error: notSent } as const };
      return kind === 'sending' ? { ...result, outcome: { kind: 'unknown' } as const } : result;
    });
    show({ ...current, isRunning: false, results });
  };

  return {
    current: () => current,
    start: (request) => {
      if (current?.isRunning) {
        return fail({ kind: 'busy', message: 'Another action for several instances is being sent.' });
      }
      const results = request.instances.map((instance) => ({
        ...instance,
        outcome: { kind: 'waiting' } as const,
      }));
      show({ action: request.action, isRunning: true, results });
      inBackground(() => run(request), giveUp);
      return ok(undefined);
    },
    cancel: () => {
      if (current === null) return;
      const results = current.results.map((result) =>
        result.outcome.kind === 'waiting' ? { ...result, outcome: { kind: 'cancelled' } as const } : result,
      );
      show({ ...current, results });
      wake();
    },
    close: () => {
      if (current?.isRunning === false) show(null);
    },
  };
}

function outcomeOf(result: Result<Sent<unknown>>): BulkOutcome {
  if (!result.ok) return { kind: 'refused', error: result.error };
  return { kind: result.value.kind === 'lost' ? 'unknown' : 'sent' };
}
