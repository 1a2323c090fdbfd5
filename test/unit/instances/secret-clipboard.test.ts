import { expect, it } from 'vitest';
import { createSecretClipboard, secretOnClipboardMs } from '../../../main/instances/secret-clipboard.ts';
import { FakeTime } from '../monitor/fake-time.ts';

function setUp() {
  let text = '';
  const time = new FakeTime();
  const lent = createSecretClipboard(
    {
      readText: () => text,
      writeText: (next) => (text = next),
      clear: () => (text = ''),
    },
    time,
    (cause) => {
      throw cause;
    },
  );
  return { lent, time, read: () => text, write: (next: string) => (text = next) };
}

it('takes the secret off the clipboard after a minute', async () => {
  const { lent, time, read } = setUp();
  lent.copy('s3cret');
  await time.pass(secretOnClipboardMs - 1);
  expect(read()).toBe('s3cret');
  await time.pass(1);
  expect(read()).toBe('');
});

it('leaves what was copied since', async () => {
  const { lent, time, read, write } = setUp();
  lent.copy('s3cret');
  write('something of theirs');
  await time.pass(secretOnClipboardMs);
  expect(read()).toBe('something of theirs');
});

it('counts again with each copy, and clears at once when told', async () => {
  const { lent, time, read } = setUp();
  lent.copy('one');
  await time.pass(secretOnClipboardMs - 1);
  lent.copy('two');
  await time.pass(secretOnClipboardMs - 1);
  expect(read()).toBe('two');
  await lent.clear();
  expect(read()).toBe('');
  expect(time.pendingTimers).toBe(0);
});

it('does not look at the clipboard where it lent nothing, or nothing any more', async () => {
  const time = new FakeTime();
  let reads = 0;
  const lent = createSecretClipboard(
    {
      readText: () => {
        reads += 1;
        return Promise.resolve('s3cret');
      },
      writeText: () => undefined,
      clear: () => undefined,
    },
    time,
    (cause) => {
      throw cause;
    },
  );
  await lent.clear();
  expect(reads).toBe(0);
  lent.copy('s3cret');
  lent.copy('s3cret');
  expect(time.pendingTimers).toBe(1);
  await lent.clear();
  await lent.clear();
  await time.pass(60_000);
  expect([reads, time.pendingTimers]).toEqual([1, 0]);
});

it('says so where the clipboard fails, at once or later', async () => {
  const bug = new Error('bug');
  const errors: unknown[] = [];
  const fails = [
    (): never => {
      throw bug;
    },
    () => Promise.reject(bug),
  ];
  for (const readText of fails) {
    const clipboard = { readText, writeText: () => undefined, clear: () => undefined };
    const lent = createSecretClipboard(clipboard, new FakeTime(), (cause) => errors.push(cause));
    lent.copy('s3cret');
    await lent.clear();
  }
  const clipboard = {
    readText: () => 's3cret',
    writeText: () => undefined,
    clear: () => Promise.reject(bug),
  };
  const lent = createSecretClipboard(clipboard, new FakeTime(), (cause) => errors.push(cause));
  lent.copy('s3cret');
  await lent.clear();
  expect(errors).toEqual([bug, bug, bug]);
});

it('says so where the secret is refused later, as Electron does since 44', async () => {
  const bug = new Error('bug');
  const errors: unknown[] = [];
  const clipboard = { readText: () => '', writeText: () => Promise.reject(bug), clear: () => undefined };
  const lent = createSecretClipboard(clipboard, new FakeTime(), (cause) => errors.push(cause));
  lent.copy('s3cret');
  await lent.clear();
  expect(errors).toEqual([bug]);
});

it('takes away a secret that was not there yet when it was told to', async () => {
  let text = '';
  let write = (): void => undefined;
  const clipboard = {
    readText: () => Promise.resolve(text),
    writeText: (next: string) =>
      new Promise<void>((resolve) => {
        write = () => {
          text = next;
          resolve();
        };
      }),
    clear: () => (text = ''),
  };
  const lent = createSecretClipboard(clipboard, new FakeTime(), (cause) => {
    throw cause;
  });
  lent.copy('s3cret');
  const cleared = lent.clear();
  write();
  await cleared;
  expect(text).toBe('');
});
