import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ShieldTraffic, TrafficPart } from '../../../preload/contract/shield.ts';
import type { ApiClient, ApiResult } from '../../api/index.ts';
import { errorInWords } from '../../domain/index.ts';
import { gapsOf, joinGaps } from '../gaps.ts';
import type { Answer } from '../monitor-api.ts';

/** The traffic of one address, from six requests. A part that fails is said; only when all do, it is an error. */
export async function loadShieldTraffic(
  client: Pick<ApiClient, 'request'>,
  id: ShieldIpId,
  signal: AbortSignal,
): Promise<Result<Answer<ShieldTraffic>, ApiError>> {
  const input = { path: { id } };
  const options = { signal, priority: 'poll' } as const;
  const [bandwidth, packets, topIps, topAsns, countries, ports] = await Promise.all([
    client.request('shield.bandwidth', input, options),
    client.request('shield.pps', input, options),
    client.request('shield.topIps', input, options),
    client.request('shield.topAsns', input, options),
    client.request('shield.countries', input, options),
    client.request('shield.ports', input, options),
  ]);
  const parts: Readonly<Record<TrafficPart, ApiResult<unknown>>> = {
    bandwidth,
    packets,
    topIps,
    topAsns,
    countries,
    ports,
  };
  const results = Object.values(parts);
  const errors = Object.entries(parts).flatMap(([part, result]) => (result.ok ? [] : [{ part, ...result }]));
  const [first] = errors;
  if (first && errors.length === results.length) return fail(first.error);
  return ok({
    value: {
      bandwidth: valueOf(bandwidth),
      packets: valueOf(packets),
      topIps: valueOf(topIps),
      topAsns: valueOf(topAsns),
      countries: valueOf(countries),
      ports: valueOf(ports),
      failed: Object.fromEntries(errors.map(({ part, error }) => [part, errorInWords(error)])),
    },
    gaps: joinGaps(results.map((result) => (result.ok ? gapsOf(result.value) : null))),
    isWhole: true,
  });
}

function valueOf<T>(result: ApiResult<T>): T | null {
  return result.ok ? result.value.value : null;
}
