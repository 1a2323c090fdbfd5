import type { AuthenticationContext, Tries } from './context.ts';
import { keyFileOffer, type AskPassphrase } from './key-files.ts';
import { SingleKeyAgent, type KeyOffer } from './key-offer.ts';
import type { Progress } from './progress.ts';

/** sshd shuts the door after six failures (`MaxAuthTries`): three keys leave room for three passwords. */
const maxKeyOffers = 3;

/** Offers keys one by one, the one that worked last time first; at most three in one connection. */
export async function* offerKeys(context: AuthenticationContext, state: Progress): Tries {
  for await (const offer of keysToOffer(context, state)) {
    if (state.tried.size >= maxKeyOffers || !state.takes('publickey')) return;
    if (state.tried.has(offer.fingerprint)) continue;
    state.tried.add(offer.fingerprint);
    const agent = new SingleKeyAgent(offer, context.whileAsking);
    yield* state.try({ type: 'agent', username: context.user, agent }, () =>
      context.keyWorked(offer.fingerprint),
    );
    if (!agent.signed) continue;
    // The server took the key and had it signed, yet wants more: a partial success, which ssh2 does not report
    // for agents, nor what is left. Asking for `none` brings the list.
    state.partial = true;
    yield* state.try({ type: 'none', username: context.user });
    return;
  }
}

async function* keysToOffer(context: AuthenticationContext, state: Progress): AsyncGenerator<KeyOffer> {
  const { auth, preferredKey } = context;
  if (auth.method === 'auto' || auth.method === 'agent') {
    const keys = await context.agentKeys();
    yield* keys.filter((key) => key.fingerprint === preferredKey);
    yield* keys.filter((key) => key.fingerprint !== preferredKey);
  }
  const paths =
    auth.method === 'key-file' ? [auth.path] : auth.method === 'auto' ? context.usualKeyFiles : [];
  for (const path of paths) {
    const offer = await keyFileOffer(path, passphraseFor(context, state, path));
    if (offer === null) state.unusable.push({ path, problem: 'does not exist' });
    else if ('problem' in offer) state.unusable.push(offer);
    else yield offer;
  }
}

/** The kept passphrase first, then the person's. */
function passphraseFor(context: AuthenticationContext, state: Progress, path: string): AskPassphrase {
  let last: 'nothing' | 'saved' | 'typed' = 'nothing';
  return async () => {
    if (last === 'nothing') {
      const saved = await context.savedSecret('passphrase');
      if (saved !== null) {
        last = 'saved';
        return { text: saved, onRight: () => undefined };
      }
    }
    if (last === 'saved') context.secretRefused('passphrase');
    const answer = await context.ask({ kind: 'passphrase', path, wrongBefore: last !== 'nothing' });
    last = 'typed';
    const text = answer?.answers[0];
    if (answer === null || text === undefined) {
      // With several ways to sign in, this key is passed over; with this one alone, that was all.
      state.gaveUp = context.auth.method === 'key-file';
      return null;
    }
    return { text, onRight: () => answer.remember && context.rememberSecret('passphrase', text) };
  };
}
