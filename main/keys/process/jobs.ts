import type { LocalKey, PickedKey } from '../../../preload/contract/keys.ts';
import type { Result } from '../../../preload/contract/result.ts';

/** What the keys process is started for: it does one job, answers and ends. */
export type KeyJob =
  | { readonly kind: 'local' }
  | { readonly kind: 'read'; readonly path: string }
  | {
      readonly kind: 'generate';
      readonly fileName: string;
      readonly comment: string;
      readonly passphrase: string | null;
    };

/** A key pair that was written; `path` is the private one's, with `~` for the home folder. */
export interface WrittenKey {
  readonly path: string;
  readonly publicKey: string;
}

/** What each job answers. */
export interface KeyJobAnswers {
  readonly local: readonly LocalKey[];
  readonly read: PickedKey;
  readonly generate: WrittenKey;
}

/** Has a job done in the keys process. Errors: `refused` with what the file system or the key itself said. */
export type RunKeyJob = <J extends KeyJob>(job: J) => Promise<Result<KeyJobAnswers[J['kind']]>>;
