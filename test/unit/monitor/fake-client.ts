import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { ApiClient, EndpointId } from '../../../main/api/index.ts';

interface Call {
  readonly id: EndpointId;
  readonly input: unknown;
}

/** A client whose answers a test sets by endpoint; what has none is not found. It remembers its calls. */
export class FakeClient {
  readonly calls: Call[] = [];
  readonly #answers = new Map<EndpointId, () => unknown>();
  readonly #errors = new Map<EndpointId, ApiError>();
  readonly #held = new Map<EndpointId, Promise<void>>();

  /** Sets what an endpoint answers from now on; a function is asked each time. */
  answer(id: EndpointId, value: unknown): void {
    this.#errors.delete(id);
    this.#answers.set(id, typeof value === 'function' ? (value as () => unknown) : () => value);
  }

  fail(id: EndpointId, error: ApiError): void {
    this.#errors.set(id, error);
  }

  /** Holds an endpoint's answers back; gives what lets them go. */
  hold(id: EndpointId): () => void {
    let release = (): void => undefined;
    const promise = new Promise<void>((resolve) => (release = resolve));
    this.#held.set(id, promise);
    return () => {
      this.#held.delete(id);
      release();
    };
  }

  count(id: EndpointId): number {
    return this.calls.filter((call) => call.id === id).length;
  }

  readonly waitMs = (): number => 0;

  // The answers are what the test says they are: it knows the endpoint's type.
  readonly request = (async (id: EndpointId, input: unknown, options?: { readonly signal?: AbortSignal }) => {
    const signal = options?.signal;
    if (signal?.aborted) return fail<ApiError>({ kind: 'aborted' });
    this.calls.push({ id, input });
    const held = this.#held.get(id);
    if (held) {
      const aborted = new Promise<void>((resolve) =>
        signal?.addEventListener('abort', () => {
          resolve();
        }),
      );
      await Promise.race([held, aborted]);
      if (signal?.aborted) return fail<ApiError>({ kind: 'aborted' });
    }
    const error = this.#errors.get(id);
    const made = this.#answers.get(id);
    if (error) return fail(error);
    if (!made) return fail<ApiError>({ kind: 'not-found', message: 'Not found' });
    return ok({
      value: made(),
      drift: [],
      unreadable: new Map(),
      serverTimeMs: null,
      unchanged: false,
      truncated: false,
      total: null,
      unusable: 0,
      isWhole: true,
    });
  }) as ApiClient['request'];
}
