import type { ApiError } from '../../preload/contract/errors.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Route } from './routes.ts';

/** Which of an account's tokens a request goes out with. */
export type TokenRole = 'main' | 'write';

/** A token that is held until one request has left, and how it is let go of. */
export interface LentToken {
  readonly token: string;
  readonly release: () => void;
}

/**
 * Fetches the write token of an account for one request. Null: the account has one token for everything. The error is
 * `no-write-token`: nothing is sent then.
 */
export type LendWriteToken = () => Promise<Result<LentToken, ApiError>> | null;

/**
 * Waits for a token that is fetched, as long as `signal` lets it: null where it was aborted before. What comes later is
 * let go of at once.
 */
export function lentBefore(
  lending: Promise<Result<LentToken, ApiError>>,
  signal: AbortSignal,
): Promise<Result<LentToken, ApiError> | null> {
  return new Promise((resolve, reject) => {
    let isGivenUp = false;
    const giveUp = (): void => {
      isGivenUp = true;
      resolve(null);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    lending.then((lent) => {
      signal.removeEventListener('abort', giveUp);
      if (!isGivenUp) resolve(lent);
      else if (lent.ok) lent.value.release();
    }, reject);
  });
}

/** What takes the write token, where an account has one: whatever changes something, and what reveals a secret. */
export function takesWriteToken({ method, revealsSecret }: Route): boolean {
  return method !== 'GET' || revealsSecret;
}

/** What an answer says of a token: whether it has the ability that the request took. */
export interface AbilityNews {
  readonly by: TokenRole;
  /** What the request took; null where the reference names nothing. */
  readonly ability: string | null;
  /** What it ended in; null for a success. */
  readonly error: ApiError | null;
}
