import type { AnyAuthMethod } from 'ssh2';
import type { Attempt, AuthenticationContext, Outcome, ServerAnswer } from './context.ts';
import type { UnusableKey } from './key-files.ts';
import { refusalSentence, rootHint, type Proof } from './refusal.ts';

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
  /** What the server refused since it last accepted a proof: the last of each way, in the order of the ways. */
  #refused = new Map<string, Proof>();
  #lastAccepted = '';
  /** What the attempt gives that the server has not answered yet. */
  #given: (() => Proof | null) | null = null;
  readonly #context: AuthenticationContext;

  constructor(context: AuthenticationContext) {
    this.#context = context;
  }

  get partial(): boolean {
    return this.proofs > 0;
  }

  /** Whether the password was refused, alone or among other answers. */
  get passwordRefused(): boolean {
    return [...this.#refused.values()].some(({ hasPassword }) => hasPassword);
  }

  /** Whether other answers than the password were refused. */
  get answerRefused(): boolean {
    return [...this.#refused.values()].some(({ questions }) => questions.length > 0);
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
  needsNewConnection(byPassword: boolean): boolean {
    if (this.gaveUp || this.partial || this.#context.carried.connections >= maxConnections) return false;
    const asks = byPassword && (this.takes('keyboard-interactive') || this.takes('password'));
    return this.hasMoreKeys || (asks && this.offers > maxOffersBeforePasswords);
  }

  /** Makes one attempt, and answers true when it was half the way. `given`: what it gave besides a key, if anything. */
  *try(
    method: AnyAuthMethod,
    onSuccess = (): void => this.#context.keyWorked(null),
    given = (): Proof | null => null,
  ): Generator<Attempt, boolean, ServerAnswer> {
    this.#given = given;
    const answer = yield { method, onSuccess };
    this.#given = null;
    this.left = answer.methodsLeft;
    const proof = given();
    if (answer.partialSuccess) {
      this.proofs += 1;
      this.#refused.clear();
      this.#lastAccepted = proof === null ? 'key' : proof.questions.length === 0 ? 'password' : 'answers';
    } else if (proof !== null) this.#refused.set(method.type, proof);
    return answer.partialSuccess;
  }

  /** What was refused, where the server has shut the door without an answer to the last attempt. */
  refusalAtTheEnd(): string | null {
    const proof = this.#given?.() ?? null;
    return proof === null ? this.#refusal() : refusalSentence(this.#context.user, proof);
  }

  /** Why it did not work; `offered` is what the server took at first. */
  outcome(offered: readonly string[]): Outcome {
    if (this.gaveUp) return { kind: 'cancelled' };
    return { kind: 'failed', sentence: this.#sentence(offered) };
  }

  #sentence(offered: readonly string[]): string {
    const { auth, user, carried } = this.#context;
    const refusal = this.#refusal();
    if (refusal !== null) return refusal;
    const [unusable] = this.unusable;
    const left = this.left.join(', ');
    if (this.partial)
      return `The server wants another proof after the first (${left}), which could not be given.`;
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

  #refusal(): string | null {
    const { user } = this.#context;
    const [first, then] = this.#refused.values();
    if (first === undefined) return null;
    const accepted = this.partial
      ? `The server accepted the ${this.#lastAccepted} and wants one proof more. `
      : '';
    const also = then === undefined ? '' : ` It also refused the password alone.${rootHint(user)}`;
    return `${accepted}${refusalSentence(user, first)}${also}`;
  }
}
