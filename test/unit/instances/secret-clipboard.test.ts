import { expect, it } from 'vitest';
import { createSecretClipboard } from '../../../main/instances/secret-clipboard.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

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
  await time.pass(59_999);
  expect(read()).toBe('s3cret');
  await time.pass(1);
  expect(read()).toBe('');
});

it('leaves what was copied since', async () => {
  const { lent, time, read, write } = setUp();
  lent.copy('s3cret');
  write('something of theirs');
  await time.pass(60_000);
  expect(read()).toBe('something of theirs');
});

it('counts anew with each copy, and clears at once when told', async () => {
  const { lent, time, read } = setUp();
  lent.copy('one');
  await time.pass(59_999);
  lent.copy('two');
  await time.pass(59_999);
  expect(read()).toBe('two');
  await lent.clear();
  expect(read()).toBe('');
  expect(time.pendingTimers).toBe(0);
});

it('takes nothing away that was copied while it looked', async () => {
  let text = '';
  let look: (text: string) => void = () => undefined;
  const time = new FakeTime();
  const lent = createSecretClipboard(
    {
      readText: () => new Promise((resolve) => (look = resolve)),
      writeText: (next) => (text = next),
      clear: () => (text = ''),
    },
    time,
    (cause) => {
      throw cause;
    },
  );
  lent.copy('one');
  const clearing = lent.clear();
  lent.copy('two');
  look('one');
  await clearing;
  expect(text).toBe('two');
  await time.pass(60_000);
  look('two');
  await settle();
  expect(text).toBe('');
});

it('still takes the first secret away where the second could not be put there', async () => {
  const { time, fails, failing, read } = brittle();
  failing.copy('one');
  fails(true);
  expect(() => failing.copy('two')).toThrow('busy');
  fails(false);
  expect(read()).toBe('one');
  await time.pass(60_000);
  expect(read()).toBe('');
});

it('says that a clipboard failed, and takes the next secret', async () => {
  const { time, fails, failing, read, errors } = brittle();
  failing.copy('one');
  fails(true);
  await time.pass(60_000);
  expect(errors).toEqual([new Error('busy')]);
  fails(false);
  failing.copy('two');
  await failing.clear();
  expect(read()).toBe('');
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

/** A clipboard that another program can hold. */
function brittle() {
  let text = '';
  let isBusy = false;
  const errors: unknown[] = [];
  const time = new FakeTime();
  const held = <T>(value: T): T => {
    if (isBusy) throw new Error('busy');
    return value;
  };
  const failing = createSecretClipboard(
    {
      readText: () => held(text),
      writeText: (next) => (text = held(next)),
      clear: () => (text = held('')),
    },
    time,
    (cause) => errors.push(cause),
  );
  return { time, failing, errors, read: () => text, fails: (on: boolean) => (isBusy = on) };
}
