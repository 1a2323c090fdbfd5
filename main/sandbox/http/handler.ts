import type { EndpointId } from '../../api/routes.ts';
import type { TokenRecord } from '../state/tokens.ts';
import type { World } from '../state/world.ts';

/** A request that passed authentication and the check of abilities. */
export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The full address, for the links of pages. */
  readonly url: string;
  /** Parsed JSON with empty strings as null, as Laravel's middleware has it; null without a body. */
  readonly body: unknown;
  /** Null for public endpoints. */
  readonly token: TokenRecord | null;
}

/** An answer: a value for JSON, text that is JSON already, or nothing (204). */
export type Answer =
  | { readonly status: 200 | 201; readonly body: unknown }
  | { readonly status: 200; readonly json: string }
  | { readonly status: 204 };

type Handler = (request: ApiRequest) => Answer | Promise<Answer>;

/** One handler for each of the 54 endpoints: the compiler counts them. */
export type Handlers = Readonly<Record<EndpointId, Handler>>;

/** Makes the handlers of one domain on a world. */
export type HandlerFactory<Ids extends EndpointId> = (world: World) => Readonly<Record<Ids, Handler>>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

/** Thrown by handlers for an answer that is not a success; `body` is sent as it is. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    extra: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = { message, ...extra };
    this.headers = headers;
  }
}

/** 404 in the words of the reference. */
export function notFound(what: string): ApiFailure {
  return new ApiFailure(404, `${what} not found.`);
}

/** 422 with the messages of each field, summed up as Laravel does. */
export function invalid(errors: Readonly<Record<string, readonly string[]>>): ApiFailure {
  const messages = Object.values(errors).flat();
  const more = messages.length - 1;
  const first = messages[0] ?? 'The given data was invalid.';
  const summary = more > 0 ? `${first} (and ${more} more error${more > 1 ? 's' : ''})` : first;
  return new ApiFailure(422, summary, { errors });
}
