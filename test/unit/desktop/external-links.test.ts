import { beforeEach, expect, it, vi } from 'vitest';
import { openExternal } from '../../../main/desktop/external-links.ts';

const shell = vi.hoisted(() => ({ openExternal: vi.fn(() => Promise.resolve()) }));
vi.mock('electron', () => ({ shell }));

beforeEach(() => shell.openExternal.mockClear());

it.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'ms-msdt:/id%20PCWDiagnostic',
  'http://evorxa.com/',
  'https://me:secret@evorxa.com/',
  'https://evorxa.com/\r\nHost: evil',
  'evorxa.com',
  '',
])('refuses %j, also after a question', async (address) => {
  expect(await openExternal(address)).toBe(false);
  expect(await openExternal(address, true)).toBe(false);
  expect(shell.openExternal).not.toHaveBeenCalled();
});

it.each([
  ['https://localhost/', 'https://localhost/'],
  ['https://0x7f.1/', 'https://127.0.0.1/'],
  ['https://[2001:db8::1]:9090/', 'https://[2001:db8::1]:9090/'],
])('opens %s only after a question, which has it as %s', async (address, url) => {
  expect(await openExternal(address)).toBe(false);
  expect(shell.openExternal).not.toHaveBeenCalled();
  expect(await openExternal(address, true)).toBe(true);
  expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith(url);
});

it.each([
  ['HTTPS://Evorxa.COM/a?b=c#d', 'https://evorxa.com/a?b=c#d'],
  ['https://еvorxa.com/', 'https://xn--vorxa-ywe.com/'],
])('opens %s as %s', async (address, opened) => {
  expect(await openExternal(address)).toBe(true);
  expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith(opened);
});
