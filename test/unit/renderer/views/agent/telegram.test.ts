import { expect, it } from 'vitest';
import type { AppError } from '../../../../../preload/contract/errors.ts';
import { linkInWords, readChatId, whoCommands } from '../../../../../renderer/views/agent/telegram.ts';

it.each([
  ['123456789', '123456789'],
  [' -1001234567890\n', '-1001234567890'],
  // Copied with a typographic minus, and with what cannot be seen.
  ['−1001234567890', '-1001234567890'],
  ['\u200e–100 1234', '-1001234'],
  ['007', '7'],
  ['-0042', '-42'],
  ['12345678901234567890', '12345678901234567890'],
])('%j is the chat %s', (typed, chatId) => {
  expect(readChatId(typed)).toEqual({ ok: true, chatId });
});

it.each([
  ['', 'Enter the chat id first'],
  ['  ', 'Enter the chat id first'],
  ['@evorxa', 'user name'],
  ['https://t.me/evorxa', 'user name'],
  ['12a', 'only digits'],
  ['1-2', 'only digits'],
  ['--5', 'only digits'],
  ['-', 'only digits'],
  ['1.5', 'only digits'],
  ['0', 'id 0'],
  ['-000', 'id 0'],
  ['123456789012345678901', 'too long'],
])('%j is none', (typed, words) => {
  const read = readChatId(typed);
  expect(read.ok ? null : read.problem).toContain(words);
});

it('a group is told from a person by the minus', () => {
  expect(whoCommands('-1001')).toContain('everyone who can write in it');
  expect(whoCommands('1001')).toContain('one person');
});

it('a status that was not read is never called "not linked"', () => {
  const drift: AppError = { kind: 'drift', message: 'unreadable' };
  expect(linkInWords({ chatId: null }, null)).toBe('Not linked');
  expect(linkInWords({ chatId: '-5' }, null)).toBe('Linked to chat -5');
  expect(linkInWords({ chatId: '\u202E5\u0007' }, null)).toBe('Linked to chat 5');
  expect(linkInWords(null, drift)).toBe('Status unknown');
  expect(linkInWords({ chatId: '-5' }, drift)).toBe('Linked to chat -5 (may be out of date)');
  expect(linkInWords(null, null)).toBe('Loading');
});
