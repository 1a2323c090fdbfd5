import type { NewInstance } from '../../preload/contract/create.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient, ApiResult, EndpointInput, EndpointOutput } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import type { AccountMonitor } from '../monitor/index.ts';
import { readTraces } from './create-evidence.ts';
import type { CreateAttempt, StoredOfAccount } from './creation-store.ts';
import { notSent } from './send-once.ts';

/** What one attempt at a creation needs of its account. */
export interface AttemptOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: Pick<AccountMonitor, 'snapshot'>;
  readonly kept: Pick<StoredOfAccount, 'begin' | 'end'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onBug: (cause: unknown) => void;
}

/**
 * Has on disk what is about to be sent, with what could be taken for it later. Where that fails or throws nothing has left.
 * Errors: `aborted` once `signal` is, `refused` and `internal` where it was not written down.
 */
export async function beginAttempt(
  { client, monitor, kept, clock, onBug }: AttemptOptions,
  instance: NewInstance,
  signal: AbortSignal,
): Promise<Result<CreateAttempt>> {
  /** Asked again after each wait. */
  const isLeft = (): boolean => signal.aborted;
  try {
    const known = monitor.snapshot().instances;
    const { instanceIds, debitIds } = await readTraces(client, instance, known, signal);
    if (isLeft()) return fail({ kind: 'aborted' });
    const attempt: CreateAttempt = {
      instance,
      before: { instanceIds: instanceIds && [...instanceIds], debitIds: debitIds && [...debitIds] },
      askedAtMs: clock.now(),
    };
    const noted = await kept.begin(attempt);
    if (isLeft()) {
      kept.end();
      return fail({ kind: 'aborted' });
    }
    return noted.ok ? ok(attempt) : noted;
  } catch (cause) {
    onBug(cause);
    return fail(notSent);
  }
}

/** Sends it. A request that throws may have left: its outcome is looked up, and it is not sent again. */
export async function sendAttempt(
  { client, onBug }: Pick<AttemptOptions, 'client' | 'onBug'>,
  { instance }: CreateAttempt,
): Promise<ApiResult<EndpointOutput<'instances.create'>>> {
  try {
    // Without a signal: what spends is not given up because somebody signs out meanwhile.
    return await client.request('instances.create', requestOf(instance));
  } catch (cause) {
    onBug(cause);
    return fail({ kind: 'unknown-outcome', message: 'Something went wrong in the app.' });
  }
}

/** A creation in the API's words. */
function requestOf(instance: NewInstance): EndpointInput<'instances.create'> {
  return {
    body: {
      name: instance.name,
      hostname: instance.hostname,
      project_id: instance.projectId,
      package_id: instance.packageId,
      category: instance.category,
      os_template_id: instance.osTemplateId,
      os_name: instance.osName,
      billing_cycle: instance.cycle,
      ssh_key_ids: instance.sshKeyIds,
    },
  };
}
