import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { parseBody } from './answer-body.ts';
import type { Clock } from '../clock/index.ts';
import { wait } from './wait.ts';
import { exchange, type RawAnswer } from './exchange.ts';
import type { Fetch, AnswerHeaders, FetchInit } from './fetch.ts';
import { lostError } from './lost-error.ts';
import { backoffMs, RateGate } from './retry.ts';
import { requestHeaders } from './request-headers.ts';
import type { EndpointId, Route } from './routes.ts';
import { statusError } from './status-error.ts';
import { Throttle, type Priority } from './throttle.ts';
import {
  lentBefore,
  takesWriteToken,
  type AbilityNews,
  type LendWriteToken,
  type LentToken,
  type TokenRole,
} from './write-token.ts';

/** What the client is built with; everything from outside is injected. */
export interface ClientOptions {
  /** As `parseBaseUrl` gives it. */
  readonly baseUrl: string;
  /** Null where nobody is signed in: only public endpoints answer then. */
  readonly token: string | null;
  /** Fetches the account's second token, for what changes something or reveals a secret. None: `token` does for everything. */
  readonly lendWriteToken?: LendWriteToken;
  /** Told by each answer what it says of a token's abilities. */
  readonly onAbilityNews?: (news: AbilityNews) => void;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** [0, 1): the jitter of repetitions. */
  readonly random: () => number;
  /** Gets one entry for each request that was sent. No addresses, no bodies: nothing secret can be in it. */
  readonly log: (entry: RequestLog) => void;
  /** Told what our own code threw: the caller gets it as an answer that was lost. Without this it is thrown on. */
  readonly onBug?: (cause: unknown) => void;
}

/** A request that was sent, for the log. */
export interface RequestLog {
  readonly endpoint: EndpointId;
  /** 0 for the first try, then the number of the repetition. */
  readonly attempt: number;
  /** 0 where no answer came. */
  readonly status: number;
  readonly durationMs: number;
  readonly bytes: number;
  /** `ok`, or what went wrong. */
  readonly outcome: string;
}

/** One request, ready to be sent. */
export interface WireRequest {
  readonly endpoint: EndpointId;
  readonly route: Route;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly deadlineMs: number;
  readonly bodyLimitBytes: number;
  readonly priority: Priority;
  readonly signal: AbortSignal;
}

/** The token of one attempt; null: nobody is signed in. */
interface HeldToken extends Pick<LentToken, 'release'> {
  readonly role: TokenRole;
  readonly token: string | null;
}

