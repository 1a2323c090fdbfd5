import type { CpuTrend, Metrics } from '../../../preload/contract/instance.ts';

/** As many points as a sparkline can show: what crosses for each row of the list is small. */
const maxPoints = 40;

/** The CPU of an answer in few points, each the mean of its neighbours; a point without any value is a gap. */
export function cpuTrendOf({ instanceId, cpuPercent, current }: Metrics): CpuTrend {
  const size = Math.max(1, Math.ceil(cpuPercent.length / maxPoints));
  const points = Array.from({ length: Math.ceil(cpuPercent.length / size) }, (_, index) => {
    const known = cpuPercent.slice(index * size, (index + 1) * size).filter((value) => value !== null);
    if (known.length === 0) return null;
    return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 10) / 10;
  });
  const newest = cpuPercent.findLast((value) => value !== null) ?? null;
  return { instanceId, cpuPercent: points, currentPercent: current.cpuPercent ?? newest };
}
