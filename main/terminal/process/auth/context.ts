import type { AnyAuthMethod } from 'ssh2';
import type { RefusedAnswer, SshSettings } from '../../../../preload/contract/terminal.ts';
import type { SecretKind } from '../../protocol.ts';
import type { KeyOffer } from './key-offer.ts';
import type { HostConfig } from '../config/host-config.ts';

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

/** What ~/.ssh/config says of the keys to offer. */
export type OfferedConfig = Pick<HostConfig, 'certificateFiles' | 'identitiesOnly' | 'identityFiles'>;

/** A question to the user, without the number that the session gives it. */
type Question =
  | { readonly kind: 'password'; readonly said: string; readonly refused?: RefusedAnswer | undefined }
  | { readonly kind: 'passphrase'; readonly path: string; readonly wrongBefore: boolean }
  | {
      readonly kind: 'keyboard-interactive';
      readonly title: string;
      readonly instructions: string;
      readonly fields: readonly { readonly label: string; readonly echo: boolean }[];
      readonly said: string;
      readonly canRemember: boolean;
      readonly refused?: RefusedAnswer | undefined;
    };

export interface Answer {
  readonly answers: readonly string[];
  /** Keep the secret once it has worked. */
  readonly remember: boolean;
}

/**
 * What one connection leaves to the next, where a server shuts the door before all was tried (`MaxAuthTries`): each
 * connection goes on where the last one stopped.
 */
export interface Carried {
  /** The bytes of the keys that were offered, base64. */
  readonly tried: Set<string>;
  /** Connections that were made for this sign-in, the present one too. */
  connections: number;
  /** How many offers the server bore before it shut the door; null: it has not. */
  offersBorne: number | null;
}

/** Everything that signing in needs of the outside. */
export interface AuthenticationContext {
  readonly user: string;
  readonly auth: SshSettings['auth'];
  readonly preferredKey: string | null;
  /** Null: the user gave up. */
  readonly ask: (question: Question) => Promise<Answer | null>;
  readonly hostConfig: () => Promise<OfferedConfig>;
  readonly sshAgentKeys: () => Promise<readonly KeyOffer[]>;
  readonly usualKeyFiles: readonly string[];
  /** A path that the user typed, as an absolute one. */
  readonly path: (typed: string) => string;
  readonly savedSecret: (kind: SecretKind) => Promise<string | null>;
  readonly secretRefused: (kind: SecretKind) => void;
  /** The secret worked and is to be kept. */
  readonly rememberSecret: (kind: SecretKind, secret: string) => void;
  /** What the user typed was right. */
  readonly secretWorked: (kind: SecretKind, secret: string) => void;
  readonly keyWorked: (fingerprint: string | null) => void;
  /** Wraps time that is the user's, not the server's. */
  readonly whileAsking: <T>(work: () => Promise<T>) => Promise<T>;
  /** What the server said since it was last asked for this, in harmless lines. */
  readonly takeSaid: () => string;
  /** By which algorithms the server lets keys sign; null: it did not say. */
  readonly signatureAlgorithms: () => readonly string[] | null;
  /** Sends a signed request to sign in. */
  readonly sendSigned: (signedData: Buffer, signature: Buffer) => void;
  readonly carried: Carried;
  /** Which ways to sign in the server has. */
  readonly offered?: (methods: readonly string[]) => void;
}

/** How the attempts ended without an open door; `reconnect`: the rest takes another connection. */
export type Outcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'reconnect' };

/** Attempts of one way to sign in: yields each, is told the server's answer. */
export type Tries<T = void> = AsyncGenerator<Attempt, T, ServerAnswer>;
