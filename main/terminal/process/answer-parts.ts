import { sessionAuthentication } from './session-authentication.ts';
import type { SignInCheckParts } from './sign-in-check.ts';

/** What a connection takes that is made for an answer, not for a session: no secret is asked for, and none is remembered. */
export function answerParts(
  {
    clock,
    limits,
    surroundings,
    knownHosts,
  }: Pick<SignInCheckParts, 'clock' | 'limits' | 'surroundings' | 'knownHosts'>,
  expectsNewKey: boolean,
  newKeyTaken: () => void,
): SignInCheckParts {
  const nothing = (): void => undefined;
  const secrets = {
    savedSecret: () => Promise.resolve(null),
    secretRefused: nothing,
    rememberSecret: nothing,
    secretWorked: nothing,
    keyWorked: nothing,
  };
  return {
    clock,
    limits,
    surroundings,
    knownHosts,
    expectsNewKey: () => expectsNewKey,
    newKeyTaken,
    authentication: (hop, carried, ask) =>
      sessionAuthentication(hop, { clock, surroundings, ...secrets }, carried, ask),
  };
}
