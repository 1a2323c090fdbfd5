import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { parseAnswer } from './answer-body.ts';
import type { AnyEndpoint, AnyList, Identified, Limits, WireInput } from './endpoints/define.ts';
import { endpoints, type EndpointInput, type EndpointOutput } from './endpoints/index.ts';
import { inputError } from './input-error.ts';
import { LastLargeAnswer } from './large-answer.ts';
import { createListMemo, type ListMemo } from './list-memo.ts';
import { lostError } from './lost-error.ts';
import { readPagedList, type ListLimits } from './paged-list.ts';
import { DriftList, type Drift } from './read/drift.ts';
import { Requester, type ClientOptions, type WireRequest } from './requester.ts';
import { requestUrl } from './request-url.ts';
import { serverTimeMs } from './retry.ts';
import { routes, type EndpointId } from './routes.ts';
import type { Priority } from './throttle.ts';

/** A decoded answer. */
export interface ApiAnswer<T> {
  readonly value: T;
  /** What of it could not be read: the first of it. */
  readonly drift: readonly Drift[];
  /** How often each field could not be read, by its path without the places of rows. */
  readonly unreadable: ReadonlyMap<string, number>;
  /** The server's clock when it answered (epoch), for countdowns; null where it did not say. */
  readonly serverTimeMs: number | null;
  /** Nothing differs from the answer before: `value` is the very same object. Polled lists only. */
  readonly unchanged: boolean;
  /** A list goes on beyond what was read of it. */
  readonly truncated: boolean;
  /** Rows that a list has, as the API counts them; null where it does not say. */
  readonly total: number | null;
  /** Rows of a list that came and could not be used. */
  readonly unusable: number;
  /** Nothing is missing: each row of the list came and could be used. */
  readonly isWhole: boolean;
}

export type ApiResult<T> = Result<ApiAnswer<T>, ApiError>;

export interface RequestOptions {
  /** Gives up; the result is `aborted`. */
  readonly signal?: AbortSignal;
  /** `person` (the default) goes before `poll`. */
  readonly priority?: Priority;
  /** How many pages of a list are wanted; never more than its endpoint follows. */
  readonly pages?: number;
  /**
   * Told the rows of a list that came so far, and how many there are, while others are on their way. Those behind the
   * first page are asked for once what it gives for that has resolved.
   */
  readonly onRows?: (rows: readonly unknown[], total: number | null) => Promise<unknown> | undefined;
}

/** The Evorxa API for one account. Expected failures are values; nothing is thrown. */
export interface ApiClient {
  request<Id extends EndpointId>(
    id: Id,
    input: EndpointInput<Id>,
    options?: RequestOptions,
  ): Promise<ApiResult<EndpointOutput<Id>>>;
  /** How long the server wants no request of this account (429); 0: it takes any now. */
  waitMs(): number;
}

/** 10,000 instances in pages of 15 are 667 pages. */
const defaultLimits: Limits = {
  deadlineMs: 15_000,
  bodyBytes: 5 * 1024 * 1024,
  pages: 1_000,
  rows: Infinity,
};
/** Rows that came are told this often at most: each time a window sorts them again. */
const reportEveryMs = 500;

