import type { SessionId } from '../../../preload/contract/brands.ts';
import type { FromSshProcess, SecretKind, SecretPlace } from '../protocol.ts';

/** Asks main for secrets that the keychain keeps, and hands on what it says. */
export class SecretRequests {
  readonly #send: (message: FromSshProcess) => void;
  readonly #waiting = new Map<number, (secret: string | null) => void>();
  #lastId = 0;

  constructor(send: (message: FromSshProcess) => void) {
    this.#send = send;
  }

  /** Gives a kept secret; null where there is none, or none can be had. */
  ask(sessionId: SessionId, kind: SecretKind, place: SecretPlace): Promise<string | null> {
    const requestId = (this.#lastId += 1);
    return new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#send({ type: 'secret-wanted', requestId, sessionId, kind, place });
    });
  }

  /** Main has answered. */
  answered(requestId: number, secret: string | null): void {
    this.#waiting.get(requestId)?.(secret);
    this.#waiting.delete(requestId);
  }
}
