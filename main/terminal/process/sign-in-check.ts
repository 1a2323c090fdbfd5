import type { SessionTarget } from '../protocol.ts';
import type { SignInCheck } from '../requests.ts';
import type { Answer, Carried } from './auth/context.ts';
import type { SignInContext } from './auth/sign-in.ts';
import * as endings from './disconnect-reason.ts';
import type { MakeUse } from './connection-use.ts';
import type { Hop } from './route.ts';
import { RoutedConnection, type RoutedParts } from './routed-connection.ts';
import type { SessionQuestion } from './session-authentication.ts';

/** What a check of the sign-in takes. */
export interface SignInCheckParts extends Omit<RoutedParts, 'authentication'> {
  /** The ways to sign in of a session with this target; what it asks goes to `ask`. */
  readonly authentication: (
    hop: Hop,
    carried: Carried,
    ask: (question: SessionQuestion) => Promise<Answer | null>,
  ) => SignInContext;
}

/** Nothing is done with the connection: that it is signed in is all that is asked. */
const nothing: MakeUse = (_client, hooks) => ({
  exit: null,
  isSilent: false,
  open: () => hooks.opened(),
  heard: () => undefined,
  probe: () => undefined,
  stop: () => undefined,
});

/**
 * Connects as a session would and signs in by keys, as far as that goes without anybody: no password is sent, nobody is
 * asked, and nothing is remembered; `passphrase` opens the key file. To a host whose key is not known nothing of the user's is offered: such a server is
 * only asked which ways to sign in it has.
 */
export function checkSignIn(
  target: SessionTarget,
  passphrase: string | null,
  parts: SignInCheckParts,
): Promise<SignInCheck> {
  /** Of the sign-in at the instance. */
  let last: Carried | null = null;
  let hostKey: SignInCheck['hostKey'] = null;
  let methods: readonly string[] | null = null;
  let asked: SignInCheck['asked'] = null;
  let opened: { readonly keyFingerprint: string | null } | null = null;
  let isStranger = false;

  const authentication = (hop: Hop, carried: Carried): SignInContext => {
    const full = parts.authentication(hop, carried, (question) => {
      if (question.kind === 'passphrase') asked = { kind: 'passphrase', path: question.path };
      else if (question.kind !== 'host-key') asked = { kind: question.kind };
      return Promise.resolve(null);
    });
    return {
      ...full,
      // Read once the host key was judged.
      get auth() {
        return isStranger ? ({ method: 'password' } as const) : full.auth;
      },
      savedSecret: (kind) => Promise.resolve(kind === 'passphrase' ? passphrase : null),
      secretRefused: () => undefined,
      rememberSecret: () => undefined,
      keyWorked: (keyFingerprint) => {
        opened = { keyFingerprint };
      },
      offered: (taken) => {
        // Of the instance, not of the jump hosts before it.
        if (!hop.isJumpHost) methods = taken;
      },
    };
  };

  return new Promise((resolve) => {
    const connection = new RoutedConnection(
      target,
      {
        ...parts,
        // A key that nobody has looked at is not kept.
        knownHosts: { ...parts.knownHosts, add: () => Promise.resolve(), forget: () => Promise.resolve() },
        newKeyTaken: () => undefined,
        authentication: (hop, carried) => {
          last = hop.isJumpHost ? null : carried;
          return authentication(hop, carried);
        },
      },
      {
        phase: (phase, jumpHost) => {
          if (phase === 'authenticating' && jumpHost === null) hostKey ??= { kind: 'trusted' };
        },
        askHostKey: ({ keyType, fingerprint, reinstalled }, hop) => {
          // A jump host that is not known leads nowhere without a person.
          if (hop.isJumpHost) return Promise.resolve(false);
          isStranger = true;
          hostKey = { kind: reinstalled === null ? 'unknown' : 'expected', keyType, fingerprint };
          return Promise.resolve(true);
        },
        routed: () => undefined,
        keyChanged: () => undefined,
        use: nothing,
        opened: () => connection.end(endings.closed()),
        latency: () => undefined,
        doubt: () => undefined,
        said: () => undefined,
        ended: ({ reason, sentence }) =>
          resolve({
            hostKey,
            methods,
            keysOffered: last?.tried.size ?? 0,
            asked,
            opened,
            end:
              reason === 'closed' ? null : { reason, sentence: sentence.replace(endings.again, '').trim() },
          }),
      },
    );
    connection.start();
  });
}
