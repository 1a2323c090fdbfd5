import type { SessionPrompt } from '../../../preload/contract/terminal.ts';
import type { SessionTarget } from '../protocol.ts';
import type { Answer, Carried } from './auth/context.ts';
import { usualKeyFiles } from './auth/key-files.ts';
import { personsPath } from './auth/paths.ts';
import type { SignInContext } from './auth/sign-in.ts';
import { sshAgentKeys, sshAgentSockets } from './auth/ssh-agents.ts';
import { readHostConfig } from './config/host-config.ts';
import type { SessionParts } from './session.ts';

/** A question before it has its number. */
export type SessionQuestion = Unnumbered<SessionPrompt>;
type Unnumbered<P> = P extends unknown ? Omit<P, 'id'> : never;

/** What a connection of a session may sign in with: agents, key files, saved secrets, and what `ask` is answered. */
export function sessionAuthentication(
  target: SessionTarget,
  parts: SessionParts,
  carried: Carried,
  ask: (question: SessionQuestion) => Promise<Answer | null>,
): SignInContext {
  const { clock, surroundings, savedSecret, secretRefused, rememberSecret, keyWorked } = parts;
  const { auth, host, preferredKey, user } = target;
  const hostConfig = once(() => readHostConfig(surroundings, { ...target, otherwiseUser: user }));
  return {
    user,
    auth,
    preferredKey,
    ask: (question) => ask(question.kind === 'password' ? { ...question, user, host } : question),
    hostConfig,
    sshAgentKeys: once(async () => sshAgentKeys(sshAgentSockets(surroundings, await hostConfig()), clock)),
    usualKeyFiles: usualKeyFiles(surroundings.home),
    path: (typed) => personsPath(typed, surroundings),
    savedSecret,
    secretRefused,
    rememberSecret,
    keyWorked,
    carried,
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}
