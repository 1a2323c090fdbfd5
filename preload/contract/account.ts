import type { AccountId, ApiTokenId, ProjectId } from './brands.ts';

/** Where an account's token is kept. `session`: in memory only, gone when the app quits. */
export type TokenStorage = 'keychain' | 'session';

/** Whether an account can be used now. */
export type AccountAccess =
  | 'ready'
  /** The API refused the token (401): the cached data stays, polling has stopped. */
  | 'signed-out'
  /** The keychain is locked: the token is in it and cannot be read yet. */
  | 'locked'
  /** The keychain cannot be reached, or no longer holds the token. */
  | 'unavailable';

/** An account as everybody may see it: no secret in it. */
export interface Account {
  readonly id: AccountId;
  readonly kind: 'token' | 'demo';
  /** The user's name as `GET /me` has it; the e-mail address where there is none. */
  readonly name: string;
  readonly email: string | null;
  /** Base URL of the API, without a trailing slash. The token is sent to this origin and to no other. */
  readonly apiUrl: string;
  readonly storage: TokenStorage;
  /** The id of its token, which stands before the bar; null while the token is not at hand, or has none. Not a secret. */
  readonly tokenId: ApiTokenId | null;
  readonly access: AccountAccess;
  /** Null: its main token does for everything. */
  readonly writeToken: WriteToken | null;
  readonly projects: readonly Project[];
  /** False: the user has to finish the set-up on the web dashboard. */
  readonly onboarded: boolean;
}

/** A group of instances within an account, as the API lists them in `GET /me`. */
export interface Project {
  readonly id: ProjectId;
  readonly name: string;
}

/** A second token of an account whose main one only reads; it is in the keychain and at hand for an action alone. */
export interface WriteToken {
  /** As `tokenId` of the account. */
  readonly id: ApiTokenId | null;
}

/** A secret of an account that was signed out, which the keychain did not let go of. */
export type LeftSecret = 'token' | 'write-token' | 'ssh-password' | 'ssh-passphrase';

/** What came of signing out: the account is gone from the app in any case. */
export interface SignedOut {
  /** What the keychain still holds; the app removes it at its next start. */
  readonly left: readonly LeftSecret[];
}

/** All accounts, and which one the window shows. */
export interface AccountsState {
  /** `loading` until the settings and the keychain were asked. */
  readonly phase: 'loading' | 'ready';
  readonly accounts: readonly Account[];
  readonly currentId: AccountId | null;
}
