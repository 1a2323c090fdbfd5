import type { AnyAuthMethod } from 'ssh2';
import type { ConnectionSettings } from '../../../../preload/contract/terminal.ts';
import type { SecretKind } from '../../protocol.ts';
import type { KeyOffer } from './key-offer.ts';

/** What the server said to the last attempt: what it still takes, and whether the attempt was half the way. */
export interface ServerAnswer {
  readonly methodsLeft: readonly string[];
  readonly partialSuccess: boolean;
}

/** One attempt to sign in; `onSuccess` runs when it opened the door. */
export interface Attempt {
  readonly method: AnyAuthMethod;
  readonly onSuccess: () => void;
}

/** A question to the person, without the number that the session gives it. */
type Question =
  | { readonly kind: 'password' }
  | { readonly kind: 'passphrase'; readonly path: string; readonly wrongBefore: boolean }
  | {
      readonly kind: 'keyboard-interactive';
      readonly title: string;
      readonly instructions: string;
      readonly fields: readonly { readonly label: string; readonly echo: boolean }[];
    };

export interface Answer {
  readonly answers: readonly string[];
  /** Keep the secret once it has worked. */
  readonly remember: boolean;
}

/** Everything that signing in needs of the outside. */
export interface AuthenticationContext {
  readonly user: string;
  readonly auth: ConnectionSettings['auth'];
  readonly preferredKey: string | null;
  /** Null: the person gave up. */
  readonly ask: (question: Question) => Promise<Answer | null>;
  readonly agentKeys: () => Promise<readonly KeyOffer[]>;
  readonly usualKeyFiles: readonly string[];
  readonly savedSecret: (kind: SecretKind) => Promise<string | null>;
  readonly secretRefused: (kind: SecretKind) => void;
  /** The secret worked and is to be kept. */
  readonly rememberSecret: (kind: SecretKind, secret: string) => void;
  readonly keyWorked: (fingerprint: string | null) => void;
  /** Wraps time that is the person's, not the server's. */
  readonly whileAsking: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Attempts of one way to sign in: yields each, is told the server's answer. */
export type Tries<T = void> = AsyncGenerator<Attempt, T, ServerAnswer>;
