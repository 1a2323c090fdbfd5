import { fullAccess } from './abilities.ts';
import { displayText, withCapital } from './display-text.ts';
import type { AppError } from './errors.ts';
import { formatCents } from './format.ts';
import { assertNever } from './result.ts';

/** An error as the user reads it: what happened, and what to do where there is something. */
export interface ErrorWords {
  readonly what: string;
  readonly next: string | null;
}

/** Says an error in plain words. Messages of the server are quoted where they say more than the kind does. */
export function errorSentence(error: AppError): ErrorWords {
  switch (error.kind) {
    case 'unauthorized':
      return words(
        'The token was refused.',
        'It may have been revoked or have expired. Sign in with a new API token.',
      );
    case 'forbidden':
      if (error.ability === fullAccess)
        return words(
          'This requires a token with full access.',
          'Sign in with one, or use the web dashboard.',
        );
      return error.ability === null
        ? words(sentence(error.message), 'See the web dashboard for the reason.')
        : words(
            `The token lacks the ability ${error.ability}.`,
            'Sign in with a token that has it, or create one on the web dashboard.',
          );
    case 'insufficient-funds':
      return words(
        error.balanceCents === null
          ? 'The balance is too low for this.'
          : `The balance of ${formatCents(error.balanceCents)} is too low for this.`,
        'Add funds on the web dashboard, then try again.',
      );
    case 'not-found':
      return words('This no longer exists, or never did.', 'Refresh the list to see what is there.');
    case 'invalid':
      return invalidWords(error.message, Object.keys(error.fields).length > 0);
    case 'rate-limited':
      return words('Too many requests to Evorxa.', 'The app waits and tries again automatically.');
    case 'unavailable':
      return words(
        sentence(error.message),
        error.status >= 400 ? `Status ${error.status}. Try again in a while.` : 'Try again in a while.',
      );
    case 'offline':
      return words('Evorxa could not be reached.', 'Check the network connection.');
    case 'tls':
      if (error.reason === 'handshake')
        return words(
          'Could not establish an encrypted connection (TLS) to Evorxa.',
          'Check the address and its port, and whether a proxy is in between.',
        );
      return words(
        "The server's certificate was not accepted, so nothing was sent.",
        "Check this computer's clock, and whether a proxy is in between.",
      );
    case 'unknown-outcome':
      return words(
        'The answer was lost: it is not known whether this took effect.',
        'Check the current state before you try again.',
      );
    case 'drift':
      return words(sentence(error.message), 'Try again, or update the app.');
    case 'no-write-token':
      return noWriteTokenWords[error.reason];
    case 'aborted':
      return words('This was canceled.', null);
    case 'not-evorxa':
      return words('This address does not answer as the Evorxa API does.', 'Check the address.');
    case 'keychain-locked':
      return words('The keychain is locked.', 'Unlock it, then try again.');
    case 'keychain-unavailable':
      return words('The keychain cannot be reached.', 'Start the keychain service, then try again.');
    case 'no-account':
      return words('No account is signed in.', 'Sign in with a token, or open the demo.');
    case 'busy':
      return words(sentence(error.message), 'Wait until it is done.');
    case 'bad-request':
    case 'refused':
      return words(sentence(error.message), null);
    case 'internal':
      return words(
        sentence(error.message),
        'Check the current state before you try again. Restart the app if it happens again.',
      );
    default:
      return assertNever(error);
  }
}

/** Where no value is wrong it is the state that forbids it: "Instance is error." is no sentence for the user. */
function invalidWords(message: string, hasFields: boolean): ErrorWords {
  if (hasFields) return words(sentence(message), 'Check the values and send them again.');
  const [, state] =
    /^(?:the )?(?:server|instance) is (?:currently )?([\w-]{1,40})\.?$/i.exec(message.trim()) ?? [];
  return state === undefined
    ? words(sentence(message), null)
    : words(`Evorxa refused it: the instance is in the state “${state}”.`, 'Wait until its state changes.');
}

const noWriteTokenWords = {
  locked: words(
    'The write token is locked in the keychain, so nothing was sent.',
    'Unlock the keychain, then try again.',
  ),
  unavailable: words(
    'The keychain with the write token cannot be reached, so nothing was sent.',
    'Start the keychain service, then try again.',
  ),
  gone: words(
    'The keychain no longer has the write token, so nothing was sent.',
    'Add it again in Settings.',
  ),
} as const;
/** An error in words, as one text. */
export function errorText(error: AppError): string {
  const { what, next } = errorSentence(error);
  return next === null ? what : `${what} ${next}`;
}

function words(what: string, next: string | null): ErrorWords {
  return { what, next };
}

/** A message as a sentence: with a capital, and an end. */
function sentence(message: string): string {
  // What the API says is text of somebody else: one line, and nothing that turns it around.
  const text = displayText(message, 300);
  if (text === '') return 'This did not work.';
  const begun = withCapital(text);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
