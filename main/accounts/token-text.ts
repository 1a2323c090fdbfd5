import type { ApiTokenId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';

/** What to say about a text that is no token. */
export const notAToken: AppError = {
  kind: 'refused',
  message: 'This is not a token. Copy it again, whole and on one line.',
};

/** What was pasted, as a token; null where it is none: anything else cannot stand in a header. */
export function tokenIn(pasted: string): string | null {
  const token = pasted.trim();
  return /^[\x21-\x7e]+$/.test(token) ? token : null;
}

/** `8|aB9x…`: the id that the API lists the token by stands before the bar. Null where there is none. */
export function tokenIdOf(token: string | null): ApiTokenId | null {
  // The API's own id, which the list of tokens has too.
  return (/^(\d{1,12})\|/.exec(token ?? '')?.[1] ?? null) as ApiTokenId | null;
}
