import type { KeyboardInteractiveCallback, Prompt } from 'ssh2';
import { displayLines } from '../../../../preload/contract/display-text.ts';
import type { RefusedAnswer } from '../../../../preload/contract/terminal.ts';
import type { Attempt, AuthenticationContext, ServerAnswer, Tries } from './context.ts';
import { asksForPassword } from './password-prompt.ts';
import type { Progress } from './progress.ts';
import { passwordAlone, withAnswers, type Proof } from './refusal.ts';

/** As OpenSSH's NumberOfPasswordPrompts. */
const maxTries = 3;

/**
 * The kept password, until it is known to be wrong. sshd refuses root's password where `PermitRootLogin` says so in
 * the same words as a wrong one: then it is forgotten only when another one has worked.
 */
class SavedPassword {
  readonly #context: AuthenticationContext;
  #kept: string | null = null;
  #unused = true;

  constructor(context: AuthenticationContext) {
    this.#context = context;
  }

  /** Gives it once. */
  async take(): Promise<string | null> {
    if (!this.#unused) return null;
    this.#unused = false;
    // The keychain may ask the user to unlock it.
    this.#kept = await this.#context.whileAsking(() => this.#context.savedSecret('password'));
    return this.#kept;
  }

  /** The server refused it, and it alone. */
  refused(): void {
    if (this.#kept === null || this.#context.user === 'root') return;
    this.#context.secretRefused('password');
    this.#kept = null;
  }

  /** Another password opened the door. */
  worked(password: string): void {
    if (this.#kept !== null && this.#kept !== password) this.#context.secretRefused('password');
    this.#kept = null;
  }
}

const savedPasswords = new WeakMap<Progress, SavedPassword>();

/** One for all ways in which a connection asks for the password. */
function savedPasswordOf(context: AuthenticationContext, state: Progress): SavedPassword {
  const known = savedPasswords.get(state);
  if (known !== undefined) return known;
  const kept = new SavedPassword(context);
  savedPasswords.set(state, kept);
  return kept;
}

/** Tries the kept password once, then asks for it up to three times. */
export async function* tryPasswords(context: AuthenticationContext, state: Progress): Tries {
  const kept = savedPasswordOf(context, state);
  const saved = await kept.take();
  if (saved !== null) {
    if (yield* tryPassword(context, state, saved, () => undefined)) return;
    // After answers that were refused, a proof beside the password may be what this way lacks.
    if (!state.answerRefused) kept.refused();
  }
  let refused: RefusedAnswer | undefined = saved === null ? undefined : 'saved';
  for (let tries = 0; tries < maxTries && state.takes('password'); tries += 1) {
    const answer = await context.ask({ kind: 'password', said: context.takeSaid(), refused });
    const password = answer?.answers[0];
    if (answer === null || password === undefined) {
      state.gaveUp = true;
      return;
    }
    const worked = (): void => {
      kept.worked(password);
      context.secretWorked('password', password);
      if (answer.remember) context.rememberSecret('password', password);
    };
    if (yield* tryPassword(context, state, password, worked)) return;
    refused = 'typed';
  }
}

/** Answers true when the password was right but is only half the way. */
function* tryPassword(
  context: AuthenticationContext,
  state: Progress,
  password: string,
  onWorked: () => void,
): Generator<Attempt, boolean, ServerAnswer> {
  // ssh2 holds on to what it was given for as long as the connection lives. It takes a buffer too, which can be
  // wiped; its types know of strings only.
  const wiped = Buffer.from(password, 'utf8');
  const method = { type: 'password', username: context.user, password: wiped as unknown as string } as const;
  const onSuccess = (): void => {
    wiped.fill(0);
    onWorked();
    context.keyWorked(null);
  };
  const halfWay = yield* state.try(method, onSuccess, () => passwordAlone);
  wiped.fill(0);
  if (halfWay) onWorked();
  return halfWay;
}

/**
 * What the server asks by itself: a password, one-time codes, both. A server that refuses without a question has
 * nothing to ask, and is not asked again.
 */
export function* tryQuestions(
  context: AuthenticationContext,
  state: Progress,
): Generator<Attempt, void, ServerAnswer> {
  const kept = savedPasswordOf(context, state);
  let refused: RefusedAnswer | undefined;
  for (let tries = 0; tries < maxTries && state.takes('keyboard-interactive'); tries += 1) {
    const conversation: Conversation = new Conversation(context, kept, refused);
    const { prompt } = conversation;
    const method = { type: 'keyboard-interactive', username: context.user, prompt } as const;
    const onSuccess = (): void => {
      conversation.worked();
      context.keyWorked(null);
    };
    const halfWay = yield* state.try(method, onSuccess, () => conversation.given);
    if (halfWay) {
      conversation.worked();
      return;
    }
    if (conversation.gaveUp) state.gaveUp = true;
    if (conversation.questions === 0) return;
    // With a second question in the same conversation it is not known which answer was wrong.
    refused = conversation.usedKept && conversation.questions === 1 ? 'saved' : 'typed';
    if (refused === 'saved') {
      kept.refused();
      // That was the kept one's try, not the user's.
      tries -= 1;
    }
  }
}

/** One keyboard-interactive attempt: the server may ask several times in it. */
class Conversation {
  readonly #context: AuthenticationContext;
  readonly #kept: SavedPassword;
  /** Said with the first question alone. */
  #refused: RefusedAnswer | undefined;
  #typed: { readonly password: string; readonly remember: boolean } | null = null;
  questions = 0;
  #askedForPassword = false;
  #given: Proof | null = null;
  usedKept = false;
  gaveUp = false;

  constructor(context: AuthenticationContext, kept: SavedPassword, refused?: RefusedAnswer) {
    this.#context = context;
    this.#kept = kept;
    this.#refused = refused;
  }

  /** What the server was given; null before its first question. */
  get given(): Proof | null {
    return this.#given;
  }

  readonly prompt = (
    title: string,
    instructions: string,
    _language: string,
    prompts: Prompt[],
    finish: KeyboardInteractiveCallback,
  ): void => {
    void this.#answers(title, instructions, prompts).then((answers) => finish([...answers]));
  };

  /** The door is open, or this was half the way: keeps the password that was typed, if that was asked for. */
  worked(): void {
    const typed = this.#typed;
    this.#typed = null;
    if (typed === null) return;
    this.#kept.worked(typed.password);
    this.#context.secretWorked('password', typed.password);
    if (typed.remember) this.#context.rememberSecret('password', typed.password);
  }

  async #answers(
    title: string,
    instructions: string,
    prompts: readonly Prompt[],
  ): Promise<readonly string[]> {
    // Empty answers make the server refuse; there is no other way out of a conversation.
    const empty = prompts.map(() => '');
    if (this.gaveUp) return empty;
    this.questions += 1;
    // A second one in the same conversation is a new password, or the first typed again.
    const isPassword = !this.#askedForPassword && asksForPassword(prompts);
    this.#given = withAnswers(this.#given ?? { hasPassword: false, questions: [] }, prompts);
    if (isPassword) {
      this.#askedForPassword = true;
      const kept = await this.#kept.take();
      if (kept !== null) {
        this.usedKept = true;
        return [kept];
      }
    }
    const refused = this.#refused;
    this.#refused = undefined;
    const answer = await this.#context.ask({
      kind: 'keyboard-interactive',
      title: displayLines(title),
      instructions: displayLines(instructions),
      fields: prompts.map(({ prompt, echo }) => ({ label: displayLines(prompt), echo: echo === true })),
      said: this.#context.takeSaid(),
      canRemember: isPassword,
      refused,
    });
    this.gaveUp = answer === null;
    const [password] = answer?.answers ?? [];
    if (isPassword && password !== undefined) this.#typed = { password, remember: answer?.remember === true };
    // The server counts what it gets: as many answers as it asked for.
    return empty.map((_, index) => answer?.answers[index] ?? '');
  }
}
