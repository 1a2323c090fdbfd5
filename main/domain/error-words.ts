import type { ApiError } from '../../preload/contract/errors.ts';
import { displayText } from '../../preload/contract/display-text.ts';

/**
 * Why a request failed, in one short sentence that main puts into a text of its own: a part of a page, a turn of the
 * agent. Where the window has room for what to do, it words the error itself, by `errorSentence` of the contract.
 */
export function errorInWords(error: ApiError): string {
  switch (error.kind) {
    case 'unauthorized':
      return 'The token was refused.';
    case 'forbidden':
      return error.ability === null ? 'It is not allowed.' : `The token lacks ${error.ability}.`;
    case 'insufficient-funds':
      return 'The balance is too low.';
    case 'not-found':
      return 'It no longer exists.';
    case 'rate-limited':
      return 'Too many requests. The app tries again later.';
    case 'offline':
      return 'There is no connection.';
    case 'tls':
      return error.reason === 'handshake'
        ? 'No encrypted connection (TLS) could be made.'
        : 'The server’s certificate was not accepted.';
    case 'unavailable':
      if (error.status === 0) return 'Evorxa does not answer.';
      // Another status is no error: what is wrong with the answer is in the message.
      return error.status >= 400
        ? `Evorxa answered with an error (${error.status}).`
        : displayText(error.message, 120) || 'The answer could not be used.';
    case 'unknown-outcome':
      return 'The answer was lost.';
    case 'drift':
      return 'The answer could not be read.';
    case 'invalid':
      return displayText(error.message, 120) || 'Evorxa did not accept it.';
    case 'no-write-token':
      return 'The keychain did not give the write token.';
    case 'aborted':
      return 'It was canceled.';
  }
}
