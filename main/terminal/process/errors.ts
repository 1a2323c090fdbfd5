import { refusesForNow } from '../../../preload/contract/ssh-refusal.ts';
import { ourOffer } from './algorithms.ts';
import * as endings from './ending.ts';
import type { Ending } from './ending.ts';
import type { Greeting } from './greeting.ts';

/** The system's code of an error (`ECONNREFUSED`), or its message where it has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** What an error of ssh2 is judged by. */
export interface ErrorSurroundings {
  /** What the connection was doing. */
  readonly phase: string;
  readonly target: string;
  readonly user: string;
  readonly greeting: Greeting;
  /** The server's goodbye, if it said one. */
  readonly disconnect: { readonly reason: number; readonly text: string } | null;
}

/** What an error of ssh2 means. It tells its errors apart by message only; these are those of 1.17. */
export function sshErrorEnding(error: Error, surroundings: ErrorSurroundings): Ending {
  const { phase, target, user, greeting, disconnect } = surroundings;
  if (disconnect !== null) return disconnectEnding(disconnect, user);
  const { message } = error;
  if (phase === 'key-exchange') {
    if (/no matching|no compatible/i.test(message)) return noCommonAlgorithm(target, message, greeting);
    if (!greeting.isSsh) return notSsh(target, greeting);
    // It named itself as SSH, and then said something else.
    if (/header|greeting|identification|packet length/i.test(message)) return endings.notSsh(target);
  }
  return endings.brokenProtocol(message);
}

/** What a server's goodbye means, by its own words. */
export function disconnectEnding(
  { reason, text }: { readonly reason: number; readonly text: string },
  user: string,
): Ending {
  if (/too many authentication failures/i.test(text)) return endings.tooManyFailures(user);
  return endings.disconnected(text, reason);
}

/** What answered is not SSH, or a server that refuses before it has named itself. */
export function notSsh(target: string, greeting: Greeting): Ending {
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
