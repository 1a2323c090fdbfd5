import * as endings from './ending.ts';
import type { Ending } from './ending.ts';

/** The system's code of an error (`ECONNREFUSED`), or its message where it has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/**
 * What an error of ssh2 means. It tells its errors apart by message only; these are those of 1.17.
 * `phase` is what the connection was doing, `target` its address.
 */
export function sshErrorEnding(error: Error, phase: string, target: string, user: string): Ending {
  const { message } = error;
  if (/no matching|no compatible|algorithm/i.test(message)) return endings.noCommonAlgorithm(target);
  if (/too many authentication failures/i.test(message)) {
    return endings.authenticationFailed(`The server refused further attempts to sign in as ${user}.`);
  }
  if (phase === 'key-exchange') {
    // It spoke, but ended before it named itself as SSH.
    return /lost before handshake|header|greeting|identification|packet length/i.test(message)
      ? endings.notSsh(target)
      : endings.brokenProtocol(message);
  }
  return endings.brokenProtocol(message);
}
