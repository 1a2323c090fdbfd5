import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountsDeps } from '../../../main/accounts/accounts.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import {
  FakeKeychain,
  FakeStore,
  gate,
  identityOf,
  loadAccounts,
  locked,
  officialUrl,
  only,
  signIn,
  startAccounts,
  unavailable,
} from './fakes.ts';

let store: FakeStore;
let keychain: FakeKeychain;
beforeEach(() => {
  store = new FakeStore();
  keychain = new FakeKeychain();
});

const start = (overrides: Partial<AccountsDeps> = {}): ReturnType<typeof startAccounts> =>
  startAccounts(store, keychain, overrides);

/** Starts the app again on what the last run left. */
const restart = (): ReturnType<typeof loadAccounts> => loadAccounts(store, keychain);

describe('signing in', () => {
  it('keeps the token in the keychain, shows the account, and comes back after a restart', async () => {
    const { accounts, states, held } = start();
    await accounts.load();
    const id = await signIn(accounts, '  ada-1\n');
    expect(only(accounts)).toEqual({
      id,
      kind: 'token',
      ...identityOf('ada-1'),
      apiUrl: officialUrl,
      storage: 'keychain',
      tokenId: null,
      writeToken: null,
      access: 'ready',
    });
    expect(accounts.token(id)).toBe('ada-1');
    expect(states.at(-1)).toEqual(accounts.state());
    expect([...held]).toEqual([['ada-1', 1]]);

    const again = await restart();
    expect(again.accounts.state()).toEqual(accounts.state());
    expect(again.accounts.token(id)).toBe('ada-1');
  });

  it.each<AppError>([
    { kind: 'unauthorized', message: 'Unauthenticated.' },
    { kind: 'offline', message: 'no network' },
    { kind: 'tls', message: 'self-signed' },
    { kind: 'not-evorxa', message: 'a web page' },
    { kind: 'rate-limited', retryAtMs: 1 },
  ])('hands on $kind and leaves nothing behind', async (error) => {
    const { accounts, held } = start({ identify: () => Promise.resolve(fail(error)) });
    expect(await accounts.signIn('ada-1', null)).toEqual(fail(error));
    expect(accounts.state().accounts).toEqual([]);
    expect(keychain.secrets.size + held.size).toBe(0);
    expect(store.text()).not.toContain('ada');
  });

  it('sends no token to an address that is not allowed', async () => {
    const identify = vi.fn<AccountsDeps['identify']>();
    const { accounts } = start({ identify });
    expect(await accounts.signIn('ada-1', 'http://evil.example')).toMatchObject({
      error: { kind: 'not-evorxa' },
    });
    expect(identify).not.toHaveBeenCalled();
  });

  it.each(['', ' \n', 'two words', 'line\nline', 'tök|en', 'a\0b'])(
    'sends nothing for %j',
    async (pasted) => {
      const identify = vi.fn<AccountsDeps['identify']>();
      const { accounts } = start({ identify });
      expect(await accounts.signIn(pasted, null)).toMatchObject({ error: { kind: 'refused' } });
      expect(identify).not.toHaveBeenCalled();
    },
  );

  it('forgets the secret where the check throws', async () => {
    const { accounts, held } = start({ identify: () => Promise.reject(new Error('bug')) });
    await expect(accounts.signIn('ada-1', null)).rejects.toThrow('bug');
    expect(held.size).toBe(0);
  });

  it('as somebody who is known takes the old account’s place, and masks the new token only', async () => {
    const { accounts, held } = start();
    const id = await signIn(accounts, 'ada-1');
    expect(await signIn(accounts, 'ada-2')).toBe(id);
    expect(only(accounts).id).toBe(id);
    expect(accounts.token(id)).toBe('ada-2');
    expect([...keychain.secrets.values()]).toEqual(['ada-2']);
    expect([...held]).toEqual([['ada-2', 1]]);
  });

  it('anew with the token that is held, and failing, does not stop masking it', async () => {
    const identify = vi.fn<AccountsDeps['identify']>().mockResolvedValueOnce(ok(identityOf('ada-1')));
    const { accounts, held } = start({ identify });
    const id = await signIn(accounts, 'ada-1');
    identify.mockResolvedValue(fail({ kind: 'offline', message: '' }));
    await accounts.signIn('ada-1', null);
    expect([...held]).toEqual([['ada-1', 1]]);
    expect(accounts.token(id)).toBe('ada-1');
  });

  it('at another address is another account, and so is another person without an e-mail address', async () => {
    const { accounts } = start({
      identify: (_url, token) => Promise.resolve(ok({ ...identityOf(token), email: null })),
    });
    const first = await signIn(accounts, 'ada-1');
    const second = await signIn(accounts, 'bob-1');
    const elsewhere = await signIn(accounts, 'ada-1', 'https://staging.example/api');
    expect(new Set([first, second, elsewhere]).size).toBe(3);
    expect(await signIn(accounts, 'ada-1')).toBe(first);
    expect(accounts.token(second)).toBe('bob-1');
  });

  it('shows the account before the keychain answers', async () => {
    const { opened, open } = gate();
    keychain.gate = opened;
    const { accounts, states } = start();
    const signedIn = accounts.signIn('ada-1', null);
    await vi.waitFor(() => expect(states).not.toEqual([]));
    expect(only(accounts)).toMatchObject({ storage: 'session', access: 'ready' });
    open();
    await signedIn;
    expect(only(accounts).storage).toBe('keychain');
  });

  it('after a 401 makes the account ready again', async () => {
    const { accounts, states } = start();
    const id = await signIn(accounts, 'ada-1');
    accounts.markSignedOut(id, 'an-older-token');
    expect(only(accounts).access).toBe('ready');
    accounts.markSignedOut(id, 'ada-1');
    expect(only(accounts).access).toBe('signed-out');
    expect(accounts.token(id)).toBeNull();
    expect(states.at(-1)?.accounts[0]?.access).toBe('signed-out');
    expect([...keychain.secrets.values()]).toEqual(['ada-1']);
    await signIn(accounts, 'ada-2');
    expect(accounts.token(id)).toBe('ada-2');
  });
});

