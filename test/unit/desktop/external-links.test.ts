import { beforeEach, expect, it, vi } from 'vitest';
import { openExternal, openPort } from '../../../main/desktop/external-links.ts';

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

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8080/'],
  ['::1', 'http://[::1]:8080/'],
])('opens a port of %s by http', async (host, url) => {
  expect(await openPort({ host, port: 8080 })).toEqual({ ok: true, value: undefined });
  expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith(url);
});

it('says what to open where the system has no browser', async () => {
  shell.openExternal.mockRejectedValueOnce(new Error('none'));
  expect(await openPort({ host: '127.0.0.1', port: 8080 })).toEqual({
    ok: false,
    error: {
      kind: 'refused',
      message: 'The system opened no browser. Open http://127.0.0.1:8080/ yourself.',
    },
  });
});
