import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aboutApp, AppStatus, createMissingLog } from '../../../main/app/app-status.ts';
import type { Account, AccountsState } from '../../../preload/contract/account.ts';
import type { AppInfo } from '../../../preload/contract/app.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { StorageHealth } from '../../../main/storage/index.ts';

vi.mock('electron', () => ({ app: { getVersion: () => '1.2.3' } }));

const account = (more: Partial<Account>): Account => ({
  id: 'a' as AccountId,
  kind: 'token',
  name: 'Jane',
  email: null,
  apiUrl: 'https://api.evorxa.com/api',
  storage: 'keychain',
  tokenId: null,
  access: 'ready',
  writeToken: null,
  projects: [],
  onboarded: true,
  ...more,
});
const accountsOf = (...accounts: readonly Partial<Account>[]): AccountsState => ({
  phase: 'ready',
  accounts: accounts.map(account),
  currentId: null,
});

const healthy: StorageHealth = {
  settingsBackupPath: null,
  otherBackupPaths: [],
  isUnwritable: false,
  newerPaths: [],
};
let health = healthy;
let startsAtLogin = false;
let told: AppInfo[] = [];
let status: AppStatus;

beforeEach(() => {
  health = healthy;
  startsAtLogin = false;
  told = [];
  status = new AppStatus(
    () => health,
    () => startsAtLogin,
    (info) => told.push(info),
  );
});

describe('what the window has to know of the app', () => {
  it('is what it is at the start: its version, and nothing that nobody has looked for', () => {
    expect(status.info()).toMatchObject({
      version: '1.2.3',
      trayAvailable: false,
      notificationsAvailable: false,
      notificationButtons: false,
      notificationsRefused: false,
      startsAtLogin: false,
      missing: [],
      dashboardUrl: 'https://evorxa.com/dashboard',
      warnings: [],
    });
    expect(told).toEqual([]);
  });

  it('is told with each change', () => {
    status.setTray(true);
    expect(told.at(-1)).toMatchObject({ trayAvailable: true });
    status.setTray(false);
    expect(told.at(-1)).toMatchObject({ trayAvailable: false });
    startsAtLogin = true;
    status.changed();
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toMatchObject({ startsAtLogin: true });
  });

  it.each([
    [{ service: true, hasButtons: true, isRefused: false }, true, false],
    [{ service: true, hasButtons: false, isRefused: false }, true, false],
    [{ service: false, hasButtons: false, isRefused: false }, false, false],
    [{ service: true, hasButtons: true, isRefused: true }, true, true],
  ])('has notifications, and says whether they have buttons: %j', (found, available, refused) => {
    status.setNotifications(found);
    expect(told.at(-1)).toMatchObject({
      notificationsAvailable: available,
      notificationButtons: found.hasButtons,
      notificationsRefused: refused,
    });
  });
});

describe.runIf(process.platform === 'linux')('what the system lacks', () => {
  const kinds = (): readonly string[] => status.info().missing.map(({ kind }) => kind);

  it('is named once it was looked for, and gone once it is there', () => {
    status.setTray(false);
    expect(kinds()).toEqual(['tray-host']);
    status.setNotifications({ service: false, hasButtons: false, isRefused: false });
    expect(kinds()).toEqual(['notification-service', 'tray-host']);
    status.setTray(true);
    status.setNotifications({ service: true, hasButtons: true, isRefused: false });
    expect(kinds()).toEqual([]);
  });

  it('is a keyring where a token is kept in memory for want of one, and not where it is locked', () => {
    status.follow(accountsOf({ storage: 'session' }));
    expect(kinds()).toEqual(['keyring']);
    status.follow(accountsOf({ access: 'locked' }));
    expect(kinds()).toEqual([]);
  });
});

describe('a warning', () => {
  const warned = () => status.info().warnings;

  it('says what of the storage was set aside, cannot be written, or is of a later version', () => {
    health = {
      settingsBackupPath: '/data/settings.bad',
      otherBackupPaths: ['/data/accounts.bad', '/data/a.bad'],
      isUnwritable: true,
      newerPaths: ['/data/new'],
    };
    expect(warned()).toEqual([
      { kind: 'settings-reset', backupPath: '/data/settings.bad' },
      { kind: 'data-reset', backupPaths: ['/data/accounts.bad', '/data/a.bad'] },
      { kind: 'settings-read-only' },
      { kind: 'data-newer', paths: ['/data/new'] },
    ]);
  });

  it.each<[string, readonly Partial<Account>[], string | null]>([
    ['all is well', [{}], null],
    ['nobody is signed in', [], null],
    [
      'one is locked, whatever the others are',
      [{ storage: 'session' }, { access: 'locked' }],
      'keychain-locked',
    ],
    ['one is in memory', [{}, { storage: 'session' }], 'keychain-unavailable'],
    [
      'one in memory is signed out: its token is of no use',
      [{ storage: 'session', access: 'signed-out' }],
      null,
    ],
    ['the demo is in memory, where it belongs', [{ kind: 'demo', storage: 'session' }], null],
    ['the demo is locked, which it cannot be', [{ kind: 'demo', access: 'locked' }], null],
  ])('says how the keychain is where %s', (_where, accounts, kind) => {
    status.follow(accountsOf(...accounts));
    expect(warned().map((warning) => warning.kind)).toEqual(kind === null ? [] : [kind]);
    expect(told).toHaveLength(1);
  });

  it('says nothing of the keychain until it was asked', () => {
    status.follow({ ...accountsOf({ storage: 'session' }), phase: 'loading' });
    expect(warned()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('of the keychain goes when it can be used again', () => {
    status.follow(accountsOf({ access: 'locked' }));
    status.follow(accountsOf({}));
    expect(warned()).toEqual([]);
  });

  it('says that the demo began again, or ended, until it is opened again', () => {
    status.setDemo('restarted');
    expect(warned()).toEqual([{ kind: 'demo-restarted' }]);
    status.setDemo('ended');
    expect(warned()).toEqual([{ kind: 'demo-ended' }]);
    status.setDemo('as-opened');
    expect(warned()).toEqual([]);
  });

  it('counts the mistakes of main, and has the details of the last one', () => {
    status.setUnexpected('Error: one');
    status.setUnexpected('Error: two');
    expect(warned()).toEqual([{ kind: 'unexpected-error', count: 2, details: 'Error: two' }]);
    expect(told).toHaveLength(2);
  });
});

it('a report names the app and its system', () => {
  expect(aboutApp()).toContain('Evorxa 1.2.3, ');
  expect(aboutApp()).toContain(`, ${process.platform} ${process.arch}`);
});

it('the log is told once of each part that is missing, and what brings it where that is known', () => {
  const info = vi.fn();
  const log = createMissingLog({ info });
  const service = { kind: 'notification-service', command: 'sudo apt install dunst' } as const;
  const tray = { kind: 'tray-host', command: null } as const;
  log({ missing: [service] });
  log({ missing: [service, tray] });
  log({ missing: [] });
  log({ missing: [tray] });
  expect(info.mock.calls).toEqual([
    ['Missing on this system: notification-service. It comes with: sudo apt install dunst'],
    ['Missing on this system: tray-host.'],
  ]);
});
