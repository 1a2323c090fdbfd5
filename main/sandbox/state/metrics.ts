import { hash } from '../random.ts';
import { metricPeriods, type MetricPeriod } from '../../../preload/contract/instance.ts';
import { knownPlan } from './catalog.ts';
import type { InstanceRecord } from './instances.ts';
import { createSignal, grain, type Signal } from './signal.ts';

const minuteMs = 60_000;
/** Programs hold on to their memory: it moves little. */
const memorySwing = 0.12;

/** Length of a period and distance of its points. */
const periodTerms: Readonly<Record<MetricPeriod, { readonly lengthMs: number; readonly stepMs: number }>> = {
  '5m': { lengthMs: 5 * minuteMs, stepMs: 5_000 },
  '30m': { lengthMs: 30 * minuteMs, stepMs: 20_000 },
  '1h': { lengthMs: 60 * minuteMs, stepMs: 30_000 },
  '6h': { lengthMs: 360 * minuteMs, stepMs: 180_000 },
  '12h': { lengthMs: 720 * minuteMs, stepMs: 300_000 },
  '24h': { lengthMs: 1440 * minuteMs, stepMs: 600_000 },
};

/** One reading, in the units of the reference: per cent, kB and bytes mixed, counters for the network. */
export interface MetricPoint {
  readonly atMs: number;
  readonly cpuPercent: number | null;
  readonly memoryUsedKb: number | null;
  readonly diskUsedBytes: number | null;
  readonly rxBytes: number | null;
  readonly txBytes: number | null;
}

export function isMetricPeriod(text: string): text is MetricPeriod {
  return (metricPeriods as readonly string[]).includes(text);
}

/** Metrics that look alive; the same for the same server and time. */
export class Metrics {
  /** The account's history has a spike, a gap and a counter reset at fixed distances from here. */
  readonly #startedAtMs: number;

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  /** The reading at a time; all null while the server was off. */
  point(record: InstanceRecord, atMs: number): MetricPoint {
    if (record.bootedAtMs === null || atMs < record.bootedAtMs) return emptyPoint(atMs);
    const { ramGb, storageGb } = knownPlan(record.packageId);
    const curves = curvesOf(record.name);
    const totalKb = ramGb * 1024 * 1024;
    const isGap = this.#isGap(atMs);
    const resetAtMs = this.#countersSince(record, atMs);
    return {
      atMs,
      cpuPercent: round(
        Math.min(99, curves.cpu.at(atMs) + 3 * grain(record.name, atMs) + this.#spike(record, atMs)),
      ),
      memoryUsedKb: isGap ? null : Math.round(totalKb * Math.min(0.96, curves.memory.at(atMs))),
      diskUsedBytes: Math.round(storageGb * 1024 ** 3 * (0.2 + curves.disk * 0.4)),
      rxBytes: isGap ? null : Math.round(curves.rx.integral(resetAtMs, atMs)),
      txBytes: isGap ? null : Math.round(curves.tx.integral(resetAtMs, atMs)),
    };
  }

  /** The points of a period up to now, oldest first, on times that do not move between two requests. */
  history(record: InstanceRecord, period: MetricPeriod, nowMs: number): readonly MetricPoint[] {
    const { lengthMs, stepMs } = periodTerms[period];
    const lastMs = Math.floor(nowMs / stepMs) * stepMs;
    const count = lengthMs / stepMs;
    return Array.from({ length: count }, (_, index) =>
      this.point(record, lastMs - (count - 1 - index) * stepMs),
    );
  }

  /** Seven minutes of high load a quarter of an hour before the start, on the first web servers. */
  #spike(record: InstanceRecord, atMs: number): number {
    const minutesBefore = (this.#startedAtMs - atMs) / minuteMs;
    return record.name.startsWith('api-prod') && minutesBefore >= 8 && minutesBefore <= 15 ? 52 : 0;
  }

  /** Five minutes in which the collector was away. */
  #isGap(atMs: number): boolean {
    const minutesBefore = (this.#startedAtMs - atMs) / minuteMs;
    return minutesBefore >= 35 && minutesBefore <= 40;
  }

  /** Counters begin at the boot, and once more when the hypervisor lost them 22 minutes before the start. */
  #countersSince(record: InstanceRecord, atMs: number): number {
    const bootedAtMs = record.bootedAtMs ?? atMs;
    const lostAtMs = this.#startedAtMs - 22 * minuteMs;
    return record.name === 'api-prod-2' && atMs >= lostAtMs ? Math.max(bootedAtMs, lostAtMs) : bootedAtMs;
  }
}

interface Curves {
  readonly cpu: Signal;
  readonly memory: Signal;
  readonly disk: number;
  readonly rx: Signal;
  readonly tx: Signal;
}

function curvesOf(name: string): Curves {
  const level = (what: string, low: number, high: number): number =>
    low + ((hash(`${name}/${what}`) % 1000) / 1000) * (high - low);
  const rxMean = level('rx', 90_000, 600_000);
  return {
    cpu: createSignal(`${name}/cpu`, name.startsWith('db') ? level('cpu', 30, 42) : level('cpu', 4, 24)),
    memory: createSignal(`${name}/memory`, level('memory', 0.4, 0.7), memorySwing),
    disk: level('disk', 0, 1),
    rx: createSignal(`${name}/rx`, rxMean),
    tx: createSignal(`${name}/tx`, rxMean * level('tx', 0.2, 0.7)),
  };
}

function emptyPoint(atMs: number): MetricPoint {
  return {
    atMs,
    cpuPercent: null,
    memoryUsedKb: null,
    diskUsedBytes: null,
    rxBytes: null,
    txBytes: null,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
