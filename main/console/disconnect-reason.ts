import { displayText } from '../../preload/contract/display-text.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import type { ConsoleEnd, ConsolePhase } from '../../preload/contract/console.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { HandshakeRefusal } from './rfb-handshake.ts';

/** The one way in which a console has ended. */
export type Ending = Extract<ConsolePhase, { readonly phase: 'ended' }>;

const again = 'Press Enter to connect again.';

function ending(reason: ConsoleEnd, what: string, next = again): Ending {
  return { phase: 'ended', reason, sentence: `${what} ${next}` };
}

/** The API gave no access: by its own words, or because what it gave must not be opened. */
export function refusedByApi(error: ApiError): Ending {
  if (error.kind === 'drift') return insecureAddress();
  const { what, next } = errorSentence(error);
  // Nothing was filled in that could be checked: the server's own words are all there is to say.
  return ending('refused', next === null || error.kind === 'invalid' ? what : `${what} ${next}`);
}

/** The address is none of `wss:`. */
export const insecureAddress = (): Ending =>
  ending(
    'insecure',
    'The API gave no encrypted address (wss) for this console, so it was not opened: anybody on the way could read along.',
  );
export const badCertificate = (): Ending =>
  ending(
    'insecure',
    "The console's certificate was not accepted, so nothing was sent. Check this computer's clock, and whether a proxy is in between.",
  );
export const notTls = (): Ending =>
  ending(
    'insecure',
    "What answers at the console's address speaks no TLS, so nothing was sent. A proxy may come between.",
  );
export const tlsRefused = (): Ending =>
  ending(
    'insecure',
    "The console's server broke off the encryption (TLS), so nothing was sent. It may be too old for TLS 1.2, or want a certificate of this computer.",
  );
export const notAWebSocket = (): Ending =>
  ending('protocol-error', "What answers at the console's address is no WebSocket.");
export const redirected = (): Ending =>
  ending('insecure', 'The console answered with another address. It was not followed.');
export const expired = (): Ending =>
  ending('expired', 'The console refused its access, also when it was requested again.');
export const refusedWithStatus = (status: number): Ending =>
  ending('unreachable', `The console did not open: its server answered with status ${status}.`);
export const unreachable = (): Ending =>
  ending('unreachable', 'The console could not be reached. Check the network connection.');
export const timedOut = (afterMs: number): Ending =>
  ending('timeout', `The console did not answer within ${Math.round(afterMs / 1000)} s.`);
export const cancelled = (): Ending => ending('cancelled', 'Connecting was canceled.');
/** `words`: what the server or a proxy before it gave as its reason; empty for none. */
export function closedByServer(words: string): Ending {
  const shown = displayText(words, 120);
  return shown === ''
    ? ending(
        'closed',
        'The console was closed by its server. It has stopped, or somebody else opened the console.',
      )
    : ending('closed', `The console was closed by its server: “${shown}”.`);
}
export const lost = (): Ending => ending('lost', 'The connection was lost.');
export const noAnswer = (silentMs: number): Ending =>
  ending('lost', `The connection was lost: no answer for ${Math.round(silentMs / 1000)} s.`);
export const brokenProtocol = (): Ending =>
  ending('protocol-error', 'The console sent something that cannot be read.');
export const tooSlow = (): Ending =>
  ending('protocol-error', 'The console no longer takes what is typed, so the connection was ended.');

/** The password was refused, and a fresh request gave the same one. */
export const samePassword = (words: string | null): Ending =>
  ending(
    'authentication-failed',
    `The console refused its password${inItsWords(words)}, and the API gave the same one when it was asked again.`,
  );

/** The server did not let us in. */
export function notLetIn({ reason, words }: HandshakeRefusal): Ending {
  switch (reason) {
    case 'not-rfb':
      return ending('protocol-error', 'What answers is not a VNC console.');
    case 'no-password':
      return ending('authentication-failed', 'The console wants a password, and the API gave none.');
    case 'wrong-password':
      return ending(
        'authentication-failed',
        `The console refused its password, also a fresh one${inItsWords(words)}.`,
      );
    case 'too-many-attempts':
      return ending(
        'refused',
        `The console takes no sign-in for a while, since too many have failed${inItsWords(words)}. Wait a few minutes.`,
      );
    case 'refused':
      return ending(
        'refused',
        `The console refused the connection${inItsWords(words)}.${words === null ? ' Somebody else may have it open.' : ''}`,
      );
    case 'unknown-security':
      return ending(
        'authentication-failed',
        `The console offers no way to sign in that the app knows. It offers ${words ?? 'none'}.`,
      );
  }
}

/** The server's own words at the end of a sentence, where they say more than that it refused. */
function inItsWords(words: string | null): string {
  const says = words?.replace(/[.!]$/, '') ?? '';
  return says === '' || /^(authentication|password check) (failed|failure)$/i.test(says) ? '' : `: “${says}”`;
}
