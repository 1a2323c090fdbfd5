import type { AuthenticationContext, Tries } from './context.ts';
import { keyFileText, KeyFileError, readKeyFile, type AskPassphrase } from './key-files.ts';
import { SingleKeyAgent, type KeyOffer } from './key-offer.ts';
import { offeredKeyOfLine, plainTypeOf, signingAlgorithm, type OfferedKey } from './offered-key.ts';
import type { Progress } from './progress.ts';

/** Offers keys one by one, as many as one connection may, each once in all connections of a sign-in. */
export async function* offerKeys(context: AuthenticationContext, state: Progress): Tries {
  const { carried, user } = context;
  for await (const { offer, path } of withCertificates(context, keysToOffer(context, state))) {
    const id = offer.blob.toString('base64');
    if (carried.tried.has(id)) continue;
    if (!state.takes('publickey')) return;
    if (!state.mayOffer()) {
      state.hasMoreKeys = true;
      return;
    }
    const algorithm = signingAlgorithm(offer.type, context.signatureAlgorithms());
    if (algorithm === null) {
      state.unusable.push({
        path: path ?? 'of an RSA key',
        problem: 'was not offered: this server wants a SHA-1 signature of it, which is no longer safe',
      });
      continue;
    }
    carried.tried.add(id);
    state.offers += 1;
    const agent = new SingleKeyAgent(offer, {
      algorithm,
      whileSigning: context.whileAsking,
      send: context.sendSigned,
    });
    const halfWay = yield* state.try({ type: 'agent', username: user, agent }, () =>
      context.keyWorked(offer.fingerprint),
    );
    if (halfWay) return;
    if (path !== null && agent.problem instanceof KeyFileError)
      state.unusable.push({ path, problem: agent.problem.message });
    if (agent.signed && !state.partial) state.unusable.push(...refusedAfterSigning(path));
  }
}

/** A key with the file it came from; null: an agent's. */
interface Candidate {
  readonly offer: KeyOffer;
  readonly path: string | null;
}

/**
 * The key that worked last time first; then the files that ~/.ssh/config names for the host, or else the usual ones,
 * where the agent signs for what it has; then what else the agent has, so that it crowds nobody out. With
 * `IdentitiesOnly` the files alone.
 */
async function* keysToOffer(context: AuthenticationContext, state: Progress): AsyncGenerator<Candidate> {
  const { auth, preferredKey } = context;
  if (auth.method === 'key-file') {
    yield* keysOfFile(context, state, auth.path, true);
    return;
  }
  const config = await context.hostConfig();
  const held = await context.sshAgentKeys();
  const ofSshAgent = (offer: KeyOffer): Candidate => ({ offer, path: null });
  const offersSshAgent = !config.identitiesOnly || auth.method === 'agent';
  if (offersSshAgent) yield* held.filter(({ fingerprint }) => fingerprint === preferredKey).map(ofSshAgent);
  if (auth.method === 'auto') {
    const paths = config.identityFiles ?? context.usualKeyFiles;
    for (const path of new Set(paths)) yield* keysOfFile(context, state, path, false);
  }
  if (offersSshAgent) yield* held.map(ofSshAgent);
}

/** Each key after the certificates that ~/.ssh/config has for it (`CertificateFile`), as ssh(1) offers them. */
async function* withCertificates(
  context: AuthenticationContext,
  candidates: AsyncIterable<Candidate>,
): AsyncGenerator<Candidate> {
  const isChosen = context.auth.method === 'key-file';
  const paths = isChosen ? [] : (await context.hostConfig()).certificateFiles;
  const certificates = (await Promise.all(paths.map(certificateOf))).filter((each) => each !== null);
  for await (const candidate of candidates) {
    const { offer } = candidate;
    for (const certificate of certificates)
      if (certificate.fingerprint === offer.fingerprint && plainTypeOf(offer.type) === offer.type)
        yield { ...candidate, offer: { ...certificate, sign: offer.sign } };
    yield candidate;
  }
}

/** Null where the file has no certificate. */
async function certificateOf(path: string): Promise<OfferedKey | null> {
  const text = await keyFileText(path);
  const key = typeof text === 'string' ? offeredKeyOfLine(text) : null;
  return key === null || plainTypeOf(key.type) === key.type ? null : key;
}

/** The keys of a file; where the agent has one of them, it signs and no passphrase is asked for. */
async function* keysOfFile(
  context: AuthenticationContext,
  state: Progress,
  typed: string,
  isChosen: boolean,
): AsyncGenerator<Candidate> {
  const file = await readKeyFile(context.path(typed), passphraseFor(context, state, typed), typed);
  if (file === null) {
    if (isChosen) state.unusable.push({ path: typed, problem: 'does not exist' });
    return;
  }
  if (file.kind === 'unusable') {
    state.unusable.push(file);
    return;
  }
  const held = await context.sshAgentKeys();
  const inSshAgent = (blob: Buffer): KeyOffer | undefined => held.find((key) => key.blob.equals(blob));
  if (file.kind === 'offers') {
    for (const offer of file.offers) yield { offer: inSshAgent(offer.blob) ?? offer, path: typed };
    return;
  }
  // A public key alone: the private one is in the agent.
  const offer = inSshAgent(file.key.blob);
  if (offer !== undefined) yield { offer, path: typed };
  else if (isChosen)
    state.unusable.push({
      path: typed,
      problem: 'is a public key, and no SSH agent has its private half. Choose the file without .pub',
    });
}

function refusedAfterSigning(
  path: string | null,
): readonly { readonly path: string; readonly problem: string }[] {
  return path === null ? [] : [{ path, problem: 'is known to the server, which refused it all the same' }];
}

/** The kept passphrase first, then the user's. */
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
    if (last === 'saved' && context.auth.method === 'key-file') context.secretRefused('passphrase');
    const answer = await context.ask({ kind: 'passphrase', path, wrongBefore: last !== 'nothing' });
    last = 'typed';
    const text = answer?.answers[0];
    if (answer === null || text === undefined) {
      // With several ways to sign in, this key is passed over; with this one alone, that was all.
      state.gaveUp = context.auth.method === 'key-file';
      return null;
    }
    return {
      text,
      onRight: () => {
        context.secretWorked('passphrase', text);
        if (answer.remember) context.rememberSecret('passphrase', text);
      },
    };
  };
}