describe('signing out', () => {
  it('removes the token and the account, and shows another one', async () => {
    const onSignedOut = vi.fn<AccountsDeps['onSignedOut']>();
    const { accounts, held } = start({ onSignedOut });
    const ada = await signIn(accounts, 'ada-1');
    const bob = await signIn(accounts, 'bob-1');
    expect(await accounts.signOut(bob)).toEqual(ok(undefined));
    expect(onSignedOut).toHaveBeenCalledExactlyOnceWith(bob);
    expect(accounts.state().currentId).toBe(ada);
    expect(await accounts.signOut(ada)).toEqual(ok(undefined));
    expect(accounts.state()).toMatchObject({ accounts: [], currentId: null });
    expect(keychain.secrets.size + held.size).toBe(0);
    expect((await restart()).accounts.state().accounts).toEqual([]);
  });

  it.each([locked, unavailable])('keeps the account while the keychain is $kind', async (fault) => {
    const onSignedOut = vi.fn<AccountsDeps['onSignedOut']>();
    const { accounts } = start({ onSignedOut });
    const id = await signIn(accounts, 'ada-1');
    keychain.fault = fault;
    expect(await accounts.signOut(id)).toEqual(fail(fault));
    expect(onSignedOut).not.toHaveBeenCalled();
    expect(accounts.token(id)).toBe('ada-1');
    expect((await restart()).accounts.state().accounts).toHaveLength(1);
  });

  it('while the keychain still writes leaves no secret behind and no account', async () => {
    const { opened, open } = gate();
    const { accounts, states, held } = start();
    keychain.gate = opened;
    const signedIn = accounts.signIn('ada-1', null);
    await vi.waitFor(() => expect(states).not.toEqual([]));
    keychain.gate = null;
    await accounts.signOut(only(accounts).id);
    open();
    await signedIn;
    expect(accounts.state().accounts).toEqual([]);
    expect(keychain.secrets.size + held.size).toBe(0);
  });

  it('of an account that is not there says so', async () => {
    const { accounts } = start();
    const nobody = 'nobody' as AccountId;
    const error: AppError = { kind: 'no-account' };
    expect(await accounts.signOut(nobody)).toEqual(fail(error));
    expect(await accounts.retryKeychain(nobody)).toEqual(fail(error));
    expect(accounts.switchTo(nobody)).toEqual(fail(error));
    expect(accounts.token(nobody)).toBeNull();
    expect(() => accounts.markSignedOut(nobody, 'a-token')).not.toThrow();
  });
});

