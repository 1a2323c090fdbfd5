import type { NetworkInterfaceInfo } from 'node:os';
import type { WallClock } from '../clock/index.ts';

/** So often it looks: what is lost without a change shows by the keepalive. */
const intervalMs = 5_000;

export interface NetworkWatchParts {
  readonly clock: WallClock;
  /** The machine's network interfaces, as `os.networkInterfaces` gives them. */
  readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** There is a network, and it is another one than before: other addresses, or there was none. */
  readonly onChanged: () => void;
}

/** Sees that this computer came to another network, or back to one, while somebody needs to know. */
export class NetworkWatch {
  readonly #parts: NetworkWatchParts;
  #seen = '';
  #cancel: (() => void) | null = null;

  constructor(parts: NetworkWatchParts) {
    this.#parts = parts;
  }

  /** Looks from now on, or no more. */
  setActive(isActive: boolean): void {
    if (isActive === (this.#cancel !== null)) return;
    if (isActive) {
      this.#seen = this.#addresses();
      this.#wait();
    } else {
      this.#cancel?.();
      this.#cancel = null;
    }
  }

  #wait(): void {
    this.#cancel = this.#parts.clock.setTimeout(() => this.#look(), intervalMs);
  }

  #look(): void {
    this.#wait();
    const now = this.#addresses();
    if (now === this.#seen) return;
    this.#seen = now;
    // Without a network nobody answers: what is asked then would end a session that a moment later goes on.
    if (now !== '') this.#parts.onChanged();
  }

  /** The addresses that lead out of this computer. Those of a link alone come and go with containers. */
  #addresses(): string {
    return Object.entries(this.#parts.interfaces())
      .flatMap(([name, infos = []]) =>
        infos
          .filter(({ internal, address }) => !internal && !/^(?:fe[89ab]|169\.254\.)/i.test(address))
          .map(({ address }) => `${name} ${address}`),
      )
      .sort()
      .join('\n');
  }
}
