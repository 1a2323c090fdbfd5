import type { SessionEnd, SessionKind } from '../../../preload/contract/terminal.ts';
import { displayLines } from '../../../preload/contract/display-text.ts';
import { sshFingerprint } from '../../ssh/index.ts';
import type { KnownHost } from './known-hosts.ts';

/** The one way in which a session has ended. */
export interface Ending {
  readonly reason: SessionEnd;
  /** What happened and what to do, for the user. */
  readonly sentence: string;
  readonly retryable: boolean;
  /** What stood in the way may pass, and nobody refused anything: another attempt may be made without being asked for. */
  readonly mayPass?: true;
}

/** What an end that can be tried again says last. */
export const again = 'Press Enter to connect again.';

function ending(reason: SessionEnd, what: string): Ending {
  return { reason, sentence: `${what} ${again}`, retryable: true };
}

/** One whose cause may pass by itself. */
const passing = (reason: SessionEnd, what: string): Ending => ({ ...ending(reason, what), mayPass: true });

export const cancelled = (): Ending => ending('cancelled', 'Connecting was canceled.');
export const closed = (): Ending => ({
  reason: 'closed',
  sentence: 'The session was closed.',
  retryable: false,
});

/** The shell went by itself; `signal` is set where one ended it. */
export function exited(status: number | null, signal: string | null): Ending {
  if (signal !== null) return ending('exited', `The shell was ended by ${signal}.`);
  return ending(
    'exited',
    status === 0 ? 'The shell ended.' : `The shell ended with status ${String(status)}.`,
  );
}

export const lostNoAnswer = (silentMs: number): Ending =>
  passing('lost', `The connection was lost: no answer for ${seconds(silentMs)}.`);
/** `during` is what the connection was doing before its shell was open. */
export function lostClosed(during: string | null): Ending {
  const when = during === null ? '' : ` during ${phaseNames.get(during) ?? during}`;
  // While signing in it may be a refusal.
  return (during === null || during === 'key-exchange' ? passing : ending)(
    'lost',
    `The connection was lost: the server closed it${when}.`,
  );
}
export const lostBySocket = (code: string): Ending =>
  passing('lost', `The connection was lost: ${socketErrors.get(code) ?? `the network reported ${code}`}.`);
export const lostBeforeHandshake = (target: string): Ending =>
  passing('lost', `${target} closed the connection before it said anything. It may refuse this address.`);

export const connectTimeout = (target: string, afterMs: number): Ending =>
  passing(
    'timeout',
    `${target} did not answer within ${seconds(afterMs)}. Check that it runs and that no firewall is in between.`,
  );
export const silentServer = (target: string, afterMs: number): Ending =>
  passing(
    'timeout',
    `${target} took the connection but did not finish the key exchange within ${seconds(afterMs)}.`,
  );
export const stalled = (what: string, afterMs: number): Ending =>
  ending('timeout', `The server stopped answering while ${what}, for ${seconds(afterMs)}.`);

