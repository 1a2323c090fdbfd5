import { isEventStream, parseAnswer, type ParsedBody } from './answer-body.ts';
import { PiecewiseBody } from './piecewise-body.ts';
import type { AnswerHeaders } from './fetch.ts';

/** Smaller answers are parsed in less than 10 ms. */
const largeBytes = 512 * 1024;

interface Kept<T> {
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly answer: T;
}

/**
 * Keeps the last large answer to a read, as its bytes and as what was made of them: one that is polled and came again byte
 * for byte is neither parsed nor decoded again, and of one that changed what changed is parsed.
 */
export class LastLargeAnswer<T> {
  #kept: Kept<T> | null = null;
  readonly #body = new PiecewiseBody();

  /** What was made of the same bytes from the same address; null where they are others. */
  of(url: URL, bytes: Uint8Array): T | null {
    const kept = this.#kept;
    return kept?.url === url.href && Buffer.compare(kept.bytes, bytes) === 0 ? kept.answer : null;
  }

  /** Parses an answer; a large one in pieces, between which others have their turn. */
  async parse(headers: AnswerHeaders, bytes: Uint8Array): Promise<ParsedBody> {
    const isLarge = bytes.byteLength >= largeBytes && !isEventStream(headers);
    return isLarge ? this.#body.parse(bytes) : parseAnswer(headers, bytes);
  }

  /** A small answer leaves the large one where it is. */
  keep(url: URL, bytes: Uint8Array, answer: T): void {
    if (bytes.byteLength >= largeBytes) this.#kept = { url: url.href, bytes, answer };
  }
}
