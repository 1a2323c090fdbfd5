import { momentOf, type Clock } from './time.ts';

export interface ReadinessOptions {
  readonly clock: Clock;
  /** Whether something accepts connections at an address's SSH port; false, too, when it cannot be told. */
  readonly probe: (address: string) => Promise<boolean>;
  /** Whether it is still worth waiting. */
  readonly goesOn: () => boolean;
}

const betweenMs = 5_000;
const patienceMs = 90_000;

/**
 * Waits until a new server answers on its SSH port: booting takes longer than "running" says. Gives false
 * after 90 s, and null when waiting became pointless.
 */
export async function waitUntilReachable(
  address: string,
  options: ReadinessOptions,
): Promise<boolean | null> {
  const { clock, probe, goesOn } = options;
  const untilMs = momentOf(clock).monotonicMs + patienceMs;
  for (;;) {
    const answers = await probe(address);
    if (!goesOn()) return null;
    if (answers) return true;
    if (clock.monotonicMs() >= untilMs) return false;
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, betweenMs);
    });
    if (!goesOn()) return null;
  }
}
