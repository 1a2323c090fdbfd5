import type { AppError } from '../../preload/contract/errors.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import { errorInWords } from '../domain/index.ts';
import type { LostTurnEnd } from './lost-turn.ts';

/** Why a turn of the agent failed and what to do, in words. */
export function turnErrorInWords(error: AppError): string {
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
    case 'refused':
    case 'not-evorxa':
    case 'keychain-locked':
    case 'keychain-unavailable':
    case 'no-account':
    case 'busy':
    case 'bad-request':
    case 'internal':
      return errorSentence(error).what;
    default:
      return `The agent did not get the message. ${errorInWords(error)}`;
  }
}

/** How a turn ended that was followed without its request, in words. */
export function lostEndInWords(kind: Exclude<LostTurnEnd['kind'], 'done' | 'stopped'>): string {
  switch (kind) {
    case 'absent':
      return 'The answer was lost, and no conversation has the message yet. Read the transcript before you send it again.';
    case 'over':
      return 'The connection was lost, and 15 minutes have passed. It is not known how the agent ended: read the transcript.';
    case 'gone':
      return 'The connection was lost, and the conversation or the instance is gone.';
  }
}
