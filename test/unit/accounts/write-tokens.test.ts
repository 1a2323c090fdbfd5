import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { AccountsDeps } from '../../../main/accounts/accounts.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import {
  FakeKeychain,
  FakeStore,
  gate,
  identityOf,
  loadAccounts,
  locked,
  only,
  signIn,
  startAccounts,
} from './fakes.ts';

let store: FakeStore;
let keychain: FakeKeychain;
beforeEach(() => {
  store = new FakeStore();
  keychain = new FakeKeychain();
});

async function withTwo() {
  const run = startAccounts(store, keychain);
  const id = await signIn(run.accounts, 'ada-reads');
  expect(await run.accounts.addWriteToken(id, ' ada-writes\n')).toEqual(ok(undefined));
  return { ...run, id };
}
const lent = (accounts: { lendWriteToken: (id: AccountId) => unknown }, id: AccountId): Promise<unknown> =>
  Promise.resolve(accounts.lendWriteToken(id));

describe('a write token', () => {
  it('is in the keychain under a name of its own, with the origin, and nowhere else', async () => {
    const { accounts, id, states, held } = await withTwo();
    expect([...keychain.secrets]).toEqual([
      [`token:${id}@https://api.evorxa.com`, 'ada-reads'],
      [`write-token:${id}@https://api.evorxa.com`, 'ada-writes'],
    ]);
    expect(only(accounts)).toMatchObject({ writeToken: { id: null } });
    expect(store.text() + JSON.stringify(states)).not.toContain('ada-writes');
    // It was masked while it was at hand, and is not held.
    expect([...held.keys()]).toEqual(['ada-reads']);
  });

  it('is lent for one request and masked meanwhile', async () => {
    const { accounts, id, held } = await withTwo();
    const result = await lent(accounts, id);
    expect(result).toMatchObject({ ok: true, value: { token: 'ada-writes' } });
    expect(held.has('ada-writes')).toBe(true);
    const { value } = result as { value: { release: () => void } };
    value.release();
    expect(held.has('ada-writes')).toBe(false);
  });

  it('is known by its id after a restart, and fetched only for an action', async () => {
    const first = startAccounts(store, keychain, { identify: () => Promise.resolve(ok(identityOf('ada'))) });
    const id = await signIn(first.accounts, '7|reads');
    expect(await first.accounts.addWriteToken(id, '9|writes')).toEqual(ok(undefined));

    const { accounts, held } = await loadAccounts(store, keychain);
    expect(only(accounts)).toMatchObject({ tokenId: '7', writeToken: { id: '9' } });
    expect(held.has('9|writes')).toBe(false);
    expect(accounts.ownTokens().map(({ id: tokenId }) => tokenId)).toEqual(['7', '9']);
  });

  it('and the main one are let go of where they were revoked, with what the keychain still holds', async () => {
    const { accounts, id } = await withTwo();
    const [main, write] = accounts.ownTokens();
    expect(await write?.forget()).toEqual(ok({ left: [] }));
    expect(only(accounts).writeToken).toBeNull();
    keychain.fault = locked;
    expect(await main?.forget()).toEqual(ok({ left: ['token'] }));
    expect(accounts.state().accounts.some((account) => account.id === id)).toBe(false);
  });

  it.each([
    ['of another person', 'bob-writes', 'belongs to bob@example.com'],
    ['that is the account’s own', 'ada-reads', 'uses already'],
    ['that is none', 'two words', 'not a token'],
  ])('%s is refused and not kept', async (_which, token, message) => {
    const { accounts } = startAccounts(store, keychain);
    const id = await signIn(accounts, 'ada-reads');
    expect(await accounts.addWriteToken(id, token)).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: expect.stringContaining(message) as string },
    });
    expect(keychain.secrets.size).toBe(1);
    expect(accounts.lendWriteToken(id)).toBeNull();
  });

  it.each([
    ['neither token has an address', null, null],
    ['the account has none', null, 'ada@example.com'],
    ['the new token has none', 'ada@example.com', null],
  ])('is refused where nobody can tell whose it is: %s', async (_which, ofAccount, ofToken) => {
    const { accounts } = startAccounts(store, keychain, {
      identify: (_url, token) =>
        Promise.resolve(ok({ ...identityOf('ada'), email: token === 'ada-reads' ? ofAccount : ofToken })),
    });
    const id = await signIn(accounts, 'ada-reads');
    expect(await accounts.addWriteToken(id, 'ada-writes')).toMatchObject({
      error: { kind: 'refused', message: expect.stringContaining('gave no e-mail address') as string },
    });
    expect([...keychain.secrets.values()]).toEqual(['ada-reads']);
  });

  it('is asked for at the account’s own address, and what is wrong there is handed on', async () => {
    const identify = vi.fn<AccountsDeps['identify']>((_url, token) => Promise.resolve(ok(identityOf(token))));
    const { accounts, held } = startAccounts(store, keychain, { identify });
    const id = await signIn(accounts, 'ada-reads', 'https://staging.example/api');
    identify.mockResolvedValue(fail({ kind: 'offline', message: 'no network' }));
    expect(await accounts.addWriteToken(id, 'ada-writes')).toEqual(
      fail({ kind: 'offline', message: 'no network' }),
    );
    expect(identify).toHaveBeenLastCalledWith('https://staging.example/api', 'ada-writes');
    expect([keychain.secrets.size, held.has('ada-writes')]).toEqual([1, false]);
  });

  it('is of an account that signs in with a token: not of the demo, nor of one that is not there', async () => {
    const { accounts } = startAccounts(store, keychain);
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    const noAccount = fail({ kind: 'no-account' });
    expect(await accounts.addWriteToken(demo.value.accountId, 'demo-writes')).toEqual(noAccount);
    const nobody = 'nobody' as AccountId;
    expect(await accounts.addWriteToken(nobody, 'ada-writes')).toEqual(noAccount);
    expect(await accounts.removeWriteToken(nobody)).toEqual(noAccount);
    expect(accounts.lendWriteToken(nobody)).toBeNull();
    expect(keychain.secrets.size).toBe(0);
  });

  it('is not held in memory where the keychain does not take it', async () => {
    const { accounts, held } = startAccounts(store, keychain);
    const id = await signIn(accounts, 'ada-reads');
    keychain.fault = locked;
    expect(await accounts.addWriteToken(id, 'ada-writes')).toEqual({ ok: false, error: locked });
    expect(only(accounts).writeToken).toBeNull();
    expect(held.has('ada-writes')).toBe(false);
  });

  it.each([
    ['locked', locked, 'locked'],
    ['away', { kind: 'keychain-unavailable', message: 'No bus.' }, 'unavailable'],
  ] as const)('is not lent while the keychain is %s', async (_how, fault, reason) => {
    const { accounts, id } = await withTwo();
    keychain.fault = fault;
    expect(await lent(accounts, id)).toEqual({ ok: false, error: { kind: 'no-write-token', reason } });
    keychain.fault = null;
    keychain.secrets.clear();
    expect(await lent(accounts, id)).toEqual({
      ok: false,
      error: { kind: 'no-write-token', reason: 'gone' },
    });
  });
});

