import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Clock } from '../../clock/index.ts';
import type { HostOfAccount } from '../expected-host-keys.ts';
import { isExpectedAt } from '../expected-until.ts';

/** Servers that were reinstalled: until when a new host key is expected of each, unless it was accepted before. */
export class ExpectedKeys {
  readonly #clock: Clock;
  readonly #untilMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One new key is expected until a moment (epoch). */
  expect(of: HostOfAccount, untilMs: number): void {
    this.#untilMs.set(nameOf(of), untilMs);
  }

  /** It was accepted: no other one is expected. */
  taken(of: HostOfAccount): void {
    this.#untilMs.delete(nameOf(of));
  }

  accountGone(accountId: AccountId): void {
    for (const name of this.#untilMs.keys()) if (name.startsWith(`${accountId} `)) this.#untilMs.delete(name);
  }

  /** Judged by the clock as it is now: a process may outlive the day. */
  isExpected(of: HostOfAccount): boolean {
    const untilMs = this.#untilMs.get(nameOf(of));
    return untilMs !== undefined && isExpectedAt(untilMs, this.#clock.now());
  }
}

const nameOf = ({ accountId, host, port }: HostOfAccount): string => `${accountId} ${host} ${port}`;
