import type { PageError } from '../../preload/contract/app.ts';
import { client } from '../client.ts';

/** As the contract takes them. */
const mostMessageChars = 2_000;
const mostStackChars = 8_000;

/** Chromium's word for an observer that had to wait for the next frame: nothing is wrong. */
const harmless = /^ResizeObserver loop/;

/** What was thrown, as main takes it. */
export function pageErrorOf(where: PageError['where'], thrown: unknown): PageError {
  const isError = thrown instanceof Error;
  const message = isError ? `${thrown.name}: ${thrown.message}` : `A ${typeof thrown} was thrown.`;
  const stack = isError ? (thrown.stack ?? null) : null;
  return {
    where,
    message: message.slice(0, mostMessageChars),
    stack: stack?.slice(0, mostStackChars) ?? null,
  };
}

/** Has an error of the page logged; gives what is to be copied of it. Never rejects. */
export async function reportError(where: PageError['where'], thrown: unknown): Promise<string> {
  const error = pageErrorOf(where, thrown);
  try {
    const reported = await client.app.reportError(error);
    if (reported.ok) return reported.value.details;
  } catch {
    // Without main there is no log, and still something to copy.
  }
  return error.stack ?? error.message;
}

/** What the page threw in an event or a promise, and nobody caught. */
class UnexpectedErrors {
  #details = $state.raw<string | null>(null);

  /** Of the last one that was not dismissed; null: none. */
  get details(): string | null {
    return this.#details;
  }

  /** Listens for the life of the window. */
  follow(): void {
    window.addEventListener('error', (event) => {
      if (event.error === null && harmless.test(event.message)) return;
      void this.#caught('event', event.error ?? new Error(event.message));
    });
    window.addEventListener('unhandledrejection', ({ reason }) => void this.#caught('promise', reason));
  }

  dismiss(): void {
    this.#details = null;
  }

  async #caught(where: PageError['where'], thrown: unknown): Promise<void> {
    this.#details = await reportError(where, thrown);
  }
}

/** The window's. */
export const unexpectedErrors = new UnexpectedErrors();
