import { describe, expect, it, vi } from 'vitest';
import type { AccountsDeps } from '../../../main/accounts/accounts.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { accountsRig, gate, locked, officialUrl, only, signIn, unavailable } from './fakes.ts';

const rig = accountsRig();
const { start, restart } = rig;

describe('signing out', () => {
  it('removes the token and the account, and shows another one', async () => {
    const onSignedOut = vi.fn<AccountsDeps['onSignedOut']>();
    const { accounts, held } = start({ onSignedOut });
    const ada = await signIn(accounts, 'ada-1');
    const bob = await signIn(accounts, 'bob-1');
    expect(await accounts.signOut(bob)).toEqual(ok({ left: [] }));
    expect(onSignedOut).toHaveBeenCalledExactlyOnceWith(bob);
    expect(accounts.state().currentId).toBe(ada);
    expect(await accounts.signOut(ada)).toEqual(ok({ left: [] }));
    expect(accounts.state()).toMatchObject({ accounts: [], currentId: null });
    expect(rig.keychain.secrets.size + held.size).toBe(0);
    expect((await restart()).accounts.state().accounts).toEqual([]);
  });

  it('of an account that is not shown leaves the shown one', async () => {
    const { accounts } = start();
    await signIn(accounts, 'ada-1');
    const bob = await signIn(accounts, 'bob-1');
    const eve = await signIn(accounts, 'eve-1');
    expect(await accounts.signOut(bob)).toEqual(ok({ left: [] }));
    expect(accounts.state()).toMatchObject({ currentId: eve });
    expect(accounts.state().accounts).toHaveLength(2);
    expect((await restart()).accounts.state().currentId).toBe(eve);
  });

  it.each([locked, unavailable])(
    'while the keychain is $kind ends the account, says what is left, and the next start removes it',
    async (fault) => {
      const onSignedOut = vi.fn<AccountsDeps['onSignedOut']>();
      const { accounts, held } = start({ onSignedOut });
      const id = await signIn(accounts, 'ada-1');
      await accounts.addWriteToken(id, 'ada-2');
      rig.keychain.fault = fault;
      expect(await accounts.signOut(id)).toEqual(ok({ left: ['token', 'write-token'] }));
      expect(onSignedOut).toHaveBeenCalledExactlyOnceWith(id);
      expect(accounts.state().accounts).toEqual([]);
      expect(held.size).toBe(0);
      const names = [`token:${id}@https://api.evorxa.com`, `write-token:${id}@https://api.evorxa.com`];
      expect(rig.store.values.get('pendingRemovals')).toEqual(names);

      // A start in which the keychain is still shut keeps it in mind.
      expect((await restart()).accounts.state().accounts).toEqual([]);
      expect(rig.store.values.get('pendingRemovals')).toEqual(names);
      rig.keychain.fault = null;
      await restart();
      await vi.waitFor(() => expect(rig.store.values.get('pendingRemovals')).toEqual([]));
      expect([...rig.keychain.secrets]).toEqual([]);
    },
  );

  it('that the keychain half refuses leaves no account with half of its tokens', async () => {
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    await accounts.addWriteToken(id, 'ada-2');
    const remove = rig.keychain.remove.bind(rig.keychain);
    vi.spyOn(rig.keychain, 'remove').mockImplementation((name) =>
      name.startsWith('token:') ? Promise.resolve(fail(locked)) : remove(name),
    );
    expect(await accounts.signOut(id)).toEqual(ok({ left: ['token'] }));
    expect(accounts.state().accounts).toEqual([]);
    expect([...rig.keychain.secrets.values()]).toEqual(['ada-1']);
    expect(rig.store.values.get('pendingRemovals')).toEqual([`token:${id}@https://api.evorxa.com`]);
  });

  it('has written what is to be removed before the account goes from the list', async () => {
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    const written = vi.spyOn(rig.store, 'set');
    await accounts.signOut(id);
    const keys = written.mock.calls.map(([key]) => key);
    expect(keys.indexOf('pendingRemovals')).toBeGreaterThanOrEqual(0);
    expect(keys.indexOf('pendingRemovals')).toBeLessThan(keys.indexOf('accounts'));
  });

  it('that the app does not live through is finished by the next start', async () => {
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    rig.keychain.gate = new Promise(() => undefined);
    void accounts.signOut(id);
    rig.keychain.gate = null;
    expect(rig.keychain.secrets.size).toBe(1);
    const again = await restart();
    expect(again.accounts.state().accounts).toEqual([]);
    await vi.waitFor(() => expect(rig.keychain.secrets.size).toBe(0));
  });

  it('names the other secrets that are left', async () => {
    const { accounts } = start({ forgetSecrets: () => Promise.resolve(['ssh-password', 'ssh-passphrase']) });
    const id = await signIn(accounts, 'ada-1');
    expect(await accounts.signOut(id)).toEqual(ok({ left: ['ssh-password', 'ssh-passphrase'] }));
  });

  it('does not take what a person signs in with meanwhile', async () => {
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    const { opened, open } = gate();
    rig.keychain.gate = opened;
    const signedOut = accounts.signOut(id);
    rig.keychain.gate = null;
    const next = await signIn(accounts, 'ada-1');
    open();
    await signedOut;
    expect(next).not.toBe(id);
    expect(accounts.token(next)).toBe('ada-1');
    expect([...rig.keychain.secrets]).toEqual([[`token:${next}@https://api.evorxa.com`, 'ada-1']]);
  });

  it('while the keychain still writes leaves no secret behind and no account', async () => {
    const { opened, open } = gate();
    const { accounts, states, held } = start();
    rig.keychain.gate = opened;
    const signedIn = accounts.signIn('ada-1', null);
    await vi.waitFor(() => expect(states).not.toEqual([]));
    rig.keychain.gate = null;
    await accounts.signOut(only(accounts).id);
    open();
    await signedIn;
    expect(accounts.state().accounts).toEqual([]);
    expect(rig.keychain.secrets.size + held.size).toBe(0);
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
    const before = rig.store.values.get('accounts');
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    expect(accounts.state().currentId).toBe(demo.value.accountId);
    expect(accounts.token(demo.value.accountId)).toBe('demo-token');
    expect(await accounts.retryKeychain(demo.value.accountId)).toEqual(ok(undefined));
    expect(rig.store.values.get('accounts')).toEqual(before);
    expect([...rig.keychain.secrets.values()]).toEqual(['ada-1']);
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

  it('is none where its person cannot be asked for, and is not restarted where it never was', async () => {
    const error: AppError = { kind: 'offline', message: 'no answer' };
    const startDemo = vi.fn(() => Promise.resolve(ok({ apiUrl: 'http://127.0.0.1:9', token: 'demo-token' })));
    const { accounts } = start({ startDemo, identify: () => Promise.resolve(fail(error)) });
    accounts.demoEnded();
    expect(await accounts.restartDemo()).toEqual(fail({ kind: 'no-account' }));
    expect(startDemo).not.toHaveBeenCalled();
    expect(await accounts.openDemo()).toEqual(fail(error));
    expect(accounts.state()).toMatchObject({ accounts: [], currentId: null });
  });

  it('is another account than one that signs in with the same token at the same address', async () => {
    const { accounts } = start({
      startDemo: () => Promise.resolve(ok({ apiUrl: officialUrl, token: 'ada-1' })),
    });
    const demo = await accounts.openDemo();
    const ada = await signIn(accounts, 'ada-1');
    expect(demo).toMatchObject({ ok: true });
    expect(accounts.state().accounts.map(({ kind }) => kind)).toEqual(['demo', 'token']);
    expect(accounts.state().currentId).toBe(ada);
  });

  it('that has ended is started again where it is opened, at its new address, and no other account gives way', async () => {
    let starts = 0;
    const startDemo = (): ReturnType<AccountsDeps['startDemo']> => {
      starts += 1;
      return Promise.resolve(ok({ apiUrl: `http://127.0.0.1:${starts}`, token: `demo-${starts}` }));
    };
    const { accounts, held, states } = start({ startDemo });
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    const { accountId } = demo.value;
    const ada = await signIn(accounts, 'ada-1');
    accounts.demoEnded();
    expect(await accounts.restartDemo()).toEqual(ok(undefined));
    expect(accounts.state().currentId).toBe(ada);
    expect(accounts.state().accounts.find(({ id }) => id === accountId)?.apiUrl).toBe('http://127.0.0.1:2');
    expect(accounts.token(accountId)).toBe('demo-2');
    expect(states.at(-1)).toEqual(accounts.state());
    expect([...held.keys()].toSorted()).toEqual(['ada-1', 'demo-2']);
    // It is there: nothing is started.
    expect(await accounts.restartDemo()).toEqual(ok(undefined));
    accounts.demoEnded();
    await Promise.all([accounts.openDemo(), accounts.restartDemo()]);
    expect([starts, accounts.state().currentId]).toEqual([3, accountId]);
  });

  it('that is closed while it is started again stays closed', async () => {
    let answer: () => void = () => undefined;
    const startDemo = vi.fn<AccountsDeps['startDemo']>();
    startDemo.mockResolvedValue(ok({ apiUrl: 'http://127.0.0.1:9', token: 'demo-token' }));
    const { accounts } = start({ startDemo });
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    accounts.demoEnded();
    startDemo.mockReturnValue(
      new Promise((resolve) => {
        answer = () => resolve(ok({ apiUrl: 'http://127.0.0.1:10', token: 'demo-token' }));
      }),
    );
    const restarting = accounts.restartDemo();
    await accounts.signOut(demo.value.accountId);
    answer();
    expect(await restarting).toMatchObject({ ok: false });
    expect(accounts.state().accounts).toEqual([]);
    expect(await accounts.restartDemo()).toMatchObject({ ok: false, error: { kind: 'no-account' } });
  });

  it('can be closed while the keychain is away', async () => {
    rig.keychain.fault = unavailable;
    const { accounts, held } = start();
    const demo = await accounts.openDemo();
    if (!demo.ok) throw new Error(demo.error.kind);
    expect(await accounts.signOut(demo.value.accountId)).toEqual(ok({ left: [] }));
    expect(held.size).toBe(0);
  });
});

describe('the list on disk', () => {
  it('never holds a token, whatever happens', async () => {
    const canary = 'ada-CANARY-7c1f';
    const { accounts } = start();
    const id = await signIn(accounts, canary);
    accounts.markSignedOut(id, canary);
    rig.keychain.fault = locked;
    await accounts.retryKeychain(id);
    await signIn(accounts, `${canary}-2`);
    await accounts.signOut(id);
    expect(rig.store.text()).toContain(id);
    expect(rig.store.text()).not.toContain('CANARY');
    expect(JSON.stringify(accounts.state())).not.toContain('CANARY');
  });

  it('is read as far as it can be', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    const [row] = rig.store.values.get('accounts') as Record<string, unknown>[];
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
    rig.store.values.set('accounts', [...broken, { ...row, extra: 1 }]);
    rig.store.values.set('currentAccountId', 'gone');
    const { accounts } = await restart();
    expect(accounts.state().currentId).toBe(id);
    expect(only(accounts)).not.toHaveProperty('extra');
    for (const stored of ['none', null, { 0: row }]) {
      rig.store.values.set('accounts', stored);
      expect((await restart()).accounts.state().accounts).toEqual([]);
    }
  });

  it('of an older version, without a word on the keychain, has accounts whose token may be in it', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    const [row] = rig.store.values.get('accounts') as Record<string, unknown>[];
    const { inKeychain, writeToken, ...older } = row ?? {};
    expect([inKeychain, writeToken]).toEqual([true, null]);
    rig.store.values.set('accounts', [older]);
    rig.keychain.fault = locked;
    const { accounts } = await restart();
    expect(only(accounts)).toMatchObject({ id, access: 'locked', writeToken: null });
    expect(await accounts.signOut(id)).toEqual(ok({ left: ['token'] }));
  });

  it('shows the account that was shown last, and none of the demo', async () => {
    const { accounts } = start();
    await signIn(accounts, 'ada-1');
    const bob = await signIn(accounts, 'bob-1');
    expect(rig.store.values.get('currentAccountId')).toBe(bob);
    await accounts.openDemo();
    expect(rig.store.values.get('currentAccountId')).toBeNull();
  });
});