describe('letting go of a write token', () => {
  it('is done where the account signs out while the keychain still writes it', async () => {
    const { accounts } = startAccounts(store, keychain);
    const id = await signIn(accounts, 'ada-reads');
    const { opened, open } = gate();
    keychain.gate = opened;
    const written = vi.spyOn(keychain, 'write');
    const added = accounts.addWriteToken(id, 'ada-writes');
    await vi.waitFor(() => expect(written).toHaveBeenCalled());
    keychain.gate = null;
    expect(await accounts.signOut(id)).toEqual(ok({ left: [] }));
    open();
    expect(await added).toEqual({ ok: false, error: { kind: 'no-account' } });
    expect([...keychain.secrets]).toEqual([]);
    expect(accounts.state().accounts).toEqual([]);
  });

  it('leaves the main one', async () => {
    const { accounts, id } = await withTwo();
    expect(await accounts.removeWriteToken(id)).toEqual(ok(undefined));
    expect([...keychain.secrets.values()]).toEqual(['ada-reads']);
    expect(only(accounts).writeToken).toBeNull();
    expect(accounts.lendWriteToken(id)).toBeNull();
  });

  it('is not done where the keychain does not let go of it', async () => {
    const { accounts, id } = await withTwo();
    keychain.fault = locked;
    expect(await accounts.removeWriteToken(id)).toEqual(fail(locked));
    expect(only(accounts).writeToken).toEqual({ id: null });
  });

  it('is done by signing out too', async () => {
    const { accounts, id } = await withTwo();
    expect(await accounts.signOut(id)).toEqual(ok({ left: [] }));
    expect(keychain.secrets.size).toBe(0);
  });

  it('is not done by signing in again', async () => {
    const { accounts, id } = await withTwo();
    expect(await signIn(accounts, 'ada-reads-2')).toBe(id);
    expect(only(accounts).writeToken).not.toBeNull();
    expect(await lent(accounts, id)).toMatchObject({ value: { token: 'ada-writes' } });
  });
});

describe('the tokens that the app itself uses', () => {
  it('are none where no account is shown', () => {
    expect(startAccounts(store, keychain).accounts.ownTokens()).toEqual([]);
  });

  it('are those of the account that is shown, and each is let go of by itself', async () => {
    const { accounts } = startAccounts(store, keychain, {
      identify: (_url, token) => Promise.resolve(ok(identityOf(token.startsWith('7') ? 'bob' : 'ada'))),
    });
    const ada = await signIn(accounts, '123456789012|reads');
    await accounts.addWriteToken(ada, '9|writes');
    const bob = await signIn(accounts, '7|bob');
    expect(accounts.ownTokens().map(({ id }) => id)).toEqual(['7']);

    accounts.switchTo(ada);
    const [main, write, ...more] = accounts.ownTokens();
    expect([main?.id, write?.id, more]).toEqual(['123456789012', '9', []]);
    expect(await write?.forget()).toEqual(ok({ left: [] }));
    expect(accounts.ownTokens().map(({ id }) => id)).toEqual(['123456789012']);
    expect(accounts.token(ada)).toBe('123456789012|reads');
    expect(await main?.forget()).toEqual(ok({ left: [] }));
    expect(accounts.state().accounts.map(({ id }) => id)).toEqual([bob]);
    expect(await main?.forget()).toEqual(fail({ kind: 'no-account' }));
  });

  it.each(['1234567890123|x', 'a8|x', '|x', '8x'])(
    'have no id that the list has where they are like %s',
    async (token) => {
      const { accounts } = startAccounts(store, keychain);
      await signIn(accounts, token);
      expect(accounts.ownTokens().map(({ id }) => id)).toEqual([null]);
    },
  );
});
