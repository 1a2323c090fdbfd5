import { describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../preload/contract/result.ts';
import { accountsRig, gate, locked, only, signIn, unavailable } from './fakes.ts';

const rig = accountsRig();
const { start, restart } = rig;

describe('a keychain that refuses at sign-in', () => {
  it.each([locked, unavailable])('$kind: the token stays in memory for this session', async (fault) => {
    rig.keychain.fault = fault;
    const { accounts, held } = start();
    const id = await signIn(accounts, 'ada-1');
    expect(only(accounts)).toMatchObject({ storage: 'session', access: 'ready' });
    expect(accounts.token(id)).toBe('ada-1');
    expect(await accounts.retryKeychain(id)).toEqual(fail(fault));
    expect(accounts.token(id)).toBe('ada-1');

    rig.keychain.fault = null;
    expect(await accounts.retryKeychain(id)).toEqual(ok(undefined));
    expect(only(accounts).storage).toBe('keychain');
    expect([...held]).toEqual([['ada-1', 1]]);
    expect((await restart()).accounts.token(id)).toBe('ada-1');
  });

  it('does not hold an account that it never kept', async () => {
    rig.keychain.fault = unavailable;
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    const again = await restart();
    expect(only(again.accounts).access).toBe('unavailable');
    expect(await again.accounts.signOut(id)).toEqual(ok({ left: [] }));
    expect((await restart()).accounts.state().accounts).toEqual([]);
  });

  it('and holds an older token does not let that one be left behind', async () => {
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    rig.keychain.fault = locked;
    await signIn(accounts, 'ada-2');
    expect(only(accounts).storage).toBe('session');
    expect(await (await restart()).accounts.signOut(id)).toEqual(ok({ left: ['token'] }));
    rig.keychain.fault = null;
    await restart();
    await vi.waitFor(() => expect(rig.keychain.secrets.size).toBe(0));
  });

  it('and writes late, once its prompt was answered, is asked to remove at sign-out', async () => {
    rig.keychain.fault = locked;
    const { accounts } = start();
    const id = await signIn(accounts, 'ada-1');
    rig.keychain.secrets.set(`token:${id}@https://api.evorxa.com`, 'ada-1');
    rig.keychain.fault = null;
    await accounts.signOut(id);
    expect(rig.keychain.secrets.size).toBe(0);
  });
});

it('a token goes to the keychain once the list that names it is on disk', async () => {
  const { opened, open } = gate();
  const saved = vi.spyOn(rig.store, 'saved').mockReturnValue(opened.then(() => ok(undefined)));
  const { accounts } = start();
  const signedIn = accounts.signIn('ada-1', null);
  await vi.waitFor(() => expect(saved).toHaveBeenCalled());
  expect(rig.store.values.get('accounts')).toHaveLength(1);
  expect(rig.keychain.secrets.size).toBe(0);
  open();
  await signedIn;
  expect([...rig.keychain.secrets.values()]).toEqual(['ada-1']);
});

it('a keychain that still writes an older token does not bring it back', async () => {
  const { accounts, states } = start();
  const { opened, open } = gate();
  rig.keychain.gate = opened;
  const older = accounts.signIn('ada-1', null);
  await vi.waitFor(() => expect(states).not.toEqual([]));
  rig.keychain.gate = null;
  const id = await signIn(accounts, 'ada-2');
  open();
  await older;
  expect(accounts.token(id)).toBe('ada-2');
  expect(only(accounts)).toMatchObject({ storage: 'keychain', access: 'ready' });
});

describe('a keychain that refuses at the start', () => {
  it('locked: the account stays, says so, and a retry reads its token', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    rig.keychain.fault = locked;
    const { accounts, held } = await restart();
    expect(accounts.state()).toMatchObject({ phase: 'ready', currentId: id });
    expect(only(accounts).access).toBe('locked');
    expect(accounts.token(id)).toBeNull();
    expect(await accounts.retryKeychain(id)).toEqual(fail(locked));
    expect(held.size).toBe(0);

    rig.keychain.fault = null;
    expect(await accounts.retryKeychain(id)).toEqual(ok(undefined));
    expect(only(accounts)).toMatchObject({ access: 'ready', storage: 'keychain' });
    expect(accounts.token(id)).toBe('ada-1');
    expect([...held]).toEqual([['ada-1', 1]]);
    expect([...rig.keychain.secrets.values()]).toEqual(['ada-1']);
  });

  it('unavailable: the account stays and says so', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    rig.keychain.fault = unavailable;
    const { accounts } = await restart();
    expect(only(accounts).access).toBe('unavailable');
    expect(await accounts.retryKeychain(id)).toEqual(fail(unavailable));
  });

  it('holding the token no more: the account stays, and may go', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    rig.keychain.secrets.clear();
    const { accounts } = await restart();
    expect(only(accounts).access).toBe('unavailable');
    expect(await accounts.retryKeychain(id)).toMatchObject({ error: { kind: 'keychain-unavailable' } });
    rig.keychain.fault = unavailable;
    expect(await accounts.signOut(id)).toEqual(ok({ left: [] }));
  });

  it('is “loading” until it has answered, with the accounts there already', async () => {
    const id = await signIn(start().accounts, 'ada-1');
    const { opened, open } = gate();
    rig.keychain.gate = opened;
    const { accounts, states } = start();
    const loaded = accounts.load();
    expect(accounts.state()).toMatchObject({ phase: 'loading', currentId: id });
    expect(only(accounts)).toMatchObject({ kind: 'token', access: 'unavailable', storage: 'keychain' });
    expect(accounts.token(id)).toBeNull();
    open();
    await loaded;
    expect(states.at(-1)).toMatchObject({ phase: 'ready', accounts: [{ id, access: 'ready' }] });
  });

  it.each<readonly [what: string, answer: () => Awaited<ReturnType<typeof rig.keychain.read>>]>([
    ['with the older token', () => ok('ada-1')],
    ['with nothing', () => ok(null)],
    ['that it is locked', () => fail(locked)],
  ])(
    'and answers late, %s, does not take the place of a token that came meanwhile',
    async (_what, answer) => {
      const id = await signIn(start().accounts, 'ada-1');
      const { opened, open } = gate();
      vi.spyOn(rig.keychain, 'read').mockImplementation(() => opened.then(answer));
      const { accounts } = start();
      const loaded = accounts.load();
      await signIn(accounts, 'ada-2');
      open();
      await loaded;
      expect(accounts.token(id)).toBe('ada-2');
      expect(only(accounts)).toMatchObject({ access: 'ready', storage: 'keychain' });
    },
  );
});

it('the keychain gets a token only once the list that names it is on the disk', async () => {
  const { accounts, states } = start();
  const { opened, open } = gate();
  vi.spyOn(rig.store, 'saved').mockImplementation(() => opened.then(() => ok(undefined)));
  const signingIn = accounts.signIn('ada-1', null);
  await vi.waitFor(() => expect(states).not.toEqual([]));
  await new Promise((resolve) => setImmediate(resolve));
  expect(rig.keychain.secrets.size).toBe(0);
  open();
  await signingIn;
  expect([...rig.keychain.secrets.values()]).toEqual(['ada-1']);
});
