import { classifyFailure, type FailureKind } from './failure.ts';
import {
  noHeaders,
  requestRules,
  type AnswerHeaders,
  type Fetch,
  type FetchAnswer,
  type FetchInit,
} from './fetch.ts';

/** An answer with its whole body, which is empty for a 204. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly bytes: Uint8Array;
}

/** Why there is no whole answer. `status` is 0, and `headers` are empty, where no headers came. */
export interface ExchangeFailure {
  readonly kind: FailureKind | 'aborted' | 'too-large';
  readonly status: number;
  readonly headers: AnswerHeaders;
}

export type Exchange =
  { readonly ok: true; readonly value: RawAnswer } | { readonly ok: false; readonly error: ExchangeFailure };

/**
 * Sends one request once and reads its body, counting decompressed bytes as they come: a body that grows beyond
 * `bodyLimitBytes` is dropped there. Redirects are answers here, never followed. `signal` ends it at any point,
 * also where `fetch` does not listen to it. `onTaken` is called as `Fetch` says, if at all.
 */
export async function exchange(
  fetch: Fetch,
  url: URL,
  init: FetchInit,
  bodyLimitBytes: number,
  signal: AbortSignal,
  onTaken: () => void = () => undefined,
): Promise<Exchange> {
  const stop = new AbortController();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true, signal: stop.signal });
  });
  let head: Pick<RawAnswer, 'status' | 'headers'> = { status: 0, headers: noHeaders };
  try {
    const response = await Promise.race([
      fetch(
        url.href,
        {
          ...init,
          ...requestRules,
          signal: AbortSignal.any([signal, stop.signal]),
        },
        onTaken,
      ),
      aborted,
    ]);
    if (response === 'aborted') return failed('aborted', head);
    head = { status: response.status, headers: response.headers };
    if (isRedirect(response)) return failed('redirect', head);
    const bytes = await readBody(response, bodyLimitBytes, aborted);
    if (bytes === 'aborted' || bytes === 'too-large') return failed(bytes, head);
    return { ok: true, value: { ...head, bytes } };
  } catch (error) {
    return failed(signal.aborted ? 'aborted' : classifyFailure(error), head);
  } finally {
    // Ends what is still under way: an unread body, a fetch that nobody waits for.
    stop.abort();
  }
}

function failed(kind: ExchangeFailure['kind'], head: Omit<ExchangeFailure, 'kind'>): Exchange {
  return { ok: false, error: { kind, ...head } };
}

function isRedirect(response: FetchAnswer): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
}

async function readBody(
  response: FetchAnswer,
  limitBytes: number,
  aborted: Promise<'aborted'>,
): Promise<Uint8Array | 'aborted' | 'too-large'> {
  if (response.status === 204 || response.body === null) return new Uint8Array();
  const parts = response.body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const part = await Promise.race([parts.next(), aborted]);
    if (part === 'aborted') return 'aborted';
    if (part.done === true) return Buffer.concat(chunks, sizeBytes);
    sizeBytes += part.value.byteLength;
    if (sizeBytes > limitBytes) {
      for (const chunk of chunks) free(chunk);
      return 'too-large';
    }
    chunks.push(part.value);
  }
}

/**
 * Gives back memory at once that would wait for a garbage collection: five dropped bodies in a row would add up until
 * then. Not where a chunk shares its memory with others, nor in a Node without `transfer` (before 22).
 */
function free({ buffer, byteLength }: Uint8Array): void {
  const owned = buffer as ArrayBufferLike & { readonly transfer?: (newLength: number) => unknown };
  if (buffer.byteLength === byteLength) owned.transfer?.(0);
}
