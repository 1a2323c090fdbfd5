import type { SessionId } from '../../../preload/contract/brands.ts';
import type { SecretKind, SecretPlace, SessionTarget } from '../protocol.ts';

/**
 * What was typed for sessions that are open, so that the files beside a terminal do not ask for it again. It serves the
 * very same target alone, never leaves this process, and goes with its session's connection.
 */
export class SharedSecrets {
  readonly #held = new Map<
    SessionId,
    { readonly target: SessionTarget; readonly secrets: Map<string, string> }
  >();

  /** It was typed for this session, and was right. */
  hold(target: SessionTarget, kind: SecretKind, place: SecretPlace, secret: string): void {
    // With several keys it is not known which one it opens; those of a jump host are not named here.
    if (kind === 'passphrase' && (place.isJumpHost || target.auth.method !== 'key-file')) return;
    const held = this.#held.get(target.sessionId) ?? { target, secrets: new Map<string, string>() };
    held.secrets.set(nameOf(kind, place), secret);
    this.#held.set(target.sessionId, held);
  }

  /** What opened another session of the same target; null where none is held. */
  for(target: SessionTarget, kind: SecretKind, place: SecretPlace): string | null {
    for (const { target: held, secrets } of this.#held.values())
      if (held.sessionId !== target.sessionId && isSameTarget(held, target)) {
        const secret = secrets.get(nameOf(kind, place));
        if (secret !== undefined) return secret;
      }
    return null;
  }

  /** The server refused it for this target. */
  refused(target: SessionTarget, kind: SecretKind, place: SecretPlace): void {
    for (const { target: held, secrets } of this.#held.values())
      if (isSameTarget(held, target)) secrets.delete(nameOf(kind, place));
  }

  /** The session's connection has ended. */
  drop(sessionId: SessionId): void {
    this.#held.delete(sessionId);
  }
}

function nameOf(kind: SecretKind, { host, port, user, isJumpHost }: SecretPlace): string {
  return JSON.stringify([kind, host, port, user, isJumpHost]);
}

/** Whether two sessions reach the same user of the same server by the same way, whatever kind they are. */
export function isSameTarget(a: SessionTarget, b: SessionTarget): boolean {
  const own: ReadonlySet<string> = new Set(['sessionId', 'kind', 'preferredKey']);
  const rest = (target: SessionTarget): string =>
    JSON.stringify(
      Object.entries(target)
        .filter(([name]) => !own.has(name))
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  return rest(a) === rest(b);
}
