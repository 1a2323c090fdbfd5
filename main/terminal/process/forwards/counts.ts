import type { PortTraffic } from '../../../../preload/contract/port-forwards.ts';

/** Counts what goes through one port forward. */
export class Counts {
  readonly #changed: () => void;
  #now: PortTraffic = { bytesUp: 0, bytesDown: 0, openNow: 0, openedTotal: 0, problem: null };

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get now(): PortTraffic {
    return this.#now;
  }

  /** Bytes from this computer to the instance. */
  readonly up = (bytes: number): void => this.#set({ bytesUp: this.#now.bytesUp + bytes });

  readonly down = (bytes: number): void => this.#set({ bytesDown: this.#now.bytesDown + bytes });

  opened(): void {
    this.#set({ openNow: this.#now.openNow + 1, openedTotal: this.#now.openedTotal + 1 });
  }

  closed(): void {
    this.#set({ openNow: this.#now.openNow - 1 });
  }

  /** A connection was made, or could not be: why. */
  connected(problem: string | null): void {
    if (problem !== this.#now.problem) this.#set({ problem });
  }

  #set(part: Partial<PortTraffic>): void {
    this.#now = { ...this.#now, ...part };
    this.#changed();
  }
}
