import { expect, it } from 'vitest';
import { createMemoryKeychain } from '../../../main/keychain/index.ts';
import { ok } from '../../../preload/contract/result.ts';

it('keeps the newest secret of each name, until it is removed', async () => {
  const keychain = createMemoryKeychain();
  expect(await keychain.read('a')).toEqual(ok(null));
  expect(await keychain.write('a', 'old')).toEqual(ok(undefined));
  await keychain.write('a', 'new');
  await keychain.write('b', 'other');
  expect(await keychain.read('a')).toEqual(ok('new'));
  expect(await keychain.remove('a')).toEqual(ok(undefined));
  expect(await keychain.remove('a')).toEqual(ok(undefined));
  expect(await keychain.read('a')).toEqual(ok(null));
  expect(await keychain.read('b')).toEqual(ok('other'));
});

it('forgets the names that begin so, and no other', async () => {
  const keychain = createMemoryKeychain();
  for (const name of ['ssh:demo:1', 'ssh:demo:2', 'ssh:other:1', 'token:ssh:demo:1']) {
    await keychain.write(name, name);
  }
  keychain.forget('ssh:demo:');
  expect(await keychain.read('ssh:demo:1')).toEqual(ok(null));
  expect(await keychain.read('ssh:demo:2')).toEqual(ok(null));
  expect(await keychain.read('ssh:other:1')).toEqual(ok('ssh:other:1'));
  expect(await keychain.read('token:ssh:demo:1')).toEqual(ok('token:ssh:demo:1'));
});