describe('several accounts', () => {
  it('are held side by side, and the one shown last is shown again', async () => {
    const { accounts } = start();
    const ada = await signIn(accounts, 'ada-1');
    const bob = await signIn(accounts, 'bob-1');
    expect(accounts.state().currentId).toBe(bob);
    expect(accounts.switchTo(ada)).toEqual(ok(undefined));
    const again = await restart();
    expect(again.accounts.state().currentId).toBe(ada);
    expect(again.accounts.state().accounts.map(({ id }) => id)).toEqual([ada, bob]);
    again.accounts.markSignedOut(ada, 'ada-1');
    expect(again.accounts.token(bob)).toBe('bob-1');
  });

  it('are not lost when something is saved before the keychain was asked', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    await start().accounts.openDemo();
    expect((await restart()).accounts.state().accounts.map((account) => account.id)).toEqual([id]);
  });
});

describe('the demo account', () => {
  it('lives as long as the app and is written nowhere', async () => {
    const { accounts } = start();
    const ada = await signIn(accounts, 'ada-1');
    const before = store.values.get('accounts');
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    expect(accounts.state().currentId).toBe(demo.value.accountId);
    expect(accounts.token(demo.value.accountId)).toBe('demo-token');
    expect(await accounts.retryKeychain(demo.value.accountId)).toEqual(ok(undefined));
    expect(store.values.get('accounts')).toEqual(before);
    expect([...keychain.secrets.values()]).toEqual(['ada-1']);
    expect((await restart()).accounts.state().currentId).toBe(ada);
  });

  it('is started once, also by two clicks', async () => {
    const startDemo = vi.fn(() => Promise.resolve(ok({ apiUrl: 'http://127.0.0.1:9', token: 'demo-token' })));
    const { accounts } = start({ startDemo });
    await Promise.all([accounts.openDemo(), accounts.openDemo()]);
    await accounts.openDemo();
    expect(startDemo).toHaveBeenCalledTimes(1);
    expect(accounts.state().accounts).toHaveLength(1);
  });

  it('that does not start can be tried again', async () => {
    const error: AppError = { kind: 'refused', message: 'no port' };
    const startDemo = vi.fn<AccountsDeps['startDemo']>().mockResolvedValueOnce(fail(error));
    const { accounts } = start({ startDemo });
    expect(await accounts.openDemo()).toEqual(fail(error));
    startDemo.mockResolvedValue(ok({ apiUrl: 'http://127.0.0.1:9', token: 'demo-token' }));
    expect((await accounts.openDemo()).ok).toBe(true);
  });

  it('can be closed while the keychain is away', async () => {
    keychain.fault = unavailable;
    const { accounts, held } = start();
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    expect(await accounts.signOut(demo.value.accountId)).toEqual(ok(undefined));
    expect(held.size).toBe(0);
  });
});

describe('the list on disk', () => {
  it('never holds a token, whatever happens', async () => {
    const canary = 'ada-CANARY-7c1f';
    const { accounts } = start();
    const id = await signIn(accounts, canary);
    accounts.markSignedOut(id, canary);
    keychain.fault = locked;
    await accounts.retryKeychain(id);
    await signIn(accounts, `${canary}-2`);
    await accounts.signOut(id);
    expect(store.text()).toContain(id);
    expect(store.text()).not.toContain('CANARY');
    expect(JSON.stringify(accounts.state())).not.toContain('CANARY');
  });

  it('is read as far as it can be', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    const [row] = store.values.get('accounts') as Record<string, unknown>[];
    const broken = [
      null,
      7,
      {},
      { ...row, id: '' },
      { ...row, projects: 'none' },
      { ...row, onboarded: 'yes' },
      { ...row, id: 'b', apiUrl: 'nonsense' },
      { ...row, id: 'c', apiUrl: 'http://api.example/api' },
    ];
    store.values.set('accounts', [...broken, { ...row, extra: 1 }]);
    store.values.set('currentAccountId', 'gone');
    const { accounts } = await restart();
    expect(accounts.state().currentId).toBe(id);
    expect(only(accounts)).not.toHaveProperty('extra');
    for (const stored of ['none', null, { 0: row }]) {
      store.values.set('accounts', stored);
      expect((await restart()).accounts.state().accounts).toEqual([]);
    }
  });
});
