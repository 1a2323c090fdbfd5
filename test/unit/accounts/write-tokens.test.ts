import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';
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

  it('is refused where nobody can tell whose it is', async () => {
    const nameless = { ...identityOf('ada'), email: null };
    const { accounts } = startAccounts(store, keychain, { identify: () => Promise.resolve(ok(nameless)) });
    const id = await signIn(accounts, 'ada-reads');
    expect(await accounts.addWriteToken(id, 'ada-writes')).toMatchObject({ error: { kind: 'refused' } });
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

  it('is done by signing out too', async () => {
    const { accounts, id } = await withTwo();
    expect(await accounts.signOut(id)).toEqual(ok({ left: [] }));
    expect(keychain.secrets.size).toBe(0);
  });

  it('is not done by signing in anew', async () => {
    const { accounts, id } = await withTwo();
    expect(await signIn(accounts, 'ada-reads-2')).toBe(id);
    expect(only(accounts).writeToken).not.toBeNull();
    expect(await lent(accounts, id)).toMatchObject({ value: { token: 'ada-writes' } });
  });
});
