import type { Instance } from '../../preload/contract/instance.ts';
import type { Clock } from '../clock/index.ts';

export interface ReadinessOptions {
  readonly clock: Clock;
  /** Where an instance answers on SSH, in words; null while it does not. */
  readonly probe: (instance: Instance) => Promise<string | null>;
  /** The instance as it is now; null when there is nothing to wait for any more. */
  readonly runningNow: () => Instance | null;
}

/** How waiting ended: `address` is null where patience did. */
export type Readiness =
  { readonly kind: 'tried'; readonly address: string | null } | { readonly kind: 'off' };

const betweenMs = 5_000;
const patienceMs = 90_000;

/** Waits until a new server answers on SSH, 90 s at most: booting takes longer than "running" says. */
export async function waitUntilReachable({ clock, probe, runningNow }: ReadinessOptions): Promise<Readiness> {
  const untilMs = clock.monotonicMs() + patienceMs;
  for (let instance = runningNow(); instance !== null; instance = runningNow()) {
    const address = await probe(instance);
    if (runningNow() === null) break;
    if (address !== null || clock.monotonicMs() >= untilMs) return { kind: 'tried', address };
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, betweenMs);
    });
  }
  return { kind: 'off' };
}
