import { fail, type Result } from '../../preload/contract/result.ts';
import type { SshAnswers, SshRequest } from './requests.ts';
import type { ToSshProcess } from './protocol.ts';

/** The answer to a request. */
export type SshAnswer<R extends SshRequest> = Result<SshAnswers[R['kind']]>;

/** What main waits for from the ssh process, by the number of the request. */
export class SshRequests {
  readonly #waiting = new Map<number, (answer: Result<never>) => void>();
  #lastId = 0;

  /** Nothing is waited for. */
  get isIdle(): boolean {
    return this.#waiting.size === 0;
  }

  send<R extends SshRequest>(
    to: { postMessage(message: ToSshProcess): void },
    request: R,
  ): Promise<SshAnswer<R>> {
    const requestId = (this.#lastId += 1);
    to.postMessage({ type: 'request', requestId, request });
    return new Promise<SshAnswer<R>>((resolve) => this.#waiting.set(requestId, resolve));
  }

  /** Our own process answers, whose answers are typed on its side. */
  received(requestId: number, answer: Result<unknown>): void {
    this.#waiting.get(requestId)?.(answer as Result<never>);
    this.#waiting.delete(requestId);
  }

  /** The process is gone: nothing more comes. */
  gone(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const answer of waiting)
      answer(fail({ kind: 'refused', message: 'The terminals’ process ended meanwhile. Try again.' }));
  }
}
