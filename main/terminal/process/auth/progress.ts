import type { AnyAuthMethod } from 'ssh2';
import type { Attempt, AuthenticationContext, Outcome, ServerAnswer } from './context.ts';
import type { UnusableKey } from './key-files.ts';

/** sshd shuts the door at the sixth failure (`MaxAuthTries`); three of them are left to passwords. */
const maxOffers = 5;
const maxOffersBeforePasswords = 3;
/** OpenSSH 10 shuts an address out for a while after three connections that failed (`PerSourcePenalties`). */
const maxConnections = 2;

/** What is known while the attempts to sign in go on. */
export class Progress {
  left: readonly string[] = [];
  /** Proofs that the server took and found to be half the way. */
  proofs = 0;
  gaveUp = false;
  unusable: UnusableKey[] = [];
  /** Keys that were offered in this connection. */
  offers = 0;
  /** There was a key to offer and no offer left for it. */
  hasMoreKeys = false;
  passwordRefused = false;
  answerRefused = false;
  readonly #context: AuthenticationContext;

  constructor(context: AuthenticationContext) {
    this.#context = context;
  }

  get partial(): boolean {
    return this.proofs > 0;
  }

  takes(method: string): boolean {
    return !this.gaveUp && this.left.includes(method);
  }

  /** Whether this connection may offer one key more. */
  mayOffer(): boolean {
    const { carried, auth } = this.#context;
    const isLast = carried.connections >= maxConnections;
    const most = isLast && auth.method === 'auto' ? maxOffersBeforePasswords : maxOffers;
    const borne = carried.offersBorne;
    if (borne === null) return this.offers < most;
    return this.offers < Math.min(most, auth.method === 'auto' ? borne - maxOffersBeforePasswords : borne);
  }

  /** After the keys: whether what is left, keys or passwords, is better tried in a new connection. */
  goesOnAnew(byPassword: boolean): boolean {
    if (this.gaveUp || this.partial || this.#context.carried.connections >= maxConnections) return false;
    const asks = byPassword && (this.takes('keyboard-interactive') || this.takes('password'));
    return this.hasMoreKeys || (asks && this.offers > maxOffersBeforePasswords);
  }

  /** Makes one attempt; answers true when it was half the way. */
  *try(
    method: AnyAuthMethod,
    onSuccess = (): void => this.#context.keyWorked(null),
  ): Generator<Attempt, boolean, ServerAnswer> {
    const answer = yield { method, onSuccess };
    this.left = answer.methodsLeft;
    if (answer.partialSuccess) this.proofs += 1;
    return answer.partialSuccess;
  }

  /** Why it did not work; `offered` is what the server took at first. */
  outcome(offered: readonly string[]): Outcome {
    if (this.gaveUp) return { kind: 'cancelled' };
    return { kind: 'failed', sentence: this.#sentence(offered) };
  }

  #sentence(offered: readonly string[]): string {
    const { auth, user, carried } = this.#context;
    const [unusable] = this.unusable;
    const left = this.left.join(', ');
    if (this.partial && !this.passwordRefused && !this.answerRefused)
      return `The server wants another proof after the first (${left}), which could not be given.`;
    if (this.passwordRefused) return `The password for ${user} was refused.${rootHint(user)}`;
    if (this.answerRefused) return `The server refused the answers for ${user}.`;
    if (auth.method === 'key-file' && unusable !== undefined)
      return `The key file ${unusable.path} ${unusable.problem}.`;
    const problems = unusable === undefined ? '' : ` The key file ${unusable.path} ${unusable.problem}.`;
    if (carried.tried.size > 0 && auth.method !== 'auto') {
      const rest = this.hasMoreKeys
        ? ` More than ${carried.tried.size} keys were not tried: choose the right one as key file.`
        : '';
      return `The server knows none of the keys that were offered for ${user}.${rest}`;
    }
    if (auth.method === 'agent') return 'No SSH agent with a key was found.';
    if (auth.method === 'password')
      return `The server takes no password (it takes ${offered.join(', ') || 'nothing'}).`;
    return `The server let ${user} in by none of its ways (${offered.join(', ')}).${problems}`;
  }
}

/** sshd refuses root's password without a sign where `PermitRootLogin` is `prohibit-password`, its default. */
function rootHint(user: string): string {
  return user === 'root' ? ' Many servers let root in by a key only, whatever the password.' : '';
}
