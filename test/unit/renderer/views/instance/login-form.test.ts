import { expect, test } from 'vitest';
import {
  loginDraft,
  loginInWords,
  readLogin,
  type LoginDraft,
} from '../../../../../renderer/views/instance/login-form.ts';

const draft: LoginDraft = { host: '', port: '22', user: 'root', method: 'auto', path: '' };

test('an empty host is the main address, and spaces around are nobody’s', () => {
  expect(readLogin({ ...draft, host: '  ', port: ' 2222 ', user: ' deploy ' })).toEqual({
    ok: true,
    settings: { host: null, port: 2222, user: 'deploy', auth: { method: 'auto' } },
  });
});

test('the path is read for a key file only', () => {
  expect(readLogin({ ...draft, method: 'key-file', path: '~/.ssh/id_ed25519' })).toMatchObject({
    settings: { auth: { method: 'key-file', path: '~/.ssh/id_ed25519' } },
  });
  expect(readLogin({ ...draft, method: 'password', path: '' })).toMatchObject({ ok: true });
});

test.each([
  ['host', { host: 'root@example.net' }],
  ['host', { host: 'two words' }],
  ['port', { port: '0' }],
  ['port', { port: '65536' }],
  ['port', { port: '22.5' }],
  ['port', { port: '' }],
  ['port', { port: '1e3' }],
  ['user', { user: '' }],
  ['user', { user: 'a b' }],
  ['path', { method: 'key-file', path: ' ' }],
] as const)('what is wrong is said at the %s: %j', (field, change) => {
  const read = readLogin({ ...draft, ...change });
  expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field]);
});

test('a form opened on settings saves the same settings', () => {
  const settings = {
    host: 'example.net',
    port: 2200,
    user: 'me',
    auth: { method: 'key-file', path: '/k/id' },
  } as const;
  expect(readLogin(loginDraft(settings))).toEqual({ ok: true, settings });
});

test('a login is written with its user and its key', () => {
  expect(loginInWords({ host: null, port: 22, user: 'root', auth: { method: 'agent' } })).toBe(
    'root · SSH agent',
  );
  expect(
    loginInWords({
      host: null,
      port: 22,
      user: 'me',
      auth: { method: 'key-file', path: 'C:\\keys\\id_rsa' },
    }),
  ).toBe('me · id_rsa');
});
