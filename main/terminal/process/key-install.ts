import type { SecretKind, SecretPlace, SessionTarget } from '../protocol.ts';
import type { KeyChange, KeyInstall } from '../requests.ts';
import type { Carried } from './auth/context.ts';
import type { SignInContext } from './auth/sign-in.ts';
import type { MakeUse } from './connection-use.ts';
import * as endings from './disconnect-reason.ts';
import { installScript, readInstallOutcome, removalScript } from './install-script.ts';
import type { Hop } from './route.ts';
import { RoutedConnection } from './routed-connection.ts';
import { runScript, type ScriptRun } from './run-script.ts';
import type { SignInCheckParts } from './sign-in-check.ts';

/** What was typed for a session that is open to the very same target; null where nothing was. */
export type TypedSecret = (kind: SecretKind, place: SecretPlace) => string | null;

/**
 * What a change of authorized_keys is done by besides a connection of its own: runs a script over a session that is open to
 * the very same target; null where there is none.
 */
export type RunInOpenSession = (script: string) => Promise<ScriptRun | null>;

/**
 * Signs in as a session would, without asking anybody, and adds a key to the user's authorized_keys, or takes it out. A
 * password that the app holds, or that opened a session, is sent as a session would send it. A host key that is not known ends it, unless it is the one
 * that somebody has looked at. Where a session is open nobody signs in: its user may have got in by a code that is good once.
 */
export async function changeKey(
  target: SessionTarget,
  change: KeyChange,
  parts: SignInCheckParts,
  { typed, runInOpenSession }: { readonly typed: TypedSecret; readonly runInOpenSession: RunInOpenSession },
): Promise<KeyInstall> {
  const { publicKey, undo } = change;
  const script = undo === null ? installScript(publicKey) : removalScript(publicKey, undo);
  const run = await runInOpenSession(script);
  // A server may give a session no channel but the one of its shell.
  if (run === null || run.kind === 'refused')
    return changeByOwnConnection(target, change, script, parts, typed);
  return outcomeOf(run, undo !== null);
}

function changeByOwnConnection(
  target: SessionTarget,
  { undo, password, passphrase, trustedFingerprint }: KeyChange,
  script: string,
  parts: SignInCheckParts,
  typed: TypedSecret,
): Promise<KeyInstall> {
  let asked: string | null = null;
  const authentication = (hop: Hop, carried: Carried): SignInContext => ({
    ...parts.authentication(hop, carried, (question) => {
      asked = question.kind;
      return Promise.resolve(null);
    }),
    // What is held is for the instance, and goes to no jump host; what was typed for one goes there.
    savedSecret: (kind) => {
      const { host, port, user, isJumpHost } = hop;
      const held = isJumpHost ? null : kind === 'password' ? password : passphrase;
      return Promise.resolve(held ?? typed(kind, { host, port, user, isJumpHost }));
    },
    secretRefused: () => undefined,
    rememberSecret: () => undefined,
    keyWorked: () => undefined,
  });

  return new Promise((resolve) => {
    const run: MakeUse = (client, hooks) => ({
      exit: null,
      isSilent: false,
      open: () => {
        hooks.opened();
        void runScript(client, parts.clock, script).then((ran) => {
          resolve(outcomeOf(ran, undo !== null));
          connection.end(endings.closed());
        });
      },
      heard: () => undefined,
      probe: () => undefined,
      stop: () => undefined,
    });
    const connection = new RoutedConnection(
      target,
      { ...parts, authentication },
      {
        phase: () => undefined,
        askHostKey: ({ keyType, fingerprint, reinstalled }, hop) => {
          if (hop.isJumpHost) return Promise.resolve(false);
          if (fingerprint === trustedFingerprint) return Promise.resolve(true);
          const isReinstalled = reinstalled !== null;
          resolve({ kind: 'host-key', keyType, fingerprint, isReinstalled });
          return Promise.resolve(false);
        },
        routed: () => undefined,
        keyChanged: () => undefined,
        use: run,
        opened: () => undefined,
        latency: () => undefined,
        doubt: () => undefined,
        said: () => undefined,
        ended: ({ reason, sentence }) =>
          resolve(
            asked === null
              ? { kind: 'no-sign-in', reason, sentence: sentence.replace(endings.again, '').trim() }
              : { kind: 'asks', what: asked },
          ),
      },
    );
    connection.start();
  });
}

function outcomeOf(run: ScriptRun, isRemoval: boolean): KeyInstall {
  if (run.kind === 'lost') return { kind: 'lost' };
  const outcome = run.kind === 'printed' ? readInstallOutcome(run.text) : null;
  if (outcome === 'removed') return { kind: 'removed' };
  return outcome ?? { kind: isRemoval ? 'lost' : 'no-shell' };
}
