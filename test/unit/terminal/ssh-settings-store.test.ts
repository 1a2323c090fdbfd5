import { homedir, userInfo } from 'node:os';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSshSettingsStore, defaultSshSettings } from '../../../main/terminal/ssh-settings-store.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import type { SshSettings } from '../../../preload/contract/terminal.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const ada = 'ada' as AccountId;
const demo = 'demo' as AccountId;
const web = 'web' as InstanceId;
const db = 'db' as InstanceId;
const custom: SshSettings = {
  host: 'db.example.com',
  port: 2222,
  user: 'ubuntu',
  auth: { method: 'key-file', path: '/keys/id' },
};

/** With `~`, which every program takes for the home folder unless the environment names another. */
const inHome = (path: string): string => `${homedir() === userInfo().homedir ? '~' : homedir()}/${path}`;

let files: FakeAccountFiles;
beforeEach(() => {
  files = new FakeAccountFiles();
});

describe('connection settings', () => {
  it('are what ~/.ssh/config says of the main address until something else is saved', () => {
    const sshSettings = createSshSettingsStore(files);
    expect(sshSettings.get(ada, web)).toEqual({
      host: null,
      port: null,
      user: null,
      auth: { method: 'auto' },
    });
    sshSettings.save(ada, web, custom);
    expect(createSshSettingsStore(files).get(ada, web)).toEqual(custom);
    expect(createSshSettingsStore(files).get(ada, db)).toEqual(defaultSshSettings);
  });

  it('are told of all servers of one account at once', () => {
    const sshSettings = createSshSettingsStore(new FakeAccountFiles());
    sshSettings.save(ada, web, custom);
    sshSettings.provide(ada, db, custom);
    sshSettings.save(demo, web, defaultSshSettings);
    expect(sshSettings.all(ada)).toEqual({
      byId: { [db]: custom, [web]: custom },
      otherwise: defaultSshSettings,
      keyFiles: { '/keys/id': '/keys/id' },
    });
  });

  it.each([
    ['/keys/%u/id', `/keys/${userInfo().username}/id`],
    ['/keys/%i', `/keys/${userInfo().uid}`],
    ['/keys/100%%', '/keys/100%'],
    ['/keys/100%key', '/keys/100%key'],
    ['/keys/%d/id', `/keys/${homedir()}/id`],
    ['%d', homedir()],
    ['${HOME}', homedir()],
    ['${HOME}/id', inHome('id')],
    ['file://localhost/keys/my%20key', '/keys/my key'],
    ['"/keys/my key"', '/keys/my key'],
    ['~/.ssh/id', inHome('.ssh/id')],
    ['.ssh/id', inHome('.ssh/id')],
    // For ssh the bare word stands for no key at all.
    ['none', inHome('none')],
  ])('are told with the key file that %s stands for', (path, keyFile) => {
    const sshSettings = createSshSettingsStore(new FakeAccountFiles());
    sshSettings.save(ada, web, { ...custom, auth: { method: 'key-file', path } });
    expect(sshSettings.all(ada).keyFiles).toEqual({ [path]: keyFile });
  });

  it('that cannot be read fall back to the default', () => {
    files.of(ada).set('sshSettings', { web: { ...custom, port: 0 }, db: null });
    expect(createSshSettingsStore(files).get(ada, web)).toEqual(defaultSshSettings);
    files.of(ada).set('sshSettings', [1]);
    expect(createSshSettingsStore(files).get(ada, db)).toEqual(defaultSshSettings);
  });

  it('of the demo account are never on disk, also when a person changes them', () => {
    const sshSettings = createSshSettingsStore(files);
    sshSettings.provide(demo, web, custom);
    sshSettings.save(demo, web, { ...custom, user: 'changed' });
    sshSettings.rememberKey(demo, web, 'SHA256:x');
    expect(sshSettings.get(demo, web).user).toBe('changed');
    expect(files.content()).toEqual({});
  });

  it('remember the key that opened a server, until a password does', () => {
    const sshSettings = createSshSettingsStore(files);
    expect(sshSettings.keyOf(ada, web)).toBeNull();
    sshSettings.rememberKey(ada, web, 'SHA256:x');
    expect(createSshSettingsStore(files).keyOf(ada, web)).toBe('SHA256:x');
    sshSettings.rememberKey(ada, web, null);
    expect(createSshSettingsStore(files).keyOf(ada, web)).toBeNull();
  });

  it('go with their account, and with no other', () => {
    const sshSettings = createSshSettingsStore(files);
    const adam = 'adam' as AccountId;
    for (const account of [ada, adam]) {
      sshSettings.save(account, web, custom);
      sshSettings.rememberKey(account, web, 'SHA256:x');
    }
    sshSettings.forgetAccount(ada);
    const again = createSshSettingsStore(files);
    expect(again.get(ada, web)).toEqual(defaultSshSettings);
    expect(again.keyOf(ada, web)).toBeNull();
    expect(again.get(adam, web)).toEqual(custom);
    expect(again.keyOf(adam, web)).toBe('SHA256:x');
  });
});