/** Makes the client of one account. It keeps the last answer of each polled list. */
export function createApiClient(options: ClientOptions): ApiClient {
  const requester = new Requester(options);
  const memos = new Map<string, ListMemo<Identified>>();
  /** Whether a list takes `per_page`, where that was tried. */
  const wideLists = new Map<string, boolean>();
  const lastLarge = new LastLargeAnswer<ApiAnswer<unknown>>();

  /** The memo of a polled list; of others, and of polled ones with a filter, one that is dropped afterwards. */
  function memoOf(id: string, endpoint: AnyList, url: URL): ListMemo<Identified> {
    if (!endpoint.isPolled || url.search !== '') return createListMemo(endpoint.readRow);
    const memo = memos.get(id) ?? createListMemo(endpoint.readRow);
    memos.set(id, memo);
    return memo;
  }

  async function requestList(
    endpoint: AnyList,
    request: WireRequest,
    limits: ListLimits,
    onRows: NonNullable<RequestOptions['onRows']>,
  ): Promise<ApiResult<unknown>> {
    const { endpoint: id, url, signal } = request;
    const drift = new DriftList(id);
    const reading = memoOf(id, endpoint, url).begin();
    let reportedAtMs = -Infinity;
    const list = await readPagedList({
      url,
      reading,
      limits,
      send: (page) => requester.send({ ...request, url: page }),
      unreadable: (read, status) => {
        if (read.kind === 'unreadable') return unreadable(request, status, read.message);
        drift.report('', read.message);
        return driftError(drift);
      },
      isWide: wideLists.get(id),
      learn: (isWide) => wideLists.set(id, isWide),
      onPage: async (total) => {
        const nowMs = options.clock.now();
        if (nowMs >= reportedAtMs && nowMs - reportedAtMs < reportEveryMs) return;
        reportedAtMs = nowMs;
        await onRows(reading.soFar(), total);
      },
      clock: options.clock,
      signal,
    });
    if (!list.ok) return list;
    const { isCut, total, headers } = list.value;
    const { rows, unchanged, received } = reading.finish(drift.report);
    if (received > 0 && rows.length === 0) return fail(driftError(drift));
    return ok({
      value: rows,
      drift: drift.all,
      unreadable: drift.fields,
      serverTimeMs: serverTimeMs(headers),
      unchanged,
      truncated: isCut,
      total,
      unusable: received - rows.length,
      isWhole: !isCut && received === rows.length,
    });
  }

  async function requestAny(
    id: EndpointId,
    input: unknown,
    {
      signal = new AbortController().signal,
      priority = 'person',
      pages = Infinity,
      onRows = () => undefined,
    }: RequestOptions,
  ): Promise<ApiResult<unknown>> {
    const endpoint: AnyEndpoint = endpoints[id];
    const guarded = endpoint.input.safeParse(input);
    if (!guarded.success) return fail(inputError(guarded.error));
    const wire: WireInput = guarded.data;
    const limits = { ...defaultLimits, ...endpoint.limits };
    const url = requestUrl(options.baseUrl, routes[id].path, wire.path ?? {}, wire.query ?? {});
    if (url === null) return fail({ kind: 'drift', message: 'This id cannot be used in an address.' });
    const request: WireRequest = {
      endpoint: id,
      route: routes[id],
      url,
      body: wire.body,
      deadlineMs: limits.deadlineMs,
      bodyLimitBytes: limits.bodyBytes,
      priority,
      signal,
    };
    if (endpoint.kind === 'list') {
      return requestList(endpoint, request, { ...limits, pages: Math.min(limits.pages, pages) }, onRows);
    }
    const reply = await requester.send(request);
    if (!reply.ok) return reply;
    const { status, headers, bytes } = reply.value;
    const isRead = request.route.effect === 'read';
    const same = isRead ? lastLarge.of(url, bytes) : null;
    if (same !== null) return ok({ ...same, serverTimeMs: serverTimeMs(headers) });
    const parsed = isRead ? await lastLarge.parse(headers, bytes) : parseAnswer(headers, bytes);
    if (!parsed.ok) return fail(unreadable(request, status, parsed.message));
    const drift = new DriftList(id);
    // The schema above has just let this input through.
    const value = endpoint.decode(parsed.json, drift.report, input as never);
    if (value === null) return fail(driftError(drift));
    const answer: ApiAnswer<unknown> = {
      value,
      drift: drift.all,
      unreadable: drift.fields,
      serverTimeMs: serverTimeMs(headers),
      unchanged: false,
      truncated: false,
      total: null,
      unusable: 0,
      isWhole: true,
    };
    if (isRead) lastLarge.keep(url, bytes, answer);
    return ok(answer);
  }

  return {
    // What comes back is what the endpoint of this id decodes to; its type is looked up by the same id.
    request: async (id, input, requestOptions = {}) => {
      try {
        return (await requestAny(id, input, requestOptions)) as never;
      } catch (cause) {
        if (options.onBug === undefined) throw cause;
        options.onBug(cause);
        // Nobody knows how far it came: what changes something may have left.
        const reason = {
          kind: 'unreadable',
          status: 0,
          message: 'Something went wrong in the app.',
        } as const;
        return fail(lostError(reason, routes[id].effect));
      }
    },
    waitMs: () => requester.waitMs(),
  };
}

function unreadable({ route }: WireRequest, status: number, message: string): ApiError {
  return lostError({ kind: 'unreadable', status, message }, route.effect);
}

function driftError(drift: DriftList): ApiError {
  const [field = ''] = drift.fields.keys();
  const where = field === '' ? '' : ` (field ${field})`;
  return { kind: 'drift', message: `Evorxa’s answer could not be read${where}.` };
}
