import type { SshProbe } from '../../preload/contract/create.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Clock } from '../clock/index.ts';

export interface ReadinessOptions {
  readonly clock: Clock;
  /** What is at an instance's SSH port. */
  readonly probe: (instance: Instance) => Promise<SshProbe>;
  /** The instance as it is now; null when there is nothing to wait for any more. */
  readonly runningNow: () => Instance | null;
}

/** How waiting ended: with an answer, or with what was found last where patience did. */
export type Readiness = { readonly kind: 'tried'; readonly found: SshProbe } | { readonly kind: 'off' };

const betweenMs = 5_000;
const patienceMs = 90_000;

/** Waits until a new instance answers on SSH, 90 s at most: booting takes longer than "running" says. */
export async function waitUntilReachable({ clock, probe, runningNow }: ReadinessOptions): Promise<Readiness> {
  const untilMs = clock.monotonicMs() + patienceMs;
  for (let instance = runningNow(); instance !== null; instance = runningNow()) {
    const found = await probe(instance);
    if (runningNow() === null) break;
    if (found.kind === 'answers' || clock.monotonicMs() >= untilMs) return { kind: 'tried', found };
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, betweenMs);
    });
  }
  return { kind: 'off' };
}
