import type { Clock } from '../../clock/index.ts';
import type { ShownHostKey } from './connection-parts.ts';
import type { Deadline } from './deadline.ts';

export interface HostKeyQuestionParts {
  readonly clock: Clock;
  /** Stands still while the user looks at the key. */
  readonly deadline: Deadline;
  /** The connection is let go after so long, before the server's patience is at its end. */
  readonly limitMs: number;
  readonly letGo: () => void;
  readonly ask: (key: ShownHostKey) => Promise<boolean>;
}

/**
 * The question whether a host key is trusted. It outlives a connection that was let go meanwhile: then its answer makes
 * another one, and how this one ended is of no interest.
 */
export class HostKeyQuestion {
  readonly #parts: HostKeyQuestionParts;
  #isOpen = false;

  constructor(parts: HostKeyQuestionParts) {
    this.#parts = parts;
  }

  /** The user is asked: the answer decides what comes of the connection. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  async ask(key: ShownHostKey): Promise<boolean> {
    const { clock, deadline, limitMs, letGo, ask } = this.#parts;
    const cancelLetGo = clock.setTimeout(letGo, limitMs);
    this.#isOpen = true;
    try {
      return await deadline.pauseWhile(() => ask(key));
    } finally {
      this.#isOpen = false;
      cancelLetGo();
    }
  }
}
