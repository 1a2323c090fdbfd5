import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { routes, type EndpointId, type Route } from '../../api/routes.ts';
import type { FaultList } from '../control/faults.ts';
import { applyFault } from '../control/apply-fault.ts';
import { allows, type TokenRecord } from '../state/tokens.ts';
import { InsufficientFunds } from '../state/wallet.ts';
import type { World } from '../state/world.ts';
import { ApiFailure, type Answer, type Handlers } from './handler.ts';
import { RateLimit } from './rate-limit.ts';
import { pageOf, type Paging } from './paging.ts';
import type { RequestLog } from './request-log.ts';
import { reshape, type ShapeChoices } from './reshape.ts';
import { choicesOf } from './shapes.ts';

type ApiContext = Context<{ Bindings: HttpBindings }>;

/** What the HTTP layer stands on. */
export interface ApiAppParts {
  readonly world: World;
  readonly handlers: Handlers;
  readonly log: RequestLog;
  readonly faults: FaultList;
  readonly requestsPerMinute: number;
  /** Null: each list comes whole. */
  readonly paging: Paging | null;
}

/** Where the API lies on its server. */
export const apiPrefix = '/api';

/**
 * The API as an HTTP application: one route for each row of the table. Faults, rate limit, token, ability and
 * errors are dealt with here, in this order, so that the handlers know nothing of them.
 */
export function createApiApp(parts: ApiAppParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const limit = new RateLimit(parts.requestsPerMinute, () => parts.world.clock.now());

  for (const [id, route] of Object.entries(routes) as [EndpointId, Route][]) {
    const path = apiPrefix + route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(route.method, path, async (context) => {
      parts.world.clock.settle();
      const requestId = parts.log.begin(logged(context, id, parts.world.clock.now()));
      const respond = async (): Promise<Response> => {
        const response = await answer(context, id, route, parts, limit);
        parts.log.end(requestId, response.status);
        return response;
      };
      const fault = parts.faults.take(id);
      if (!fault) return respond();
      return applyFault(fault, { context, respond, ended: (status) => parts.log.end(requestId, status) });
    });
  }

  app.notFound((context) => {
    const requestId = parts.log.begin(logged(context, null, parts.world.clock.now()));
    parts.log.end(requestId, 404);
    return context.json({ message: 'The route could not be found.' }, 404);
  });
  return app;
}

function logged(
  context: ApiContext,
  endpoint: EndpointId | null,
  atMs: number,
): Parameters<RequestLog['begin']>[0] {
  const url = new URL(context.req.url);
  return {
    endpoint,
    method: context.req.method,
    path: url.pathname + url.search,
    userAgent: context.req.header('user-agent') ?? '',
    atMs,
  };
}

async function answer(
  context: ApiContext,
  id: EndpointId,
  route: Route,
  parts: ApiAppParts,
  limit: RateLimit,
): Promise<Response> {
  const headers: Record<string, string> = {};
  try {
    const token = authorize(context, route, parts.world);
    throttle(limit, token, headers);
    const result = await parts.handlers[id]({
      params: context.req.param(),
      query: new URL(context.req.url).searchParams,
      url: context.req.url,
      body: await readBody(context),
      token,
    });
    const { paging } = parts;
    const paged = paging === null ? result : pageOf(id, result, new URL(context.req.url), paging);
    return toResponse(shaped(paged, choicesOf(parts.world.variant)), headers, parts.world.clock.now());
  } catch (error) {
    return failureResponse(error, headers, parts.world.clock.now());
  }
}

/** The one place for tokens and abilities: 401 and 403 in Sanctum's words. */
function authorize(context: ApiContext, route: Route, world: World): TokenRecord | null {
  if (route.isPublic) return null;
  const token = world.tokens.authenticate(context.req.header('authorization'));
  if (!token) throw new ApiFailure(401, 'Unauthenticated.');
  if (route.ability !== null && !allows(token.abilities, route.ability)) {
    throw new ApiFailure(
      403,
      route.ability === '*' ? 'Invalid ability provided.' : `This token lacks the ${route.ability} ability.`,
    );
  }
  return token;
}

function throttle(limit: RateLimit, token: TokenRecord | null, headers: Record<string, string>): void {
  const verdict = limit.take(String(token?.id ?? 'public'));
  headers['x-ratelimit-limit'] = String(limit.perMinute);
  if (!verdict.allowed) {
    throw new ApiFailure(429, 'Too Many Attempts.', {}, { 'retry-after': String(verdict.retryAfterSeconds) });
  }
  headers['x-ratelimit-remaining'] = String(verdict.remaining);
}

async function readBody(context: ApiContext): Promise<unknown> {
  const text = await context.req.text();
  if (text === '') return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ApiFailure(400, 'The body is not valid JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, value === '' ? null : value]));
}

/** The answer in the shapes of the sandbox's variant. */
function shaped(result: Answer, choices: ShapeChoices | null): Answer {
  if (choices === null || result.status === 204) return result;
  const body: unknown = 'json' in result ? JSON.parse(result.json) : result.body;
  return { status: result.status, body: reshape(body, choices) };
}

function toResponse(result: Answer, headers: Record<string, string>, nowMs: number): Response {
  const dated = { ...headers, date: new Date(nowMs).toUTCString() };
  if (result.status === 204) return new Response(null, { status: 204, headers: dated });
  const json = 'json' in result ? result.json : JSON.stringify(result.body);
  return new Response(json, {
    status: result.status,
    headers: { ...dated, 'content-type': 'application/json' },
  });
}

function failureResponse(error: unknown, headers: Record<string, string>, nowMs: number): Response {
  const failure =
    error instanceof InsufficientFunds
      ? new ApiFailure(402, error.message, {
          balance_cents: error.balanceCents,
          required_cents: error.requiredCents,
        })
      : error;
  const known = failure instanceof ApiFailure ? failure : new ApiFailure(500, 'Server Error');
  if (!(failure instanceof ApiFailure)) console.error(error);
  return new Response(JSON.stringify(known.body), {
    status: known.status,
    headers: {
      ...headers,
      ...known.headers,
      date: new Date(nowMs).toUTCString(),
      'content-type': 'application/json',
    },
  });
}
