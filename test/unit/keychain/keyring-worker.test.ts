import { beforeEach, expect, it, vi } from 'vitest';

const library = vi.hoisted(() => ({
  opened: vi.fn<(...args: unknown[]) => void>(),
  getPassword: vi.fn<(signal: unknown) => Promise<string | null>>(),
  setPassword: vi.fn<(secret: string, signal: unknown) => Promise<void>>(),
  deleteCredential: vi.fn<(signal: unknown) => Promise<boolean>>(),
}));
const thread = vi.hoisted(() => ({
  workerData: {},
  parentPort: { postMessage: vi.fn<(message: unknown) => void>() },
}));

vi.mock('node:module', () => ({
  createRequire: () => (name: string) => ({
    AsyncEntry: class {
      constructor(...args: unknown[]) {
        library.opened(...args);
        expect(name).toBe('@napi-rs/keyring');
      }
      getPassword = library.getPassword;
      setPassword = library.setPassword;
      deleteCredential = library.deleteCredential;
    },
  }),
}));
vi.mock('node:worker_threads', () => thread);

const posted = vi.fn<(message: unknown) => void>();
beforeEach(() => {
  vi.clearAllMocks();
  vi.resetModules();
  thread.parentPort = { postMessage: posted };
  library.getPassword.mockResolvedValue('the secret');
  library.setPassword.mockResolvedValue();
  library.deleteCredential.mockResolvedValue(false);
});

/** Runs the thread's module, whose body does the task. */
async function run(act: string, secret = ''): Promise<void> {
  thread.workerData = { name: 'token:a', act, secret };
  await import('../../../main/keychain/keyring-worker.ts');
}

it('opens the entry of the name in the Secret Service, not in the kernel’s keyring', async () => {
  await run('read');
  expect(library.opened.mock.calls).toEqual([['Evorxa', 'token:a', { linux: { store: 'secret-service' } }]]);
});

it('reads, and does nothing else', async () => {
  await run('read');
  expect(posted.mock.calls).toEqual([[{ ok: true, value: 'the secret' }]]);
  expect(library.setPassword).not.toHaveBeenCalled();
  expect(library.deleteCredential).not.toHaveBeenCalled();
});

it('removes, says whether there was something, and does nothing else', async () => {
  await run('remove');
  expect(posted.mock.calls).toEqual([[{ ok: true, value: false }]]);
  expect(library.deleteCredential).toHaveBeenCalledTimes(1);
  expect(library.getPassword).not.toHaveBeenCalled();
  expect(library.setPassword).not.toHaveBeenCalled();
});

it('writes the secret that it was given, and answers without it', async () => {
  await run('write', 'the new one');
  expect(posted.mock.calls).toEqual([[{ ok: true, value: null }]]);
  expect(library.setPassword.mock.calls.map(([secret]) => secret)).toEqual(['the new one']);
  expect(library.getPassword).not.toHaveBeenCalled();
  expect(library.deleteCredential).not.toHaveBeenCalled();
});

it.each([
  [new Error('no binding'), 'no binding'],
  ['odd', 'odd'],
])('answers with why it failed: %s', async (cause, message) => {
  library.getPassword.mockRejectedValue(cause);
  await run('read');
  expect(posted.mock.calls).toEqual([[{ ok: false, message }]]);
});

it('answers once a write failed, not before', async () => {
  library.setPassword.mockRejectedValue(new Error('refused'));
  await run('write', 's');
  expect(posted.mock.calls).toEqual([[{ ok: false, message: 'refused' }]]);
});
