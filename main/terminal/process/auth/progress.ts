import type { AnyAuthMethod } from 'ssh2';
import type { Attempt, AuthenticationContext, ServerAnswer } from './context.ts';
import type { UnusableKey } from './key-files.ts';

/** What is known while the attempts to sign in go on. */
export class Progress {
  left: readonly string[] = [];
  partial = false;
  gaveUp = false;
  tried = new Set<string>();
  unusable: UnusableKey[] = [];
  passwordsRefused = 0;
  readonly #context: AuthenticationContext;

  constructor(context: AuthenticationContext) {
    this.#context = context;
  }

  takes(method: string): boolean {
    return !this.gaveUp && this.left.includes(method);
  }

  /** Makes one attempt; answers true when it was half the way. */
  *try(
    method: AnyAuthMethod,
    onSuccess = (): void => this.#context.keyWorked(null),
  ): Generator<Attempt, boolean, ServerAnswer> {
    const answer = yield { method, onSuccess };
    this.left = answer.methodsLeft;
    if (answer.partialSuccess) this.partial = true;
    return answer.partialSuccess;
  }

  /** Why it did not work, as a sentence; null when the person gave up. */
  failure(offered: readonly string[]): string | null {
    const { auth, user } = this.#context;
    const [unusable] = this.unusable;
    if (this.gaveUp) return null;
    if (this.partial)
      return `The server wants another proof after the first (${this.left.join(', ')}), which could not be given.`;
    if (this.passwordsRefused > 0) return `The password for ${user} was refused.`;
    if (auth.method === 'key-file' && unusable !== undefined)
      return `The key file ${unusable.path} ${unusable.problem}.`;
    if (this.tried.size > 0 && auth.method !== 'auto')
      return `The server knows none of the keys that were offered for ${user}.`;
    if (auth.method === 'agent') return 'No SSH agent with a key was found.';
    return `The server let ${user} in by none of its ways (${offered.join(', ')}).`;
  }
}
