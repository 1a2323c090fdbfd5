/** The part of `Headers` that is read. */
export interface AnswerHeaders {
  get(name: string): string | null;
  forEach(tell: (value: string, name: string) => void): void;
}

/** The part of a `Response` that is read. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: AsyncIterable<Uint8Array> | null;
  /** `opaqueredirect`: the server wanted the request sent elsewhere. */
  readonly type?: string;
}

/** What a request is made of. */
export type FetchInit = Pick<RequestInit, 'method' | 'redirect' | 'credentials' | 'cache'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

/** What holds for each request: no redirect is followed, no cookie goes beside the token, nothing of an answer is on the disk. */
export const requestRules = { redirect: 'manual', credentials: 'omit', cache: 'no-store' } as const;

/**
 * The part of `fetch` that the client uses: Node's, or one by Electron's `net`. `onTaken` is called once the network has
 * taken the request over and reads nothing more of `init`; one that does not call it is taken to be done with its answer.
 */
export type Fetch = (url: string, init: FetchInit, onTaken?: () => void) => Promise<FetchAnswer>;

/** Where no headers came. `new Headers()` would load Node's fetch, which holds the thread for 20 to 30 ms. */
export const noHeaders: AnswerHeaders = { get: () => null, forEach: () => undefined };
