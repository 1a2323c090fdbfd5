import { homedir, userInfo } from 'node:os';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnections, defaultConnection } from '../../../main/terminal/connections.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import type { ConnectionSettings } from '../../../preload/contract/terminal.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const ada = 'ada' as AccountId;
const demo = 'demo' as AccountId;
const web = 'web' as InstanceId;
const db = 'db' as InstanceId;
const custom: ConnectionSettings = {
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
  it('are root on port 22 of the main address until something else is saved', () => {
    const connections = createConnections(files);
    expect(connections.get(ada, web)).toEqual(defaultConnection);
    connections.save(ada, web, custom);
    expect(createConnections(files).get(ada, web)).toEqual(custom);
    expect(createConnections(files).get(ada, db)).toEqual(defaultConnection);
  });

  it('are told of all servers of one account at once', () => {
    const connections = createConnections(new FakeAccountFiles());
    connections.save(ada, web, custom);
    connections.provide(ada, db, custom);
    connections.save(demo, web, defaultConnection);
    expect(connections.all(ada)).toEqual({
      byId: { [db]: custom, [web]: custom },
      otherwise: defaultConnection,
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
    const connections = createConnections(new FakeAccountFiles());
    connections.save(ada, web, { ...custom, auth: { method: 'key-file', path } });
    expect(connections.all(ada).keyFiles).toEqual({ [path]: keyFile });
  });

  it('that cannot be read fall back to the default', () => {
    files.of(ada).set('connections', { web: { ...custom, port: 0 }, db: null });
    expect(createConnections(files).get(ada, web)).toEqual(defaultConnection);
    files.of(ada).set('connections', [1]);
    expect(createConnections(files).get(ada, db)).toEqual(defaultConnection);
  });

  it('of the demo account are never on disk, also when a person changes them', () => {
    const connections = createConnections(files);
    connections.provide(demo, web, custom);
    connections.save(demo, web, { ...custom, user: 'changed' });
    connections.rememberKey(demo, web, 'SHA256:x');
    expect(connections.get(demo, web).user).toBe('changed');
    expect(files.content()).toEqual({});
  });

  it('remember the key that opened a server, until a password does', () => {
    const connections = createConnections(files);
    expect(connections.keyOf(ada, web)).toBeNull();
    connections.rememberKey(ada, web, 'SHA256:x');
    expect(createConnections(files).keyOf(ada, web)).toBe('SHA256:x');
    connections.rememberKey(ada, web, null);
    expect(createConnections(files).keyOf(ada, web)).toBeNull();
  });

  it('go with their account, and with no other', () => {
    const connections = createConnections(files);
    const adam = 'adam' as AccountId;
    for (const account of [ada, adam]) {
      connections.save(account, web, custom);
      connections.rememberKey(account, web, 'SHA256:x');
    }
    connections.forgetAccount(ada);
    const again = createConnections(files);
    expect(again.get(ada, web)).toEqual(defaultConnection);
    expect(again.keyOf(ada, web)).toBeNull();
    expect(again.get(adam, web)).toEqual(custom);
    expect(again.keyOf(adam, web)).toBe('SHA256:x');
  });
});
