import type { ApiError } from '../../preload/contract/errors.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Route } from './routes.ts';

/** Which of an account's tokens a request goes out with. */
export type TokenRole = 'main' | 'write';

/** A token that is held for one request, and how it is let go of. */
export interface LentToken {
  readonly token: string;
  readonly release: () => void;
}

/**
 * Fetches the write token of an account for one request. Null: the account has one token for everything. The error is
 * `no-write-token`: nothing is sent then.
 */
export type LendWriteToken = () => Promise<Result<LentToken, ApiError>> | null;

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
