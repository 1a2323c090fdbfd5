import { parentPort, workerData } from 'node:worker_threads';
import { openEntry } from './keyring-entry.ts';
import type { KeyringAnswer, KeyringTask } from './keyring-thread.ts';

/* The thread of one call to the keychain: see keyring-thread.ts. */

async function perform({ name, act, secret }: KeyringTask): Promise<string | boolean | null> {
  const entry = await openEntry(name);
  // Who asked keeps the deadline, and ends this thread.
  const { signal } = new AbortController();
  if (act === 'read') return entry.getPassword(signal);
  if (act === 'remove') return entry.deleteCredential(signal);
  await entry.setPassword(secret, signal);
  return null;
}

function answer(message: KeyringAnswer): void {
  parentPort?.postMessage(message);
}

// Given by keyring-thread.ts, of the same build.
await perform(workerData as KeyringTask).then(
  (value) => answer({ ok: true, value }),
  (cause: unknown) => answer({ ok: false, message: cause instanceof Error ? cause.message : String(cause) }),
);
