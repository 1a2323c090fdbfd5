import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { InstancePlan } from '../../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ApiClient } from '../../api/index.ts';
import { instancePlan } from '../../domain/index.ts';
import { gapsOf, joinGaps } from '../gaps.ts';
import type { Answer } from '../monitor-api.ts';

/** What an instance's plan is joined from; `nowMs` is the time of day. */
export interface InstancePlanDependencies {
  readonly client: Pick<ApiClient, 'request'>;
  readonly instances: () => readonly Instance[];
  readonly nowMs: () => number;
}

/** Joins an instance with the catalog: its plan, larger ones, and what they are likely to cost now. */
export async function loadInstancePlan(
  { client, instances, nowMs }: InstancePlanDependencies,
  id: InstanceId,
  signal: AbortSignal,
): Promise<Result<Answer<InstancePlan>, ApiError>> {
  const options = { signal, priority: 'poll' } as const;
  const [plans, cycles] = await Promise.all([
    client.request('catalog.myPlans', {}, options),
    client.request('catalog.billingCycles', {}, options),
  ]);
  if (!plans.ok) return plans;
  if (!cycles.ok) return cycles;
  const instance = instances().find((each) => each.id === id);
  if (instance === undefined)
    return fail({ kind: 'not-found', message: 'This instance is no longer listed.' });
  // The server's clock says when the paid time ends.
  const atMs = plans.value.serverTimeMs ?? nowMs();
  return ok({
    value: instancePlan(instance, plans.value.value, cycles.value.value, atMs),
    gaps: joinGaps([gapsOf(plans.value), gapsOf(cycles.value)]),
    isWhole: true,
  });
}
