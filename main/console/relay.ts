import type { PortFromConsole } from '../../preload/contract/console.ts';
import { tooSlow, brokenProtocol, type Ending } from './ending.ts';
import { PageGreeting } from './page-greeting.ts';
import type { SecureSocket } from './secure-socket.ts';

/** What a relay stands between. */
export interface RelayOptions {
  readonly socket: Pick<SecureSocket, 'send' | 'pause' | 'resume'>;
  readonly toPage: (message: PortFromConsole) => void;
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
    if (step === null) {
      this.#options.onBroken(brokenProtocol());
      return;
    }
    this.fromServer(step.reply);
    void this.#send(step.rest).then(() => this.#options.toPage({ type: 'ack', bytes: bytes.length }));
  }

  /** Key events that the app itself types; resolves when the connection has taken them. */
  sendKeys(keys: Uint8Array): Promise<void> {
    return this.#send(keys);
  }

  async #send(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#unsentBytes += bytes.length;
    if (this.#unsentBytes > mostUnsentBytes) {
      this.#options.onBroken(tooSlow());
      return;
    }
    await this.#options.socket.send(bytes);
    this.#unsentBytes -= bytes.length;
  }
}
