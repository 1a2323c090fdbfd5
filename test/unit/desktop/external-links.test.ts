import fc from 'fast-check';
import { beforeEach, expect, it, vi } from 'vitest';
import { openExternal } from '../../../main/desktop/external-links.ts';
import { linkTarget } from '../../../preload/contract/link.ts';

const shell = vi.hoisted(() => ({ openExternal: vi.fn(() => Promise.resolve()) }));
vi.mock('electron', () => ({ shell }));

beforeEach(() => shell.openExternal.mockClear());

it.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'file://server/share/run.exe',
  'smb://server/share',
  'ms-msdt:/id PCWDiagnostic',
  'ms-msdt:/id%20PCWDiagnostic',
  'search-ms:query=x',
  'vscode://file/etc/passwd',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://evorxa.com/1',
  'http://evorxa.com/',
  'ftp://evorxa.com/',
  'mailto:a@evorxa.com',
  'evorxa://wallet',
  'app://evorxa/index.html',
  'https://me:secret@evorxa.com/',
  'https://evorxa.com@evil.example/',
  'https://me@evorxa.com/',
  'https://:secret@evorxa.com/',
  'https://evorxa.com/\u202egpj.exe',
  'https://evorxa\u200b.com/',
  'https://evorxa.com/\r\nHost: evil',
  'https://evorxa.com/a b',
  'https://evorxa.com\t/',
  ' https://evorxa.com/',
  'https://evorxa.com/\0',
  'https://evorxa.com\\@evil.example/',
  'https:\\\\evorxa.com',
  'https://evorxa.com:99999/',
  'https://evorxa.com:8443x/',
  'https://evorxa.com/\x7f',
  'https://evorxa.com/\x85',
  'https://',
  'https://.',
  'https://..',
  'evorxa.com',
  '//evorxa.com',
  '',
])('refuses %j', async (address) => {
  expect(linkTarget(address)).toMatchObject({ kind: 'refused' });
  expect(await openExternal(address)).toBe(false);
  expect(await openExternal(address, true)).toBe(false);
  expect(shell.openExternal).not.toHaveBeenCalled();
});

it.each([
  ['https://localhost/', 'https://localhost/'],
  ['https://localhost./', 'https://localhost./'],
  ['https://router/', 'https://router/'],
  ['https://[::1]/', 'https://[::1]/'],
  ['https://[2001:db8::1]:9090/', 'https://[2001:db8::1]:9090/'],
  ['https://127.0.0.1/', 'https://127.0.0.1/'],
  ['https://192.168.1.1/reboot', 'https://192.168.1.1/reboot'],
  ['https://203.0.113.42:8443/login', 'https://203.0.113.42:8443/login'],
  ['https://203.0.113.42./', 'https://203.0.113.42/'],
  // Other spellings of 127.0.0.1.
  ['https://0x7f.1/', 'https://127.0.0.1/'],
  ['https://2130706433/', 'https://127.0.0.1/'],
  ['https://0177.0.0.1/', 'https://127.0.0.1/'],
  ['https://１２７.０.０.１/', 'https://127.0.0.1/'],
  ['https://api.localhost/', 'https://api.localhost/'],
  ['https://api.LOCALHOST./', 'https://api.localhost./'],
])('opens %s only after a question, which has it as %s', async (address, url) => {
  expect(linkTarget(address)).toEqual({ kind: 'address', url });
  expect(await openExternal(address)).toBe(false);
  expect(shell.openExternal).not.toHaveBeenCalled();
  expect(await openExternal(address, true)).toBe(true);
  expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith(url);
});

it.each([
  ['https://evorxa.com', 'https://evorxa.com/'],
  ['HTTPS://Evorxa.COM/a?b=c#d', 'https://evorxa.com/a?b=c#d'],
  ['https://xn--vorxa-9ua.com/', 'https://xn--vorxa-9ua.com/'],
  // What could be taken for another name is shown in its plain form.
  ['https://еvorxa.com/', 'https://xn--vorxa-ywe.com/'],
  ['https://evorxa.com:8443/', 'https://evorxa.com:8443/'],
  ['https://evorxa.com:443/', 'https://evorxa.com/'],
  ['https://4.evorxa.com/', 'https://4.evorxa.com/'],
  ['https://localhost.evorxa.com/', 'https://localhost.evorxa.com/'],
  [
    'https://evorxa.com/?to=https://me:secret@127.0.0.1/',
    'https://evorxa.com/?to=https://me:secret@127.0.0.1/',
  ],
])('opens %s as %s', async (address, opened) => {
  expect(await openExternal(address)).toBe(true);
  expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith(opened);
});

it('hands on plain https only, whatever comes', () => {
  const address = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.tuple(fc.constantFrom('https://', 'https:', 'HTTPS:/'), fc.string()).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(address, (text) => {
      const target = linkTarget(text);
      if (target.kind === 'refused') return true;
      const host = target.kind === 'name' ? String.raw`[^/?#@\s]+\.[^/?#@\s]+` : String.raw`[^/?#@\s]+`;
      return new RegExp(String.raw`^https://${host}/[\x21-\x7e]*$`).test(target.url);
    }),
    { numRuns: 2000 },
  );
});
