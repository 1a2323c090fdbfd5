import { Worker } from 'node:worker_threads';
import type { OpenEntry } from './keyring-entry.ts';

/** What a thread is started to do with one entry. */
export interface KeyringTask {
  readonly name: string;
  readonly act: 'read' | 'write' | 'remove';
  /** What is written. */
  readonly secret: string;
}

/** What it posts when it has done that. */
export type KeyringAnswer =
  | { readonly ok: true; readonly value: string | boolean | null }
  | { readonly ok: false; readonly message: string };

/**
 * Opens entries whose calls each run in a thread of this process: the library asks the system's daemon while it opens
 * an entry, and holds its thread for 2 s where that is frozen. A thread lives as long as its call.
 * @param modulePath The built `keyring-worker.ts`.
 */
export function openInThread(modulePath: string): OpenEntry {
  return (name) => {
    const run = (
      act: KeyringTask['act'],
      signal: AbortSignal,
      secret = '',
    ): Promise<string | boolean | null> => runTask(modulePath, { name, act, secret }, signal);
    return Promise.resolve({
      getPassword: async (signal) => {
        const value = await run('read', signal);
        return typeof value === 'string' ? value : null;
      },
      setPassword: async (secret, signal) => {
        await run('write', signal, secret);
      },
      deleteCredential: async (signal) => (await run('remove', signal)) === true,
    });
  };
}

function runTask(
  modulePath: string,
  task: KeyringTask,
  signal: AbortSignal,
): Promise<string | boolean | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(modulePath, { workerData: task });
    // The app does not stay for a keychain that does not answer.
    worker.unref();
    // A thread that the library holds ends when that lets it go.
    signal.addEventListener('abort', () => void worker.terminate());
    worker.once('message', (answer: KeyringAnswer) => {
      if (answer.ok) resolve(answer.value);
      else reject(new Error(answer.message));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread of the keychain ended early.')));
  });
}
