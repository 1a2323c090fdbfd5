import type { CreationDoubt } from '../../../preload/contract/create.ts';

/** Why it cannot be told whether an instance was created, and what to do. */
export const doubtWords: Readonly<Record<CreationDoubt, string>> = {
  'list-unread': 'The list of instances could not be read. Look again once Evorxa answers.',
  'ledger-unread':
    'It is not in the list, but the ledger could not be read. Look at the wallet on the web dashboard before you send it again.',
  charged:
    'It is not in the list yet, but the wallet paid its price. Look again in a minute; if it does not appear, ask Evorxa.',
  'not-listed': 'Evorxa said that it was created, but the list does not show it yet. Look again in a minute.',
};
