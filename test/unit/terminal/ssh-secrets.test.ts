import { beforeEach, describe, expect, it, vi } from 'vitest';
import { redact, registerSecret } from '../../../main/log/index.ts';
import { createMemoryKeychain } from '../../../main/keychain/memory-keychain.ts';
import { createSecretRemovals } from '../../../main/keychain/removals.ts';
import { createSshSecrets, type SecretOwner, type SshSecrets } from '../../../main/terminal/ssh-secrets.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { FakeKeychain, FakeStore, gate, locked } from '../accounts/fakes.ts';

const ownerOf = (accountId: string): SecretOwner => ({
  accountId: accountId as AccountId,
  instanceId: 'web' as InstanceId,
  host: '203.0.113.42',
  port: 22,
  user: 'root',
  isJumpHost: false,
});

const ada = ownerOf('ada');
const demo = ownerOf('demo');
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
  createSshSecrets({
    keychain,
    memory,
    removals: createSecretRemovals({ keychain, store, onError }),
    isInMemory: (id) => id === demo.accountId,
    store,
    registerSecret,
    onError,
  });

describe('kept SSH secrets', () => {
  it('come back after a restart, each kind apart, and are not in the store', async () => {
    await open().write(ada, 'password', canary);
    expect(await open().read(ada, 'password')).toBe(canary);
    expect(await open().read(ada, 'passphrase')).toBeNull();
    expect(store.text()).not.toContain(canary);
  });

  it('that were never kept do not bother the keychain', async () => {
    const read = vi.spyOn(keychain, 'read');
    expect(await open().read(ada, 'password')).toBeNull();
    expect(read).not.toHaveBeenCalled();
  });

  it.each([{ host: 'elsewhere.example' }, { port: 2222 }, { user: 'admin' }])(
    'as passwords are for the address and the user that they were entered for: not for %o',
    async (other) => {
      await open().write(ada, 'password', canary);
      await open().write(ada, 'passphrase', 'of a file');
      expect(await open().read({ ...ada, ...other }, 'password')).toBeNull();
      expect(await open().read({ ...ada, ...other }, 'passphrase')).toBe('of a file');
      await open().forgetAccount(ada.accountId);
      expect(keychain.secrets.size).toBe(0);
    },
  );

  it('of the demo account never reach the keychain', async () => {
    const memory = createMemoryKeychain();
    await open(memory).write(demo, 'password', canary);
    expect(await open(memory).read(demo, 'password')).toBe(canary);
    expect(keychain.secrets.size).toBe(0);
    await open(memory).remove(demo, 'password');
    expect(await open(memory).read(demo, 'password')).toBeNull();
  });

  it('are null while the keychain is locked, and still kept', async () => {
    await open().write(ada, 'password', canary);
    keychain.fault = locked;
    expect(await open().read(ada, 'password')).toBeNull();
    expect(onError).toHaveBeenCalledWith(locked);
    keychain.fault = null;
    expect(await open().read(ada, 'password')).toBe(canary);
  });

  it('are masked in what is logged while they are written, and not longer', async () => {
    const logged: string[] = [];
    onError.mockImplementation(() => logged.push(redact(`The keychain refused ${canary}.`)));
    keychain.fault = locked;
    await open().write(ada, 'password', canary);
    expect(logged).toEqual(['The keychain refused [redacted].']);
    expect(redact(canary)).toBe(canary);
  });

  it('go with their account; those that a locked keychain holds back are named, and removed at the next start', async () => {
    await open().write(ada, 'password', canary);
    await open().write(ada, 'passphrase', 'of a file');
    await open().write(ownerOf('adam'), 'password', 'another');
    keychain.fault = locked;
    expect(await open().forgetAccount(ada.accountId)).toEqual(['password', 'passphrase']);
    keychain.fault = null;
    expect(await open().read(ada, 'password')).toBeNull();
    expect(keychain.secrets.size).toBe(3);
    expect(store.text()).not.toContain(canary);
    await createSecretRemovals({ keychain, store, onError }).finish();
    expect([...keychain.secrets.values()]).toEqual(['another']);
    expect(store.values.get('pendingRemovals')).toEqual([]);
  });

  it('of an account that was signed out are not kept, whatever its open sessions say', async () => {
    const secrets = open();
    expect(await secrets.forgetAccount(ada.accountId)).toEqual([]);
    expect(await secrets.write(ada, 'password', canary)).toBe(false);
    expect(keychain.secrets.size).toBe(0);
  });

  it('that were being written when their account was signed out are not left behind', async () => {
    const secrets = open();
    const { opened, open: letWrite } = gate();
    keychain.gate = opened;
    const written = secrets.write(ada, 'password', canary);
    keychain.gate = null;
    await secrets.forgetAccount(ada.accountId);
    letWrite();
    expect(await written).toBe(false);
    expect(keychain.secrets.size).toBe(0);
  });

  it('of the demo account go from memory with it, and it can be opened again', async () => {
    const memory = createMemoryKeychain();
    const secrets = open(memory);
    await secrets.write(demo, 'password', canary);
    expect(await secrets.forgetAccount(demo.accountId)).toEqual([]);
    expect(await secrets.read(demo, 'password')).toBeNull();
    expect(await secrets.write(demo, 'password', canary)).toBe(true);
    expect(await secrets.read(demo, 'password')).toBe(canary);
  });
});
