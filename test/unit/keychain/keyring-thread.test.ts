import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeychain } from '../../../main/keychain/keychain.ts';
import type { KeyringEntry } from '../../../main/keychain/keyring-entry.ts';
import { openInThread } from '../../../main/keychain/keyring-thread.ts';
import { fail, ok } from '../../../preload/contract/result.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-keyring-thread-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A module for a thread, which runs `program`. */
function moduleOf(program: string): string {
  const path = join(folder, `${crypto.randomUUID()}.mjs`);
  writeFileSync(path, `import { parentPort, workerData } from 'node:worker_threads';\n${program}`);
  return path;
}

/** A keychain whose threads run `program`. */
function keychainOf(program: string, timeoutMs?: number) {
  return createKeychain(openInThread(moduleOf(program)), timeoutMs);
}

/** The entry `a`, whose threads run `program`. */
const entryOf = (program: string): Promise<KeyringEntry> => openInThread(moduleOf(program))('a');

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

it('a thread is told what to do with which secret, each act by its own word', async () => {
  const path = join(folder, 'tasks.jsonl');
  const { signal } = new AbortController();
  const entry = await entryOf(
    `import { appendFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(path)}, JSON.stringify(workerData) + '\\n');
     parentPort.postMessage({ ok: true, value: null });`,
  );
  await entry.getPassword(signal);
  await entry.setPassword('s', signal);
  await entry.deleteCredential(signal);
  expect(readFileSync(path, 'utf8').trim().split('\n')).toEqual([
    '{"name":"a","act":"read","secret":""}',
    '{"name":"a","act":"write","secret":"s"}',
    '{"name":"a","act":"remove","secret":""}',
  ]);
});

it.each([
  ['true', true, null],
  ['false', false, null],
  ['null', false, null],
  ['"text"', false, 'text'],
])(
  'an answer of %s is a secret only where it is text, and a removal only where it is true',
  async (value, removed, secret) => {
    const { signal } = new AbortController();
    const entry = await entryOf(`parentPort.postMessage({ ok: true, value: ${value} });`);
    expect(await entry.deleteCredential(signal)).toBe(removed);
    expect(await entry.getPassword(signal)).toBe(secret);
  },
);

it('a write that fails in its thread is not taken for one that was done', async () => {
  const keychain = keychainOf(`parentPort.postMessage({ ok: false, message: 'refused' });`);
  const refused = fail({ kind: 'keychain-unavailable', message: 'refused' });
  expect(await keychain.write('a', 's')).toEqual(refused);
  expect(await keychain.remove('a')).toEqual(refused);
});

it('a thread whose call was given up is ended', async () => {
  const given = new AbortController();
  // Lives until it is ended, and would never answer.
  const entry = await entryOf(`setInterval(() => undefined, 1_000_000);`);
  const read = entry.getPassword(given.signal);
  given.abort();
  await expect(read).rejects.toThrow('ended early');
});
