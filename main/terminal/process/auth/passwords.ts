import type { KeyboardInteractiveCallback, Prompt } from 'ssh2';
import type { Attempt, AuthenticationContext, ServerAnswer, Tries } from './context.ts';
import type { Progress } from './progress.ts';

const maxTries = 3;

/** Tries the kept password once, then asks for it up to three times. */
export async function* tryPasswords(context: AuthenticationContext, state: Progress): Tries {
  const saved = await context.savedSecret('password');
  if (saved !== null) {
    if (yield* tryPassword(context, state, saved, false)) return;
    context.secretRefused('password');
  }
  for (let tries = 0; tries < maxTries && state.takes('password'); tries += 1) {
    const answer = await context.ask({ kind: 'password' });
    const password = answer?.answers[0];
    if (answer === null || password === undefined) {
      state.gaveUp = true;
      return;
    }
    if (yield* tryPassword(context, state, password, answer.remember)) return;
  }
}

/** Answers true when the password was right but is only half the way. */
function* tryPassword(
  context: AuthenticationContext,
  state: Progress,
  password: string,
  remember: boolean,
): Generator<Attempt, boolean, ServerAnswer> {
  const keep = (): void => {
    if (remember) context.rememberSecret('password', password);
  };
  // ssh2 holds on to what it was given for as long as the connection lives. It takes a buffer too, which can be
  // wiped; its types know of strings only.
  const wiped = Buffer.from(password, 'utf8');
  const method = { type: 'password', username: context.user, password: wiped as unknown as string } as const;
  const halfWay = yield* state.try(method, () => {
    wiped.fill(0);
    keep();
    context.keyWorked(null);
  });
  wiped.fill(0);
  if (halfWay) keep();
  else state.passwordsRefused += 1;
  return halfWay;
}

/** What the server asks by itself: one-time codes, or a password where `password` is turned off. */
export async function* tryQuestions(context: AuthenticationContext, state: Progress): Tries {
  let saved = await context.savedSecret('password');
  for (let tries = 0; tries < maxTries && state.takes('keyboard-interactive'); tries += 1) {
    const conversation = new Conversation(context, saved);
    const { prompt } = conversation;
    const halfWay = yield* state.try({ type: 'keyboard-interactive', username: context.user, prompt }, () => {
      conversation.keep();
      context.keyWorked(null);
    });
    if (halfWay) return;
    state.passwordsRefused += 1;
    if (conversation.gaveUp) state.gaveUp = true;
    if (conversation.usedSaved) {
      saved = null;
      context.secretRefused('password');
    }
  }
}

/** One keyboard-interactive attempt: the server may ask several times in it. */
class Conversation {
  readonly #context: AuthenticationContext;
  #saved: string | null;
  #toKeep: string | null = null;
  usedSaved = false;
  gaveUp = false;

  constructor(context: AuthenticationContext, saved: string | null) {
    this.#context = context;
    this.#saved = saved;
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

  /** Keeps the password that was typed, if that was asked for. */
  keep(): void {
    if (this.#toKeep !== null) this.#context.rememberSecret('password', this.#toKeep);
    this.#toKeep = null;
  }

  async #answers(
    title: string,
    instructions: string,
    prompts: readonly Prompt[],
  ): Promise<readonly string[]> {
    // Empty answers make the server refuse; there is no other way out of a conversation.
    const empty = prompts.map(() => '');
    if (this.gaveUp) return empty;
    const isPassword = asksForPassword(prompts);
    if (isPassword && this.#saved !== null) {
      const saved = this.#saved;
      this.#saved = null;
      this.usedSaved = true;
      return [saved];
    }
    const fields = prompts.map(({ prompt, echo }) => ({ label: prompt, echo: echo === true }));
    const answer = await this.#context.ask({ kind: 'keyboard-interactive', title, instructions, fields });
    this.gaveUp = answer === null;
    if (isPassword && answer?.remember === true) this.#toKeep = answer.answers[0] ?? null;
    return answer?.answers ?? empty;
  }
}

/** A kept password may only answer what is plainly a request for it, and never a question of another kind. */
function asksForPassword(prompts: readonly Prompt[]): boolean {
  const [only, ...more] = prompts;
  return (
    only !== undefined &&
    more.length === 0 &&
    only.echo !== true &&
    /^[^\n]*\bpassword:?\s*$/i.test(only.prompt)
  );
}
