import type { StateKind } from '../../preload/contract/instance.ts';
import type { SparkValues } from '../components/data/sparkline-path.ts';

/** A course that looks alive around a level, the same for the same seed. */
export function cpuValues(seed: number, level: number): SparkValues {
  return Array.from({ length: 40 }, (_, index) => {
    const wave = Math.sin(index * 0.7 + seed * 1.7) + Math.sin(index * 1.9 + seed * 0.6);
    return level + wave * level * 0.12;
  });
}

/** An instance as the gallery's list shows it. */
export interface SampleInstance {
  readonly id: string;
  readonly name: string;
  readonly kind: StateKind;
  readonly word: string;
  readonly plan: string;
  readonly size: string;
  readonly address: string | null;
  readonly cpuPercent: number | null;
  readonly renews: string;
  readonly monthlyCents: number;
}

const states: readonly (readonly [StateKind, string])[] = [
  ['running', 'Running'],
  ['running', 'Running'],
  ['failed', 'Build failed'],
  ['transition', 'Provisioning'],
  ['suspended', 'Suspended'],
  ['stopped', 'Stopped'],
  ['running', 'Running'],
  ['deletion', 'Ends 20 Jun'],
  ['unknown', 'migrating_v2'],
];
const names = [
  'api-prod',
  'web',
  'broken-build',
  'build',
  'billing-old',
  'staging',
  'db-primary',
  'mail',
  'ns',
];
const plans = [
  ['scout-2', '2 vCPU · 4 GB · 60 GB'],
  ['scout-1', '1 vCPU · 2 GB · 30 GB'],
  ['ranger-2', '2 vCPU · 4 GB · 80 GB'],
] as const;

/** So many made-up instances, in every state in turn. */
export function sampleInstances(count: number): readonly SampleInstance[] {
  return Array.from({ length: count }, (_, index) => {
    const [kind, word] = states[index % states.length] ?? ['unknown', 'unknown'];
    const [plan, size] = plans[index % plans.length] ?? plans[0];
    return {
      id: String(index),
      name: `${names[index % names.length] ?? 'web'}-${index + 1}`,
      kind,
      word,
      plan,
      size,
      address: kind === 'transition' ? null : `203.0.${113 + Math.floor(index / 250)}.${(index % 250) + 1}`,
      cpuPercent: kind === 'running' ? 6 + ((index * 13) % 70) : null,
      renews: '14 Jun',
      monthlyCents: 500 * (1 + (index % 4)),
    };
  });
}
