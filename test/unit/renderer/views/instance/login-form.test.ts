import { expect, test } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import {
  loginDraft,
  loginInWords,
  readLogin,
  type LoginDraft,
} from '../../../../../renderer/views/instance/login-form.ts';

const draft: LoginDraft = {
  host: '',
  port: '22',
  user: 'root',
  method: 'auto',
  path: '',
  usesConfig: true,
  jump: 'config',
  jumpHosts: '',
  forward: 'config',
};

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
  ['port', { port: '1e3' }],
  ['user', { user: 'a b' }],
  ['path', { method: 'key-file', path: ' ' }],
  ['jumpHosts', { jump: 'hosts', jumpHosts: '' }],
  ['jumpHosts', { jump: 'hosts', jumpHosts: 'jane@bastion:x' }],
  ['jumpHosts', { jump: 'hosts', jumpHosts: 'bastion,-oProxyCommand=x' }],
  ['jumpHosts', { jump: 'hosts', jumpHosts: 'none' }],
] as const)('what is wrong is said at the %s: %j', (field, change) => {
  const read = readLogin({ ...draft, ...change });
  expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field]);
});

test('a port and a user that are empty are left to ~/.ssh/config', () => {
  expect(readLogin({ ...draft, port: ' ', user: '' })).toEqual({
    ok: true,
    settings: { host: null, port: null, user: null, auth: { method: 'auto' } },
  });
});

test('jump hosts are read with the spaces between them', () => {
  expect(readLogin({ ...draft, jump: 'hosts', jumpHosts: ' jane@a:22, [2001:db8::1]:23 ' })).toMatchObject({
    settings: { jump: { kind: 'hosts', hosts: 'jane@a:22,[2001:db8::1]:23' } },
  });
});

const settings = {
  host: 'example.net',
  port: 2200,
  user: 'me',
  auth: { method: 'key-file', path: '/k/id' },
} as const;

test.each([
  {},
  { usesConfig: false },
  { jump: { kind: 'none' }, forwardsAgent: false },
  { jump: { kind: 'hosts', hosts: 'jane@bastion:2200,b' }, forwardsAgent: true },
  { jump: { kind: 'instance', instanceId: 'web' as InstanceId } },
] as const)('a form opened on settings saves the same settings: %j', (more) => {
  expect(readLogin(loginDraft({ ...settings, ...more }))).toEqual({
    ok: true,
    settings: { ...settings, ...more },
  });
});

test('a login is written with its user and its key', () => {
  expect(loginInWords('root', { ...settings, auth: { method: 'agent' } })).toBe('root · SSH agent');
  expect(loginInWords('me', { ...settings, auth: { method: 'key-file', path: 'C:\\keys\\id_rsa' } })).toBe(
    'me · id_rsa',
  );
});
