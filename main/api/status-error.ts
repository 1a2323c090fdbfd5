import type { ApiError } from '../../preload/contract/errors.ts';
import { centsOf } from './read/money.ts';
import { isRaw, textOf, type Raw } from './read/row.ts';
import type { Route } from './routes.ts';

/** A message of the server is shown to the user: one paragraph of it at most. */
const messageLimit = 300;
/** `instances:read`, `waf:*`: abilities as the reference writes them. */
const abilityWord = /\b[a-z][a-z-]*:(?:read|write|\*)/;

/**
 * Turns a status of 400 and above into a typed error. `body` is the parsed body, undefined where it was no JSON.
 * A 429 is handled before: it concerns the whole client.
 */
export function statusError(status: number, body: unknown, route: Route): ApiError {
  const fields = isRaw(body) ? body : {};
  const message = messageOf(fields);
  switch (status) {
    case 401:
      return { kind: 'unauthorized', message: message ?? 'The token was refused.' };
    case 402:
      return {
        kind: 'insufficient-funds',
        message: message ?? 'The balance is too low.',
        // Only fields that name their unit: a bare `balance` may be dollars.
        balanceCents: centsOf(fields['balance_cents'] ?? fields['wallet_balance_cents']),
      };
    case 403:
      return {
        kind: 'forbidden',
        ability: missingAbility(message, route),
        message: message ?? 'The token is not allowed to do this.',
      };
    case 404:
    case 410:
      return { kind: 'not-found', message: message ?? 'This was not found.' };
    case 400:
    case 409:
    case 422:
    case 423:
      return {
        kind: 'invalid',
        message: message ?? 'The server did not accept what was sent.',
        fields: fieldErrors(fields['errors']),
      };
    default:
      return {
        kind: 'unavailable',
        status,
        message: message ?? `The server answered with status ${status}.`,
      };
  }
}

/** The ability that a 403 is about: the one it names, none for a suspended instance, else what the route needs. */
function missingAbility(message: string | null, route: Route): string | null {
  const named = abilityWord.exec(message ?? '')?.[0];
  if (named !== undefined) return named;
  return /suspend/i.test(message ?? '') ? null : route.ability;
}

/** Laravel's `message`, or an `error` that is a text or an object with one. */
function messageOf(body: Raw): string | null {
  const error = body['error'];
  const raw = body['message'] ?? (isRaw(error) ? error['message'] : error);
  const text = typeof raw === 'string' ? raw.replace(/[\p{C}\s]+/gu, ' ').trim() : '';
  return text === '' ? null : text.slice(0, messageLimit);
}

function fieldErrors(raw: unknown): Readonly<Record<string, readonly string[]>> {
  if (!isRaw(raw)) return {};
  const entries = Object.entries(raw).slice(0, 50);
  return Object.fromEntries(
    entries.map(([field, value]) => {
      const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
      return [field.slice(0, 100), texts.slice(0, 10).flatMap((it) => textOf(it, messageLimit) ?? [])];
    }),
  );
}
