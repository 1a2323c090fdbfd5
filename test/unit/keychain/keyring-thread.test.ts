import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeychain } from '../../../main/keychain/keychain.ts';
import { openInThread } from '../../../main/keychain/keyring-thread.ts';
import { fail, ok } from '../../../preload/contract/result.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-keyring-thread-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A keychain whose threads run `program`. */
function keychainOf(program: string, timeoutMs?: number) {
  const path = join(folder, `${crypto.randomUUID()}.mjs`);
  writeFileSync(path, `import { parentPort, workerData } from 'node:worker_threads';\n${program}`);
  return createKeychain(openInThread(path), timeoutMs);
}

it('hands each call to a thread, and its answer back', async () => {
  const keychain = keychainOf(`parentPort.postMessage({ ok: true, value: JSON.stringify(workerData) });`);
  expect(await keychain.read('a')).toEqual(ok('{"name":"a","act":"read","secret":""}'));
  expect(await keychain.write('a', 's')).toEqual(ok(undefined));
  expect(await keychain.remove('a')).toEqual(ok(undefined));
});

it('tells apart nothing, and why there is nothing', async () => {
  const empty = keychainOf(`parentPort.postMessage({ ok: true, value: null });`);
  expect(await empty.read('a')).toEqual(ok(null));
  const locked = keychainOf(
    `parentPort.postMessage({ ok: false, message: "Couldn't access platform storage: dismissed" });`,
  );
  expect(await locked.read('a')).toEqual(fail({ kind: 'keychain-locked' }));
});

it.each([
  ['throws', `throw new Error('no binding');`, 'no binding'],
  ['ends', '', 'The thread of the keychain ended early.'],
])('a thread that %s is a keychain that is not there', async (_how, program, message) => {
  expect(await keychainOf(program).read('a')).toEqual(fail({ kind: 'keychain-unavailable', message }));
});

it('a thread that is held holds nobody else, and is given up', async () => {
  // As the library does while a frozen daemon does not answer: nothing of this thread runs any more.
  const held = keychainOf(`Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`, 300);
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 10);
  expect(await held.read('a')).toEqual(fail({ kind: 'keychain-locked' }));
  clearInterval(turning);
  expect(turns).toBeGreaterThan(3);
  expect(held.isHeldUp()).toBe(true);
});
