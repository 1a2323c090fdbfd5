import { refusesForNow } from '../../../preload/contract/ssh-refusal.ts';
import { ourOffer } from './algorithms.ts';
import * as endings from './disconnect-reason.ts';
import type { Ending } from './disconnect-reason.ts';
import type { ConnectingPhase, ConnectionLimits } from './connection-parts.ts';
import type { Greeting } from './greeting.ts';

/** The system's code of an error (`ECONNREFUSED`), or its message where it has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** What the end of a connection is judged by. */
export interface Environment {
  /** What the connection was doing. */
  readonly phase: ConnectingPhase | 'open' | 'over';
  /** The server as it is named to the user. */
  readonly target: string;
  readonly host: string;
  readonly user: string;
  readonly limits: ConnectionLimits;
  readonly greeting: Greeting;
  /** The server has sent at least one byte. */
  readonly hasReceived: boolean;
  /** The server's goodbye, if it said one. */
  readonly disconnect: { readonly reason: number; readonly text: string } | null;
  /** How the shell went, if it did. */
  readonly exit: { readonly status: number | null; readonly signal: string | null } | null;
  /** The user was being asked for a secret. */
  readonly isAsking: boolean;
  /** What the server said before the session, in lines. */
  readonly said: string;
  /** What the server refused while signing in, in words; null: neither a password nor an answer. */
  readonly refusal: string | null;
}

/** What an error of ssh2 means. It tells its errors apart by message only; these are those of 1.17. */
export function sshErrorEnding(error: Error, surroundings: Environment): Ending {
  const { phase, target, greeting, disconnect, hasReceived } = surroundings;
  if (!hasReceived) return endings.lostBeforeHandshake(target);
  if (disconnect !== null) return withWords(disconnectEnding(disconnect, surroundings), surroundings);
  const { message } = error;
  if (phase === 'key-exchange') {
    if (/no matching|no compatible/i.test(message)) return noCommonAlgorithm(target, message, greeting);
    if (!greeting.isSsh) return notSsh(target, greeting);
    const version = greeting.protocolVersion;
    // RFC 4253, section 5.1: 1.99 speaks 2.0, too.
    if (version?.startsWith('1.') === true && version !== '1.99') return endings.oldProtocol(target, version);
    // It named itself as SSH, and then said something else.
    if (/header|greeting|identification|packet length/i.test(message)) return endings.notSsh(target);
  }
  return withWords(endings.brokenProtocol(message), surroundings);
}

/** What an error of the socket means. */
export function socketErrorEnding(error: unknown, surroundings: Environment): Ending {
  const { phase, target, host, greeting, hasReceived, isAsking } = surroundings;
  const code = errorCode(error);
  if (phase === 'resolving' || phase === 'connecting') return endings.unreachable(target, host, code);
  // A server that hangs up before its first word resets the connection as often as it closes it.
  if (code === 'ECONNRESET' && !hasReceived) return endings.lostBeforeHandshake(target);
  const isRefused = phase === 'key-exchange' && !greeting.isSsh;
  if (isRefused && greeting.words() !== '') return notSsh(target, greeting);
  return isAsking ? endings.waitedTooLong() : endings.lostBySocket(code);
}

/** What it means that the socket, or the shell, was closed without an error. */
export function closedEnding(surroundings: Environment): Ending {
  const { phase, target, greeting, hasReceived, disconnect, exit, isAsking } = surroundings;
  if (exit !== null) return endings.exited(exit.status, exit.signal);
  if (!hasReceived) return endings.lostBeforeHandshake(target);
  if (phase === 'key-exchange' && !greeting.isSsh) return notSsh(target, greeting);
  if (isAsking) return withWords(endings.waitedTooLong(), surroundings);
  if (disconnect !== null) return withWords(disconnectEnding(disconnect, surroundings), surroundings);
  return withWords(endings.lostClosed(phase === 'open' ? null : phase), surroundings);
}

/** What it means that the time for the present phase is over. */
export function overdueEnding({ phase, target, limits }: Environment): Ending {
  switch (phase) {
    case 'key-exchange':
      return endings.silentServer(target, limits.handshakeTimeoutMs);
    case 'authenticating':
      return endings.stalled('signing in', limits.signInTimeoutMs);
    case 'opening-shell':
      return endings.stalled('opening the shell', limits.answerTimeoutMs);
    case 'opening-files':
      return endings.stalled('starting SFTP', limits.answerTimeoutMs);
    case 'resolving':
    case 'connecting':
    case 'open':
    case 'over':
      return endings.connectTimeout(target, limits.connectTimeoutMs);
  }
}

/** Whether the server has shut the door, since too many attempts to sign in failed. */
export function isShutOut({ disconnect }: Pick<Environment, 'disconnect'>): boolean {
  return disconnect !== null && /too many authentication failures/i.test(disconnect.text);
}

/** An end while signing in, with what the server said before it. */
function withWords(end: Ending, { phase, said }: Environment): Ending {
  return phase === 'authenticating' ? endings.withWords(end, said) : end;
}

/** What a server's goodbye means, by its own words. */
function disconnectEnding(
  { reason, text }: { readonly reason: number; readonly text: string },
  surroundings: Environment,
): Ending {
  if (isShutOut(surroundings)) return endings.tooManyFailures(surroundings.user, surroundings.refusal);
  return endings.disconnected(text, reason);
}

/** What answered is not SSH, or a server that refuses before it has named itself. */
function notSsh(target: string, greeting: Greeting): Ending {
  const words = greeting.words();
  if (refusesForNow(words)) return endings.refusesForNow(target, words);
  return words === '' || /^(?:HTTP\/|<)/i.test(words)
    ? endings.notSsh(target)
    : endings.otherWords(target, words);
}

/** By ssh2's words for the part of the connection that has nothing in common. */
const parts = [
  [/key exchange/i, 'kex', 'way to exchange keys'],
  [/host key/i, 'hostKey', 'type of host key'],
  [/cipher/i, 'cipher', 'cipher'],
  [/MAC/, 'mac', 'MAC'],
] as const;

/** Algorithms that OpenSSH has turned off by default, since they are no longer safe. */
const outdated =
  /^diffie-hellman-.*sha1$|^ssh-rsa$|^ssh-dss$|-cbc|arcfour|blowfish|cast128|hmac-md5|hmac-ripemd|sha1-96|^none$/i;
/** Names in the list of key exchanges that are no key exchange. */
const marks = /^(?:ext-info-|kex-strict-)/;

function noCommonAlgorithm(target: string, message: string, greeting: Greeting): Ending {
  const offer = greeting.offer();
  const missing = parts.find(([pattern]) => pattern.test(message));
  if (offer === null || missing === undefined) return endings.brokenProtocol(message);
  const [, part, word] = missing;
  const offered = offer[part].filter((name) => !marks.test(name));
  return endings.noCommonAlgorithm(target, {
    word,
    offered,
    ours: ourOffer[part],
    isOutdated: offered.length > 0 && offered.every((name) => outdated.test(name)),
  });
}
