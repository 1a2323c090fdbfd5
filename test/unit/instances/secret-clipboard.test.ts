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

it('counts anew with each copy, and clears at once when told', async () => {
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
