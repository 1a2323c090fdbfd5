import { errorSentence } from '../../preload/contract/errors-words.ts';
import type { ConsoleEnd, ConsolePhase } from '../../preload/contract/console.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { HandshakeFailure } from './rfb-handshake.ts';

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
    "The console's certificate was not accepted, so nothing was sent. Check this computer's clock, and whether a proxy comes between.",
  );
export const redirected = (): Ending =>
  ending('insecure', 'The console answered with another address. It was not followed.');
export const expired = (): Ending =>
  ending('expired', 'The console refused its access, also when it was asked for anew.');
export const refusedWithStatus = (status: number): Ending =>
  ending('unreachable', `The console did not open: its server answered with status ${status}.`);
export const unreachable = (): Ending =>
  ending('unreachable', 'The console could not be reached. Check the network connection.');
export const timedOut = (afterMs: number): Ending =>
  ending('timeout', `The console did not answer within ${Math.round(afterMs / 1000)} s.`);
export const cancelled = (): Ending => ending('cancelled', 'Connecting was cancelled.');
export const closedByServer = (): Ending =>
  ending('closed', 'The console was closed by its server. A server that stops closes it too.');
export const lost = (): Ending => ending('lost', 'The connection was lost.');
export const noAnswer = (silentMs: number): Ending =>
  ending('lost', `The connection was lost: no answer for ${Math.round(silentMs / 1000)} s.`);
export const brokenProtocol = (): Ending =>
  ending('protocol-error', 'The console sent something that cannot be read.');
export const tooSlow = (): Ending =>
  ending('protocol-error', 'The console no longer takes what is typed, so the connection was ended.');

/** The server did not let us in. */
export function notLetIn(reason: HandshakeFailure): Ending {
  switch (reason) {
    case 'not-rfb':
      return ending('protocol-error', 'What answers is not a VNC console.');
    case 'no-password':
      return ending('authentication-failed', 'The console wants a password, and the API gave none.');
    case 'wrong-password':
      return ending('authentication-failed', 'The console refused its password, also a fresh one.');
    case 'refused':
      return ending('refused', 'The console refused the connection. Somebody else may have it open.');
    case 'unknown-security':
      return ending('authentication-failed', 'The console wants a proof that the app does not know.');
  }
}
