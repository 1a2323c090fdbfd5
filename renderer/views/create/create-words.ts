import type { CreationDoubt } from '../../../preload/contract/create.ts';

/** Why it cannot be told whether an instance was created, and what to do. */
export const doubtWords: Readonly<Record<CreationDoubt, string>> = {
  'list-unread': 'The list of instances could not be read. Check again once Evorxa answers.',
  'ledger-unread':
    'It is not in the list, but the ledger could not be read. Check the wallet on the web dashboard before you try again.',
  charged:
    'It is not in the list yet, but its price was charged to the wallet. Check again in a minute; if it does not appear, contact Evorxa.',
  'not-listed': 'Evorxa reported it as created, but the list does not show it yet. Check again in a minute.',
};
