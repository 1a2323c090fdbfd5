import { expect, it, vi } from 'vitest';
import type { KeyringEntry, OpenEntry } from '../../../main/keychain/keyring-entry.ts';
import { openWhereSafe } from '../../../main/keychain/open-entry.ts';

it.each([
  [true, 'here'],
  [false, 'apart'],
] as const)('a daemon that answers: %s; the entry is opened %s', async (answers, where) => {
  const opened: string[] = [];
  const way =
    (name: string): OpenEntry =>
    (entry) => {
      opened.push(`${name}: ${entry}`);
      return Promise.resolve({} as KeyringEntry);
    };
  const isAnswering = vi.fn(() => Promise.resolve(answers));
  const open = openWhereSafe({ isAnswering, here: way('here'), apart: way('apart') });
  await Promise.all([open('token:a'), open('token:b')]);
  expect(isAnswering).toHaveBeenCalledTimes(1);
  // What held a moment ago need not hold now.
  await open('token:c');
  expect(isAnswering).toHaveBeenCalledTimes(2);
  expect(opened).toEqual(['a', 'b', 'c'].map((entry) => `${where}: token:${entry}`));
});
