import type { PortFromConsole } from '../../preload/contract/console.ts';
import { ClientMessages, withoutLedState, type ClientMessage } from './client-messages.ts';
import { tooSlow, brokenProtocol, type Ending } from './disconnect-reason.ts';
import { PageGreeting } from './page-greeting.ts';
import type { SecureSocket } from './secure-socket.ts';

/** What a relay stands between. */
export interface RelayOptions {
  readonly socket: Pick<SecureSocket, 'send' | 'pause' | 'resume'>;
  readonly toPage: (message: PortFromConsole) => void;
  /** Sends a key of the page, in its turn; resolves when the connection has taken it. */
  readonly onKey: (key: Uint8Array) => Promise<void>;
  /** One side broke the rules. */
  readonly onBroken: (ending: Ending) => void;
}

/** So many bytes of the screen may be on their way to the page before the server has to wait. */
const pauseAtBytes = 4 * 1024 * 1024;
const resumeAtBytes = 1024 * 1024;
/** The page waits for acknowledgements long before so much is unsent. */
const mostUnsentBytes = 4 * 1024 * 1024;

/** Carries bytes between a console and its page, as fast as the slower of the two takes them. */
export class Relay {
  readonly #options: RelayOptions;
  readonly #greeting = new PageGreeting();
  readonly #messages = new ClientMessages();
  #toPageBytes = 0;
  #isPaused = false;
  #unsentBytes = 0;

  /** Begins the page's stream. */
  constructor(options: RelayOptions) {
    this.#options = options;
    this.fromServer(this.#greeting.opening);
  }

  fromServer(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#toPageBytes += bytes.length;
    // A copy: with a part of a buffer that Node shares out goes all of it, and others keep secrets in theirs.
    this.#options.toPage({ type: 'data', bytes: new Uint8Array(bytes) });
    if (!this.#isPaused && this.#toPageBytes > pauseAtBytes) {
      this.#isPaused = true;
      this.#options.socket.pause();
    }
  }

  /** The page has taken so many bytes more. */
  acknowledged(bytes: number): void {
    this.#toPageBytes = Math.max(0, this.#toPageBytes - bytes);
    if (this.#isPaused && this.#toPageBytes < resumeAtBytes) {
      this.#isPaused = false;
      this.#options.socket.resume();
    }
  }

  fromPage(bytes: Uint8Array): void {
    const step = this.#greeting.take(bytes);
    const messages = step === null ? null : this.#messages.take(step.rest);
    if (step === null || messages === null) {
      this.#options.onBroken(brokenProtocol());
      return;
    }
    this.fromServer(step.reply);
    this.#unsentBytes += bytes.length;
    if (this.#unsentBytes > mostUnsentBytes) {
      this.#options.onBroken(tooSlow());
      return;
    }
    void Promise.all(messages.map((message) => this.#pass(message))).then(() => {
      this.#unsentBytes -= bytes.length;
      this.#options.toPage({ type: 'ack', bytes: bytes.length });
    });
  }

  #pass({ kind, bytes }: ClientMessage): Promise<void> {
    const { socket, onKey } = this.#options;
    switch (kind) {
      case 'key':
        return onKey(bytes);
      case 'encodings':
        return socket.send(withoutLedState(bytes));
      case 'other':
        return socket.send(bytes);
    }
  }
}
