import type { AnyAuthMethod } from 'ssh2';
import { displayLines } from '../../../../preload/contract/display-text.ts';
import type { Deadline } from '../deadline.ts';
import type { Inside } from '../ssh2-inside.ts';
import { authenticate } from './authenticate.ts';
import { Progress } from './progress.ts';
import type { AuthenticationContext, Outcome, ServerAnswer, Tries } from './context.ts';

/** What a sign-in needs of its session. */
export type SignInContext = Omit<
  AuthenticationContext,
  'whileAsking' | 'takeSaid' | 'signatureAlgorithms' | 'sendSigned'
>;

/** What a sign-in needs of its connection. */
export interface SignInParts {
  readonly context: SignInContext;
  /** Stands still while the user is asked. */
  readonly deadline: Deadline;
  /** For each answer of the server. */
  readonly timeoutMs: number;
  /** Null until ssh2 has begun to connect. */
  readonly inside: () => Inside | null;
  readonly isOver: () => boolean;
  /** What the server says before the session, in harmless lines. */
  readonly said: (lines: string) => void;
}

/** The sign-in of one connection: one attempt after the other, and what the server says meanwhile. */
export class SignIn {
  readonly #parts: SignInParts;
  #attempts: Tries<Outcome> | null = null;
  #progress: Progress | null = null;
  /** What the server said since somebody was asked, and all that it said. */
  #saidSince: string[] = [];
  #allSaid: string[] = [];
  #isAsking = false;
  /** The server got a password or an answer of the user. */
  #hasAsked = false;
  #offers = 0;
  #onSuccess = (): void => undefined;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Whether the user is being asked. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** All that the server said, in lines. */
  get said(): string {
    return this.#allSaid.join('\n');
  }

  /** What the server refused, where it has shut the door at too many failures; null: no password and no answer. */
  refusal(): string | null {
    return this.#progress?.refusalAtTheEnd() ?? null;
  }

  /** The server says something without a question. */
  heard(text: string): void {
    const lines = displayLines(text);
    if (lines === '' || this.#parts.isOver()) return;
    this.#saidSince.push(lines);
    this.#allSaid.push(lines);
    this.#parts.said(lines);
  }

  /** The attempt that follows the server's answer, or why there is none. */
  async next(answer: ServerAnswer): Promise<AnyAuthMethod | Outcome> {
    const { deadline, inside, isOver, timeoutMs } = this.#parts;
    deadline.stop();
    this.#attempts ??= this.#start();
    // ssh2 does not hand on what a server says to a key.
    const result = await this.#attempts.next(inside()?.lastAnswer ?? answer);
    if (result.done === true) return result.value;
    const { method, onSuccess } = result.value;
    this.#onSuccess = onSuccess;
    if (method.type === 'agent') this.#offers += 1;
    if (!isOver()) deadline.start(timeoutMs);
    return method;
  }

  /** The door is open. */
  succeeded(): void {
    this.#onSuccess();
    // Both hold secrets that have done their work.
    this.#onSuccess = () => undefined;
    this.#attempts = null;
  }

  /**
   * The server has shut the door at too many failures: whether it bears fewer keys than most, so that what is left is
   * better tried in another connection.
   */
  needsNewConnection(): boolean {
    const { carried } = this.#parts.context;
    if (this.#hasAsked || this.#offers <= 1 || carried.connections >= 2) return false;
    carried.offersBorne = this.#offers - 1;
    return true;
  }

  #start(): Tries<Outcome> {
    const { context, deadline, inside, isOver } = this.#parts;
    const full: AuthenticationContext = {
      ...context,
      ask: (question) => this.#ask(question),
      whileAsking: (work) => deadline.pauseWhile(work),
      takeSaid: () => this.#saidSince.splice(0).join('\n'),
      signatureAlgorithms: () => inside()?.signatureAlgorithms ?? null,
      sendSigned: (data, signature) => {
        if (!isOver()) inside()?.sendSigned(data, signature);
      },
    };
    this.#progress = new Progress(full);
    return authenticate(full, this.#progress);
  }

  async #ask(
    question: Parameters<AuthenticationContext['ask']>[0],
  ): ReturnType<AuthenticationContext['ask']> {
    const { context, deadline, isOver, timeoutMs } = this.#parts;
    this.#isAsking = true;
    this.#hasAsked = true;
    try {
      return await deadline.pauseWhile(() => context.ask(question));
    } finally {
      this.#isAsking = false;
      // The server's time begins with the answer.
      if (!isOver()) deadline.start(timeoutMs);
    }
  }
}
