import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryKeychain } from '../../../main/keychain/memory-keychain.ts';
import { createSshSecrets, type SshSecrets } from '../../../main/terminal/ssh-secrets.ts';
import type { Account } from '../../../preload/contract/account.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { FakeKeychain, FakeStore, locked } from '../accounts/fakes.ts';

const accountOf = (id: string, kind: Account['kind']): Account => ({
  id: id as AccountId,
  kind,
  name: id,
  email: null,
  apiUrl: 'https://api.evorxa.com/api',
  storage: 'keychain',
  access: 'ready',
  projects: [],
  onboarded: true,
});

const ada = accountOf('ada', 'token');
const demo = accountOf('demo', 'demo');
const web = 'web' as InstanceId;
const canary = 'CANARY-secret-1';

let keychain: FakeKeychain;
let store: FakeStore;
const onError = vi.fn();
beforeEach(() => {
  keychain = new FakeKeychain();
  store = new FakeStore();
  onError.mockReset();
});
const open = (memory = createMemoryKeychain()): SshSecrets =>
  createSshSecrets(keychain, memory, store, onError);

describe('kept SSH secrets', () => {
  it('come back after a restart, each kind apart, and are not in the store', async () => {
    await open().write(ada, web, 'password', canary);
    expect(await open().read(ada, web, 'password')).toBe(canary);
    expect(await open().read(ada, web, 'passphrase')).toBeNull();
    expect(store.text()).not.toContain(canary);
  });

  it('that were never kept do not bother the keychain', async () => {
    const read = vi.spyOn(keychain, 'read');
    expect(await open().read(ada, web, 'password')).toBeNull();
    expect(read).not.toHaveBeenCalled();
  });

  it('of the demo account never reach the keychain', async () => {
    const memory = createMemoryKeychain();
    await open(memory).write(demo, web, 'password', canary);
    expect(await open(memory).read(demo, web, 'password')).toBe(canary);
    expect(keychain.secrets.size).toBe(0);
    await open(memory).remove(demo, web, 'password');
    expect(await open(memory).read(demo, web, 'password')).toBeNull();
  });

  it('are null while the keychain is locked, and still kept', async () => {
    await open().write(ada, web, 'password', canary);
    keychain.fault = locked;
    expect(await open().read(ada, web, 'password')).toBeNull();
    expect(onError).toHaveBeenCalledWith(locked);
    keychain.fault = null;
    expect(await open().read(ada, web, 'password')).toBe(canary);
  });

  it('go with their account; one that a locked keychain holds back is known still', async () => {
    await open().write(ada, web, 'password', canary);
    await open().write(accountOf('adam', 'token'), web, 'password', 'another');
    keychain.fault = locked;
    await open().forgetAccount(ada.id);
    keychain.fault = null;
    expect(await open().read(ada, web, 'password')).toBe(canary);
    await open().forgetAccount(ada.id);
    expect([...keychain.secrets.values()]).toEqual(['another']);
    expect(await open().read(ada, web, 'password')).toBeNull();
  });
});