/** A connection that was never made, by the socket's error code. */
export function unreachable(target: string, host: string, code: string): Ending {
  switch (code) {
    case 'ECONNREFUSED':
      return passing('refused', `${target} refused the connection: no SSH server listens there.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return passing('unreachable', `The name ${host} could not be found.`);
    case 'ETIMEDOUT':
      return passing('timeout', `${target} did not answer.`);
    case 'ECONNRESET':
      return passing('lost', `${target} cut the connection at once. It may refuse this address.`);
    default:
      return passing('unreachable', `${target} cannot be reached: ${socketErrors.get(code) ?? code}.`);
  }
}

/** An attempt that came by itself would have asked the user. */
export const takesAnAnswer = (): Ending =>
  ending('lost', 'The connection was lost, and to connect again takes an answer of yours.');
/** As many attempts as are made by themselves have failed; `last` is how the last one did. */
export const gaveUp = (last: Ending, attempts: number): Ending => ({
  ...last,
  sentence: last.sentence.replace(
    again,
    `After ${attempts} attempts to connect again no other one follows. ${again}`,
  ),
});

/** There is no way to the instance that the app could go. */
export const noRoute = (sentence: string): Ending => ending('unreachable', sentence);

/** An end at a jump host, on the way to the instance. */
export const atJumpHost = (name: string, end: Ending): Ending => ({
  ...end,
  sentence: `At the jump host ${name}: ${end.sentence}`,
});

/** A jump host does not make the connection to the next server; ssh2 gives its reason by number (RFC 4254, section 5.1). */
export function jumpRefused(target: string, error: Error): Ending {
  const reason = 'reason' in error ? error.reason : null;
  if (reason === 1)
    return ending(
      'refused',
      `It does not allow connections to ${target}. Its administrator can (AllowTcpForwarding, PermitOpen).`,
    );
  const words = displayLines(error.message.replace(/^\(SSH\) Channel open failure: /, ''), 200);
  return passing('unreachable', `It could not connect to ${target} (“${words.replaceAll('\n', ' ')}”).`);
}

export const tooMuchGreeting = (target: string, limitBytes: number): Ending =>
  ending(
    'protocol-error',
    `${target} sent more than ${Math.round(limitBytes / 1024)} KB before the key exchange.`,
  );
export const notSsh = (target: string): Ending =>
  ending('protocol-error', `${target} did not answer as an SSH server. Check the port.`);
export const oldProtocol = (target: string, version: string): Ending =>
  ending(
    'protocol-error',
    `${target} speaks SSH ${version} only, which is no longer safe. Update its SSH server.`,
  );
/** It says something else in place of SSH's first line. */
export const otherWords = (target: string, words: string): Ending =>
  ending(
    'protocol-error',
    `${target} answered “${words}” instead of an SSH greeting. If that is no refusal, check the port.`,
  );
/** OpenSSH's penalty for failed sign-ins, and its limit for connections that have not signed in yet. */
export const refusesForNow = (target: string, words: string): Ending => ({
  reason: 'refused',
  sentence:
    `${target} refuses this address for now (“${words}”): too many failed sign-ins, or too many connections at once. ` +
    'Wait half a minute, then press Enter to connect again.',
  retryable: true,
});

/** The part of the connection that the two sides have nothing in common for. */
export interface NothingInCommon {
  /** What it is called: "cipher". */
  readonly word: string;
  readonly offered: readonly string[];
  readonly ours: readonly string[];
  /** All that the server offers is no longer safe. */
  readonly isOutdated: boolean;
}

/** Says what the server offers, and calls it outdated only where it is. */
export function noCommonAlgorithm(target: string, part: NothingInCommon): Ending {
  const { word, offered, ours, isOutdated } = part;
  const offers = `It offers ${offered.join(', ') || 'none'}`;
  const what = isOutdated
    ? `${target} has only outdated encryption. ${offers}.`
    : `${target} and this app have no ${word} in common. ${offers}; this app has ${ours.join(', ')}.`;
  return ending('protocol-error', what);
}
export const brokenProtocol = (detail: string): Ending =>
  ending('protocol-error', `The server broke the SSH protocol: ${detail}.`);
/** It let somebody in, and did not give what the session is for. */
export const notOpened = (kind: SessionKind, detail: string): Ending =>
  ending(
    'protocol-error',
    kind === 'shell'
      ? `The server opened no shell: ${detail}.`
      : `The server gives no access to its files: ${detail}. SFTP may be turned off in its SSH settings.`,
  );

/** A server's goodbye in its own words; without words, by the number that RFC 4253 gives it (section 11.1). */
export function disconnected(text: string, reason: number): Ending {
  const words = displayLines(text, 300).replaceAll('\n', ' ').trim();
  const meaning = words === '' ? disconnectReasons.get(reason) : `“${words}”`;
  return ending('lost', `The server ended the connection: ${meaning ?? `reason ${reason}`}.`);
}
/** `refusal`: what the server refused before, in words. */
export const tooManyFailures = (user: string, refusal: string | null): Ending =>
  ending(
    'authentication-failed',
    refusal === null
      ? `The server refused further attempts to sign in as ${user}.`
      : `${refusal} The server takes no further attempts.`,
  );
/** It hung up while the user was asked. */
export const waitedTooLong = (): Ending =>
  ending(
    'timeout',
    'The server hung up, since it waited too long for an answer: most wait two minutes for a sign-in.',
  );
/** The server wants a new password before it lets anybody in. */
export const passwordExpired = (user: string, words: string): Ending =>
  ending(
    'authentication-failed',
    `The password of ${user} has to be changed before signing in${words === '' ? '' : ` (“${words}”)`}. Change it in the server’s console.`,
  );
/** `said` is what the server said while signing in, in lines: the likely reason of an end. */
export function withWords(end: Ending, said: string): Ending {
  const words = said.replaceAll(/\s+/g, ' ').trim();
  if (words === '') return end;
  const told = `It said: “${words.length > 400 ? `${words.slice(0, 399)}…` : words}”.`;
  return { ...end, sentence: end.sentence.replace(again, `${told} ${again}`) };
}

export const authenticationFailed = (detail: string): Ending => ending('authentication-failed', detail);

/** The hard stop: no way to accept the new key from here. */
export function hostKeyChanged(target: string, shown: string, known: KnownHost): Ending {
  const trusted = sshFingerprint(Buffer.from(known.key, 'base64'));
  return {
    reason: 'host-key-changed',
    sentence:
      `The host key of ${target} has changed: somebody may be in between, or the server was reinstalled. ` +
      `It showed ${shown}; trusted is ${trusted} (${known.path}, line ${known.lineNumber}). ` +
      `Nothing was sent. If you know why it changed, ${known.own ? 'forget the old key first' : 'remove that line first'}.`,
    retryable: false,
  };
}
export const hostKeyRevoked = (target: string, shown: string): Ending => ({
  reason: 'host-key-revoked',
  sentence: `The host key of ${target} (${shown}) is marked as revoked in known_hosts. Nothing was sent.`,
  retryable: false,
});
export const hostKeyRejected = (): Ending =>
  ending('host-key-rejected', 'The host key was not accepted, and nothing was sent.');
export const hostKeyForgotten = (): Ending =>
  ending(
    'host-key-rejected',
    'The host key that this app trusted was forgotten; the next connection asks about the new one.',
  );
export const newKeyExpected = (): Ending =>
  ending(
    'host-key-rejected',
    'The server was reinstalled from here, so that one new host key is expected; the next connection asks about it.',
  );
export const knownHostsUnusable = (detail: string): Ending =>
  ending(
    'host-key-rejected',
    `The list of known hosts could not be used (${detail}), so the server cannot be verified.`,
  );

const phaseNames: ReadonlyMap<string, string> = new Map([
  ['key-exchange', 'the key exchange'],
  ['authenticating', 'the sign-in'],
  ['opening-shell', 'the start of the shell'],
  ['opening-files', 'the start of SFTP'],
]);

const disconnectReasons: ReadonlyMap<number, string> = new Map([
  [1, 'it does not allow this address to connect'],
  [2, 'it found a fault in the protocol'],
  [3, 'the key exchange failed'],
  [7, 'it does not offer what was asked for'],
  [8, 'it does not speak this version of SSH'],
  [11, 'it was ended on its side'],
  [12, 'it has too many connections'],
  [14, 'it takes no further way to sign in'],
  [15, 'it does not know this user'],
]);

const socketErrors: ReadonlyMap<string, string> = new Map([
  ['ECONNRESET', 'the other side reset it'],
  ['EPIPE', 'the other side closed it'],
  ['ETIMEDOUT', 'the network gave no answer'],
  ['EHOSTUNREACH', 'there is no route to it'],
  ['ENETUNREACH', 'this computer has no network'],
  ['ENETDOWN', 'this computer has no network'],
]);

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`;
}
