import { beforeEach, describe, expect, it, vi } from 'vitest';
import { headStartOf } from '../../../main/app/head-start.ts';
import { openStores } from '../../../main/app/stores.ts';
import { createAheadFetch, createApiClient, type Fetch } from '../../../main/api/index.ts';
import { withReadAhead } from '../../../main/keychain/index.ts';
import { createLocalChangesStore } from '../../../main/monitor/local-changes-store.ts';
import type { Storage } from '../../../main/storage/index.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import type { SnapshotUpdate } from '../../../preload/contract/snapshot.ts';
import { FakeKeychain, FakeStore, locked, startAccounts } from '../accounts/fakes.ts';
import { FakeClock } from '../api/support/fake-clock.ts';
import { useFolder } from '../storage/disk.ts';

vi.mock('electron', () => ({}));

const network = vi.fn<Fetch>();
let keychain: FakeKeychain;
let store: FakeStore;
let storage: Storage;
const folder = useFolder();
const shown = vi.fn<(update: SnapshotUpdate) => void>();
const start = (show: typeof shown | null = shown) => {
  const clock = new FakeClock();
  const system = withReadAhead({
    read: vi.fn((name: string) => keychain.read(name)),
    write: (name, secret) => keychain.write(name, secret),
    remove: (name) => keychain.remove(name),
    ...{ isHeldUp: () => false, writesDone: () => null },
  });
  const ahead = createAheadFetch(network, clock);
  const { accountFiles, cache } = storage;
  return { clock, ...headStartOf(system, ahead, { accounts: store, accountFiles, cache }, show) };
};

beforeEach(async () => {
  shown.mockReset();
  ({ storage } = openStores(folder.path()));
  network.mockReset().mockImplementation(() => Promise.resolve(Response.json({ data: [] })));
  keychain = new FakeKeychain();
  store = new FakeStore();
  await startAccounts(store, keychain).accounts.signIn('ada-1-abcdefghijklmnop', null);
});

it('asks the keychain once and the API once, whoever comes second', async () => {
  const reads = vi.spyOn(keychain, 'read');
  const { begin, keychain: system, fetch, clock } = start();
  await begin().isShown;
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
  await start().begin().isShown;
  expect(reads).not.toHaveBeenCalled();
  expect(network).not.toHaveBeenCalled();
});

it('sends nothing while the keychain is locked, or without a token', async () => {
  keychain.fault = locked;
  await start().begin().isShown;
  keychain.fault = null;
  keychain.secrets.clear();
  await start().begin().isShown;
  expect(network).not.toHaveBeenCalled();
});

const listed = (): Response => Response.json({ data: [{ id: 'a', name: 'web', status: 'running' }] });

describe('the first list', () => {
  beforeEach(() => {
    network.mockImplementation(() => Promise.resolve(listed()));
  });

  it('is shown as soon as it was answered, and goes on to the backend with its answer', async () => {
    const { begin, fetch, firstList, takeFirstList } = start();
    expect(await begin().isShown).toBe(true);
    expect(shown.mock.calls).toMatchObject([
      [{ kind: 'full', snapshot: { apiStatus: 'live', instances: [{ id: 'a', name: 'web' }] } }],
    ]);
    expect(takeFirstList()).toBe(firstList());
    expect(takeFirstList()?.state.snapshot.instances).toHaveLength(1);
    const [url, init] = network.mock.lastCall ?? [];
    if (url === undefined || init === undefined) throw new Error('Nothing was asked.');
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await fetch(url, init)).body ?? []) chunks.push(chunk);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ data: [{ id: 'a' }] });
    expect(network).toHaveBeenCalledTimes(1);
  });

  it('that comes when the backend is there is the backend’s to show', async () => {
    let answer: (response: Response) => void = () => undefined;
    network.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const { begin, takeFirstList } = start();
    const { isSent, isShown } = begin();
    await isSent;
    expect(takeFirstList()).toBeNull();
    answer(listed());
    expect(await isShown).toBe(false);
    expect(shown).not.toHaveBeenCalled();
  });

  it('is not shown where nothing is to be, nor where something was noted of an instance', async () => {
    expect(await start(null).begin().isShown).toBe(false);
    const changes = { deletion: { atMs: null, isShown: false }, reboot: null };
    const accountId = (store.get('accounts') as readonly { readonly id: AccountId }[])[0]?.id;
    if (accountId === undefined) throw new Error('Nobody is signed in.');
    createLocalChangesStore(storage.accountFiles).set(accountId, new Map([['a' as InstanceId, changes]]));
    const { begin, takeFirstList } = start();
    expect(await begin().isShown).toBe(false);
    expect(takeFirstList()).toBeNull();
    expect(shown).not.toHaveBeenCalled();
  });

  it.each([
    ['refused', () => Promise.resolve(Response.json({}, { status: 401 }))],
    ['not there', () => Promise.reject(new TypeError('net::ERR_INTERNET_DISCONNECTED'))],
  ])('that is %s is left to the backend', async (_how, answer) => {
    network.mockImplementation(answer);
    expect(await start().begin().isShown).toBe(false);
    expect(shown).not.toHaveBeenCalled();
  });
});
