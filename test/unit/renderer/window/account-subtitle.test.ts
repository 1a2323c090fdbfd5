import { expect, it } from 'vitest';
import type { Account } from '../../../../preload/contract/account.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { accountSubtitle } from '../../../../renderer/window/account-subtitle.ts';

const account: Account = {
  id: 'a' as AccountId,
  kind: 'token',
  name: 'Jane',
  email: 'jane@example.com',
  apiUrl: 'https://api.evorxa.com/api',
  storage: 'keychain',
  tokenId: null,
  access: 'ready',
  writeToken: null,
  projects: [],
  onboarded: true,
};

it.each<[Partial<Account>, RegExp]>([
  [{}, /^api\.evorxa\.com$/],
  [{ apiUrl: 'https://cloud.example:8443/api' }, /^cloud\.example:8443$/],
  [{ kind: 'demo', apiUrl: 'http://127.0.0.1:1234' }, /^Demo/],
  [{ access: 'signed-out' }, /^Signed out$/],
  [{ access: 'locked' }, /keychain.*locked/],
  [{ access: 'unavailable' }, /token.*not/],
  // What is wrong comes before which cloud it is.
  [{ kind: 'demo', access: 'signed-out' }, /^Signed out$/],
])('an account with %j has %s below its name', (more, words) => {
  expect(accountSubtitle({ ...account, ...more }, 'ready')).toMatch(words);
});

it('an account whose token was not asked for yet has its cloud below its name, and no complaint', () => {
  expect(accountSubtitle({ ...account, access: 'unavailable' }, 'loading')).toBe('api.evorxa.com');
});
