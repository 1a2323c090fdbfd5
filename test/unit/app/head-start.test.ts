import { beforeEach, expect, it, vi } from 'vitest';
import { headStartOf } from '../../../main/app/head-start.ts';
import { createAheadFetch, createApiClient, type Fetch } from '../../../main/api/index.ts';
import { withReadAhead } from '../../../main/keychain/index.ts';
import { FakeKeychain, FakeStore, locked, startAccounts } from '../accounts/fakes.ts';
import { FakeClock } from '../api/support/fake-clock.ts';

vi.mock('electron', () => ({}));

const network = vi.fn<Fetch>();
let keychain: FakeKeychain;
let store: FakeStore;
const start = () => {
  const clock = new FakeClock();
  const system = withReadAhead({
    read: vi.fn((name: string) => keychain.read(name)),
    write: (name, secret) => keychain.write(name, secret),
    remove: (name) => keychain.remove(name),
    ...{ isHeldUp: () => false, writesDone: () => null },
  });
  const ahead = createAheadFetch(network, clock);
  return { clock, ...headStartOf(system, ahead, store) };
};

beforeEach(async () => {
  network.mockReset().mockImplementation(() => Promise.resolve(Response.json({ data: [] })));
  keychain = new FakeKeychain();
  store = new FakeStore();
  await startAccounts(store, keychain).accounts.signIn('ada-1-abcdefghijklmnop', null);
});

it('asks the keychain once and the API once, whoever comes second', async () => {
  const reads = vi.spyOn(keychain, 'read');
  const { begin, keychain: system, fetch, clock } = start();
  await begin();
  expect(network).toHaveBeenCalledTimes(1);
  const { accounts } = startAccounts(store, system as unknown as FakeKeychain);
  await accounts.load();
  expect(reads).toHaveBeenCalledTimes(1);
  const [account] = accounts.state().accounts;
  if (account === undefined) throw new Error('The account is gone.');
  const client = createApiClient({
    ...{ baseUrl: account.apiUrl, token: accounts.token(account.id), fetch, clock, random: () => 0 },
    log: () => undefined,
  });
  expect(await client.request('instances.list', {})).toMatchObject({ ok: true });
  expect(network).toHaveBeenCalledTimes(1);
});

it('asks nobody where nobody is signed in', async () => {
  store = new FakeStore();
  const reads = vi.spyOn(keychain, 'read');
  await start().begin();
  expect(reads).not.toHaveBeenCalled();
  expect(network).not.toHaveBeenCalled();
});

it('sends nothing while the keychain is locked, or without a token', async () => {
  keychain.fault = locked;
  await start().begin();
  keychain.fault = null;
  keychain.secrets.clear();
  await start().begin();
  expect(network).not.toHaveBeenCalled();
});
