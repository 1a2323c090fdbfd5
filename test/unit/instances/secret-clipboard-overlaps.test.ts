import { expect, it } from 'vitest';
import { createSecretClipboard } from '../../../main/instances/secret-clipboard.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

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

/** A clipboard that another program can hold. */
function brittle() {
  let text = '';
  let isBusy = false;
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
    (cause) => {
      throw cause;
    },
  );
  return { time, failing, read: () => text, fails: (on: boolean) => (isBusy = on) };
}
