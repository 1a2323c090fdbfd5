import type { Cents } from './brands.ts';

/** What a request to the Evorxa API can end in, besides an answer. */
export type ApiError =
  /** 401: the token is unknown or revoked. */
  | { readonly kind: 'unauthorized'; readonly message: string }
  /** 403: the token lacks an ability, or the instance is suspended (`ability` is null then). */
  | { readonly kind: 'forbidden'; readonly ability: string | null; readonly message: string }
  /** 402: the wallet, or the agent's credit pool, is too low. */
  | {
      readonly kind: 'insufficient-funds';
      readonly message: string;
      readonly balanceCents: Cents | null;
    }
  /** 404 */
  | { readonly kind: 'not-found'; readonly message: string }
  /** 422 and 400: what the server says of each field, by the field's API name. */
  | {
      readonly kind: 'invalid';
      readonly message: string;
      readonly fields: Readonly<Record<string, readonly string[]>>;
    }
  /** 429: not before `retryAtMs` (epoch). */
  | { readonly kind: 'rate-limited'; readonly retryAtMs: number }
  /** 5xx, an HTML page, a broken or oversized body, a refused redirect. `status` is 0 where there is none. */
  | { readonly kind: 'unavailable'; readonly status: number; readonly message: string }
  /** No connection could be made: nothing left this machine, or no network. */
  | { readonly kind: 'offline'; readonly message: string }
  /** The server's certificate was not accepted, or there was no TLS to begin with. */
  | { readonly kind: 'tls'; readonly reason: 'certificate' | 'handshake'; readonly message: string }
  /** A request that changes something was sent and its answer was lost: it may have taken effect. */
  | { readonly kind: 'unknown-outcome'; readonly message: string }
  /** An answer came that cannot be read. */
  | { readonly kind: 'drift'; readonly message: string }
  /** The request takes the write token, which the keychain did not give: nothing was sent. */
  | { readonly kind: 'no-write-token'; readonly reason: 'locked' | 'unavailable' | 'gone' }
  /** The caller gave up. */
  | { readonly kind: 'aborted' };

/** Every expected failure that a call of the renderer can get. */
export type AppError =
  | ApiError
  /** The address answers, but not as the Evorxa API does. */
  | { readonly kind: 'not-evorxa'; readonly message: string }
  /** The keychain is there and locked. */
  | { readonly kind: 'keychain-locked' }
  /** There is no keychain, or it does not answer. */
  | { readonly kind: 'keychain-unavailable'; readonly message: string }
  /** No account is signed in. */
  | { readonly kind: 'no-account' }
  /** The same action is under way. */
  | { readonly kind: 'busy'; readonly message: string }
  /** The arguments of a call were not what the contract says. */
  | { readonly kind: 'bad-request'; readonly message: string }
  /** Not possible now, with the reason in words. */
  | { readonly kind: 'refused'; readonly message: string }
  /** A bug of ours: logged with its cause, shown in one sentence. */
  | { readonly kind: 'internal'; readonly message: string };
