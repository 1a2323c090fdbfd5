import type { AuthenticationContext, Tries } from './context.ts';
import { offerKeys } from './keys.ts';
import { tryPasswords, tryQuestions } from './passwords.ts';
import { Progress } from './progress.ts';

/**
 * The attempts to sign in, in an order of our own: keys of the agent (the one that worked last time first), key
 * files, password, keyboard-interactive, as far as the settings say and the server takes them. A second factor
 * after a partial success is answered whatever the settings say. Ends with why
 * none of them opened the door.
 */
export async function* authenticate(context: AuthenticationContext): Tries<string | null> {
  const { user, auth } = context;
  const state = new Progress(context);
  yield* state.try({ type: 'none', username: user });
  const offered = [...state.left];

  const byKey = auth.method !== 'password';
  const byPassword = auth.method === 'auto' || auth.method === 'password';
  if (byKey && state.takes('publickey')) yield* offerKeys(context, state);
  if ((byPassword || state.partial) && state.takes('password')) yield* tryPasswords(context, state);
  const askedEnough = state.passwordsRefused > 0 && !state.partial;
  if ((byPassword || state.partial) && !askedEnough && state.takes('keyboard-interactive'))
    yield* tryQuestions(context, state);
  if (state.partial && byKey && state.takes('publickey')) yield* offerKeys(context, state);
  return state.failure(offered);
}
