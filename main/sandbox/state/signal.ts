import { hash } from '../random.ts';

/** A smooth curve that looks like load: a daily shape and waves of unlike length, the same in every run. */
export interface Signal {
  /** The value at an epoch time: around `mean`, never below zero. */
  at(atMs: number): number;
  /** The integral from `fromMs` to `toMs`, value × seconds: what a counter has counted. */
  integral(fromMs: number, toMs: number): number;
}

interface Wave {
  readonly amplitude: number;
  readonly periodMs: number;
  readonly phase: number;
}

/** Periods that share no multiple, and the share of the mean each moves; they add up to less than 1. */
const waveShapes = [
  { share: 0.3, periodMs: 86_400_000 },
  { share: 0.22, periodMs: 5_437_000 },
  { share: 0.16, periodMs: 1_311_000 },
  { share: 0.12, periodMs: 287_000 },
  { share: 0.08, periodMs: 61_000 },
] as const;

/**
 * `name` decides the phases: another name is another curve. `swing` from 0 to 1 says how much it moves: load
 * by a lot, memory by little.
 */
export function createSignal(name: string, mean: number, swing = 1): Signal {
  const waves: readonly Wave[] = waveShapes.map(({ share, periodMs }, index) => ({
    amplitude: share * mean * swing,
    periodMs,
    phase: ((hash(`${name}/${index}`) % 10_000) / 10_000) * 2 * Math.PI,
  }));
  const angle = (wave: Wave, atMs: number): number => (2 * Math.PI * atMs) / wave.periodMs + wave.phase;
  const antiderivative = (atMs: number): number =>
    waves.reduce((sum, wave) => {
      const perSecond = (2 * Math.PI * 1000) / wave.periodMs;
      return sum - (wave.amplitude / perSecond) * Math.cos(angle(wave, atMs));
    }, 0);

  return {
    at: (atMs) => waves.reduce((sum, wave) => sum + wave.amplitude * Math.sin(angle(wave, atMs)), mean),
    integral: (fromMs, toMs) =>
      (mean * (toMs - fromMs)) / 1000 + antiderivative(toMs) - antiderivative(fromMs),
  };
}

/** A number in [0, 1) for a name and a time: the grain on a smooth curve. */
export function grain(name: string, atMs: number): number {
  return (hash(`${name}@${atMs}`) % 1000) / 1000;
}
