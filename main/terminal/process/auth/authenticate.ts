import type { AuthenticationContext, Outcome, Tries } from './context.ts';
import { offerKeys } from './keys.ts';
import { tryPasswords, tryQuestions } from './passwords.ts';
import type { Progress } from './progress.ts';

/**
 * The attempts to sign in, in the order of OpenSSH's PreferredAuthentications: keys, keyboard-interactive, password, as
 * far as the settings say and the server takes them. A password that one way refused is not asked for by the other. A
 * second factor after a partial success is answered whatever the settings say. Ends with why none of them opened
 * the door.
 */
export async function* authenticate(context: AuthenticationContext, state: Progress): Tries<Outcome> {
  const { user, auth } = context;
  yield* state.try({ type: 'none', username: user });
  const offered = [...state.left];
  context.offered?.(offered);

  const byKey = auth.method !== 'password';
  const byPassword = (): boolean => auth.method === 'auto' || auth.method === 'password' || state.partial;
  if (byKey && state.takes('publickey')) yield* offerKeys(context, state);
  if (state.needsNewConnection(byPassword())) return { kind: 'reconnect' };
  // Each partial success brings a list of its own, and may ask for another key.
  for (let step = 0; step < 3; step += 1) {
    const proofs = state.proofs;
    if (byPassword() && state.takes('keyboard-interactive')) yield* tryQuestions(context, state);
    const goesOn = state.proofs > proofs || !state.passwordRefused;
    if (byPassword() && goesOn && state.takes('password')) yield* tryPasswords(context, state);
    if (state.proofs > 0 && byKey && state.takes('publickey')) yield* offerKeys(context, state);
    if (state.proofs === proofs) break;
  }
  return state.outcome(offered);
}
