import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { Series } from '../../../preload/contract/instance.ts';
import type { Ranking, ShieldTraffic, TrafficPart } from '../../../preload/contract/shield.ts';
import type { ApiClient, ApiResult } from '../../api/index.ts';
import {
  bandwidthBaseline,
  baselineOf,
  errorInWords,
  packetBaseline,
  type Sample,
} from '../../domain/index.ts';
import { gapsOf, joinGaps } from '../gaps.ts';
import type { Answer } from '../monitor-api.ts';

/** A ranking is of the last hour or so: unlike the charts, it is not asked for at each poll, but whenever somebody asks. */
const rankingsForMs = 25_000;

type RankedPart = Exclude<TrafficPart, 'bandwidth' | 'packets'>;
type Rankings = Readonly<Record<RankedPart, ApiResult<Ranking>>>;
type Rates = {
  readonly [Part in 'bandwidth' | 'packets']: ApiResult<NonNullable<ShieldTraffic[Part]>>;
};
const rankedParts = ['topIps', 'topAsns', 'countries', 'ports'] as const;

/** Loads the traffic of addresses; keeps the rankings of each for the polls in between. */
export function createTrafficLoader(
  client: Pick<ApiClient, 'request'>,
  monotonicMs: () => number,
): (
  id: ShieldIpId,
  signal: AbortSignal,
  isAsked: boolean,
) => Promise<Result<Answer<ShieldTraffic>, ApiError>> {
  const kept = new Map<ShieldIpId, { readonly atMs: number; readonly parts: Rankings }>();
  return async (id, signal, isAsked) => {
    const input = { path: { id } };
    const options = { signal, priority: 'poll' } as const;
    const nowMs = monotonicMs();
    const before = kept.get(id);
    const rankings =
      !isAsked && before !== undefined && nowMs - before.atMs < rankingsForMs ? before.parts : null;
    const [bandwidth, packets, topIps, topAsns, countries, ports] = await Promise.all([
      client.request('shield.bandwidth', input, options),
      client.request('shield.pps', input, options),
      rankings?.topIps ?? client.request('shield.topIps', input, options),
      rankings?.topAsns ?? client.request('shield.topAsns', input, options),
      rankings?.countries ?? client.request('shield.countries', input, options),
      rankings?.ports ?? client.request('shield.ports', input, options),
    ]);
    const parts = { bandwidth, packets, topIps, topAsns, countries, ports };
    if (rankings === null) {
      // One that failed is asked for again at once, with the others.
      if (rankedParts.every((part) => parts[part].ok)) kept.set(id, { atMs: nowMs, parts });
      else kept.delete(id);
    }
    return trafficOf(parts, rankings === null ? parts : { bandwidth, packets });
  };
}

/** A part that fails is said; only when all that were `asked` for do, it is an error: the first one. */
function trafficOf(
  parts: Rates & Rankings,
  asked: Readonly<Partial<Record<TrafficPart, ApiResult<unknown>>>>,
): Result<Answer<ShieldTraffic>, ApiError> {
  const errors = Object.entries<ApiResult<unknown>>(parts).flatMap(([part, result]) =>
    result.ok ? [] : [{ part, error: result.error }],
  );
  const [first] = errors;
  if (first !== undefined && Object.values(asked).every(({ ok }) => !ok)) return fail(first.error);
  const { bandwidth, packets, topIps, topAsns, countries, ports } = parts;
  const rates = { bandwidth: valueOf(bandwidth), packets: valueOf(packets) };
  return ok({
    value: {
      ...rates,
      baselines: {
        bandwidth:
          rates.bandwidth &&
          baselineOf(samplesOf(rates.bandwidth.atMs, rates.bandwidth.inBitsPerSecond), bandwidthBaseline),
        packets:
          rates.packets &&
          baselineOf(samplesOf(rates.packets.atMs, rates.packets.packetsPerSecond), packetBaseline),
      },
      topIps: valueOf(topIps),
      topAsns: valueOf(topAsns),
      countries: valueOf(countries),
      ports: valueOf(ports),
      failed: Object.fromEntries(errors.map(({ part, error }) => [part, errorInWords(error)])),
    },
    gaps: joinGaps(Object.values(parts).map((result) => (result.ok ? gapsOf(result.value) : null))),
    isWhole: true,
  });
}

function valueOf<T>(result: ApiResult<T>): T | null {
  return result.ok ? result.value.value : null;
}

const samplesOf = (atMs: readonly number[], series: Series): readonly Sample[] =>
  atMs.map((at, index) => ({ atMs: at, value: series[index] ?? null }));
