import type { ApiError } from '../../preload/contract/errors.ts';
import { errorInWords } from '../domain/index.ts';

/** Why a turn of the agent failed and what to do, in words. */
export function turnErrorInWords(error: ApiError): string {
  switch (error.kind) {
    case 'insufficient-funds':
      return 'The agent credits are used up. Add credits on the web dashboard: they are separate from the wallet.';
    case 'forbidden':
      return error.ability === null
        ? 'The agent cannot work on this instance: it is suspended.'
        : `The token lacks ${error.ability}. Sign in with a token that has it.`;
    case 'unknown-outcome':
      return 'The answer was lost. The agent may be working or may have finished: read the transcript before you send it again.';
    case 'not-found':
      return 'The conversation or the instance is gone. Start a new conversation.';
    case 'offline':
      return 'There is no connection. Nothing was sent.';
    default:
      return `The agent did not get the message. ${errorInWords(error)}`;
  }
}
