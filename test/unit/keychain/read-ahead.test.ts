import { beforeEach, expect, it, vi } from 'vitest';
import { withReadAhead, type Keychain } from '../../../main/keychain/index.ts';
import { ok } from '../../../preload/contract/result.ts';

const read = vi.fn<Keychain['read']>();
const done = vi.fn<() => Promise<ReturnType<typeof ok<undefined>>>>();
const open = () =>
  withReadAhead({
    ...{ read, write: done, remove: done },
    isHeldUp: () => false,
    writesDone: () => null,
  });

beforeEach(() => {
  let times = 0;
  read.mockReset().mockImplementation((name) => Promise.resolve(ok(`${name}, ${(times += 1)}`)));
  done.mockReset().mockResolvedValue(ok(undefined));
});

it('a secret that was read ahead is given once, and nobody is asked twice for it', async () => {
  const keychain = open();
  const ahead = keychain.readAhead('token');
  expect(await keychain.read('other')).toEqual(ok('other, 2'));
  expect(await keychain.read('token')).toEqual(ok('token, 1'));
  expect(await ahead).toEqual(ok('token, 1'));
  expect(read).toHaveBeenCalledTimes(2);
  expect(await keychain.read('token')).toEqual(ok('token, 3'));
});

it.each(['write', 'remove'] as const)('what was read before a %s is read again', async (change) => {
  const keychain = open();
  await keychain.readAhead('token');
  await (change === 'write' ? keychain.write('token', 'new') : keychain.remove('token'));
  expect(await keychain.read('token')).toEqual(ok('token, 2'));
});