/** GET only: what changes something is never sent twice by itself. */
const repetitions = 2;
/** A longer `Retry-After` is not waited for: the caller is told and decides. */
const patienceMs = 3_000;
/** Worth asking again soon. */
const passingStatuses = new Set([0, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
/** The server says that it took nothing in; any other 5xx may have come after the effect. */
const refusedStatuses = new Set([501, 503, 505]);

/** Sends requests of one account: turn, rate gate, deadline, repetitions, and errors by kind. */
export class Requester {
  readonly #options: ClientOptions;
  readonly #origin: string;
  readonly #throttle: Throttle;
  readonly #gate: RateGate;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#origin = new URL(options.baseUrl).origin;
    this.#throttle = new Throttle({ clock: options.clock, burst: 60, perSecond: 4 });
    this.#gate = new RateGate(options.clock, options.random);
  }

  /** How long the server wants no request of this account; 0: it takes any now. */
  waitMs(): number {
    return this.#gate.waitMs();
  }

  /** Gives the answer of a 2xx, body unparsed. */
  async send(request: WireRequest): Promise<Result<RawAnswer, ApiError>> {
    const { clock } = this.#options;
    if (!(await this.#throttle.take(request.priority, request.signal))) return fail({ kind: 'aborted' });
    const late = new AbortController();
    const cancelDeadline = clock.setTimeout(() => late.abort(), request.deadlineMs);
    try {
      return await this.#attempts(request, AbortSignal.any([request.signal, late.signal]));
    } finally {
      cancelDeadline();
    }
  }

  async #attempts(request: WireRequest, signal: AbortSignal): Promise<Result<RawAnswer, ApiError>> {
    const { clock, random, onAbilityNews } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      if (this.#gate.waitMs() > 0) return fail(this.#rateLimited());
      const token = await this.#tokenFor(request, signal);
      if (!token.ok) return token;
      const { result, wasNetworkLost } = await this.#attempt(token.value, request, attempt, signal);
      const { ability } = request.route;
      onAbilityNews?.({ by: token.value.role, ability, error: result.ok ? null : result.error });
      if (result.ok || request.route.method !== 'GET' || attempt >= repetitions || signal.aborted)
        return result;
      const backoff = backoffMs(attempt, random);
      // Mostly another one is there at once (a VPN, a cable); where none is, the next attempt says so.
      const pauseMs = wasNetworkLost ? backoff : this.#pauseMs(result.error, backoff);
      if (pauseMs === null) return result;
      if (!(await wait(clock, pauseMs, signal)) || !(await this.#throttle.take(request.priority, signal))) {
        return request.signal.aborted ? fail({ kind: 'aborted' }) : result;
      }
    }
  }

  /** The token that a request goes out with; one that the keychain holds is fetched for each attempt. */
  async #tokenFor(request: WireRequest, signal: AbortSignal): Promise<Result<HeldToken, ApiError>> {
    const { token, lendWriteToken } = this.#options;
    const lending = takesWriteToken(request.route) ? lendWriteToken?.() : null;
    if (!lending) return ok({ role: 'main', token, release: () => undefined });
    const lent = await lentBefore(lending, signal);
    if (lent !== null && !signal.aborted) return lent.ok ? ok({ role: 'write', ...lent.value }) : lent;
    if (lent?.ok === true) lent.value.release();
    // At the deadline the keychain still waited for its prompt: nothing was sent.
    return fail(request.signal.aborted ? { kind: 'aborted' } : { kind: 'no-write-token', reason: 'locked' });
  }

  /** How long to wait before this failure is tried again; null where that makes no sense. */
  #pauseMs(error: ApiError, backoff: number): number | null {
    if (error.kind === 'unavailable') return passingStatuses.has(error.status) ? backoff : null;
    if (error.kind !== 'rate-limited') return null;
    const untilOpenMs = this.#gate.waitMs();
    return untilOpenMs <= patienceMs ? untilOpenMs : null;
  }

  async #attempt(
    held: HeldToken,
    request: WireRequest,
    attempt: number,
    signal: AbortSignal,
  ): Promise<{ readonly result: Result<RawAnswer, ApiError>; readonly wasNetworkLost: boolean }> {
    const { clock, fetch, log } = this.#options;
    const startedAtMs = clock.now();
    const { init, clear } = this.#init(held.token, request);
    let isHeld = held.role === 'write';
    const letGo = (): void => {
      if (!isHeld) return;
      isHeld = false;
      // The network has a copy of its own by now; an answer may take 15 minutes.
      clear();
      held.release();
    };
    const reply = await exchange(fetch, request.url, init, request.bodyLimitBytes, signal, letGo).finally(
      letGo,
    );
    const status = reply.ok ? reply.value.status : reply.error.status;
    const result = this.#judge(request, reply);
    log({
      endpoint: request.endpoint,
      attempt,
      status,
      durationMs: clock.now() - startedAtMs,
      bytes: reply.ok ? reply.value.bytes.byteLength : 0,
      outcome: result.ok ? 'ok' : result.error.kind,
    });
    return { result, wasNetworkLost: !reply.ok && reply.error.kind === 'network-lost' };
  }

  #judge(request: WireRequest, reply: Awaited<ReturnType<typeof exchange>>): Result<RawAnswer, ApiError> {
    const { effect } = request.route;
    if (!reply.ok) {
      if (request.signal.aborted) return fail({ kind: 'aborted' });
      const { kind, status, headers } = reply.error;
      // What the status of a refusal says stands, also where its body cannot be had.
      if (status >= 400) return this.#refusal(request, status, headers, undefined);
      if (kind !== 'aborted') return fail(lostError(reply.error, effect));
      const seconds = Math.round(request.deadlineMs / 1_000);
      const message = `No complete answer came within ${seconds} s.`;
      return fail(lostError({ kind: 'timeout', status, message }, effect));
    }
    const { status, headers, bytes } = reply.value;
    if (status < 400) {
      this.#gate.accepted();
      return ok(reply.value);
    }
    const parsed = parseBody(bytes);
    return this.#refusal(request, status, headers, parsed.ok ? parsed.json : undefined);
  }

  #refusal(
    request: WireRequest,
    status: number,
    headers: AnswerHeaders,
    body: unknown,
  ): Result<never, ApiError> {
    if (status === 429) {
      this.#gate.refused(headers);
      return fail(this.#rateLimited());
    }
    const error = statusError(status, body, request.route);
    const isOpen = status === 408 || (status >= 500 && !refusedStatuses.has(status));
    if (isOpen && request.route.effect !== 'read' && error.kind === 'unavailable') {
      return fail(lostError({ kind: 'gateway', status, message: error.message }, request.route.effect));
    }
    return fail(error);
  }

  #rateLimited(): ApiError {
    return { kind: 'rate-limited', retryAtMs: this.#options.clock.now() + this.#gate.waitMs() };
  }

  /** What `fetch` is given, and a function that takes the token out of it. */
  #init(
    token: string | null,
    { route, url, body, endpoint }: WireRequest,
  ): { readonly init: FetchInit; readonly clear: () => void } {
    const headers = requestHeaders({ endpoint, route, url, origin: this.#origin, token });
    const clear = (): void => {
      delete headers['authorization'];
    };
    if (body === undefined) return { init: { method: route.method, headers }, clear };
    headers['content-type'] = 'application/json';
    return { init: { method: route.method, headers, body: JSON.stringify(body) }, clear };
  }
}
