import type { SessionPrompt } from '../../../preload/contract/terminal.ts';
import type { Answer, Carried } from './auth/context.ts';
import { usualKeyFiles } from './auth/key-files.ts';
import { personsPath } from './auth/paths.ts';
import type { SignInContext } from './auth/sign-in.ts';
import { sshAgentKeys, sshAgentSockets } from './auth/ssh-agents.ts';
import { hopName, type Hop } from './route.ts';
import type { SessionParts } from './session.ts';

/** A question before it has its number. */
export type SessionQuestion = Unnumbered<SessionPrompt>;
type Unnumbered<P> = P extends unknown ? Omit<P, 'id'> : never;

/** What a connection of a session may sign in with: agents, key files, saved secrets, and what `ask` is answered. */
export function sessionAuthentication(
  hop: Hop,
  parts: Pick<
    SessionParts,
    | 'clock'
    | 'surroundings'
    | 'savedSecret'
    | 'secretRefused'
    | 'rememberSecret'
    | 'secretWorked'
    | 'keyWorked'
  >,
  carried: Carried,
  ask: (question: SessionQuestion) => Promise<Answer | null>,
): SignInContext {
  const { clock, surroundings, savedSecret, secretRefused, rememberSecret, secretWorked, keyWorked } = parts;
  const { auth, config, host, isJumpHost, port, preferredKey, user } = hop;
  const place = { host, port, user, isJumpHost };
  const whose = isJumpHost ? { jumpHost: hopName(hop) } : {};
  return {
    user,
    auth,
    preferredKey,
    ask: (question) =>
      ask(question.kind === 'password' ? { ...question, user, host } : { ...question, ...whose }),
    hostConfig: () => Promise.resolve(config),
    sshAgentKeys: once(() => sshAgentKeys(sshAgentSockets(surroundings, config), clock)),
    usualKeyFiles: usualKeyFiles(surroundings.home),
    path: (typed) => personsPath(typed, surroundings),
    savedSecret: (kind) => savedSecret(kind, place),
    secretRefused: (kind) => secretRefused(kind, place),
    rememberSecret: (kind, secret) => rememberSecret(kind, place, secret),
    secretWorked: (kind, secret) => secretWorked(kind, place, secret),
    // Which key opened a jump host says nothing of the instance.
    keyWorked: isJumpHost ? () => undefined : keyWorked,
    carried,
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}
