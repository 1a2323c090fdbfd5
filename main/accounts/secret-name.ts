import type { Account } from '../../preload/contract/account.ts';

/**
 * The name of an account's token in the keychain. It holds the origin that the token was entered for: an address that was
 * changed in the list on disk finds no token, so that none can be sent elsewhere.
 */
export const secretName = ({ id, apiUrl }: Pick<Account, 'id' | 'apiUrl'>): string =>
  `token:${id}@${new URL(apiUrl).origin}`;
