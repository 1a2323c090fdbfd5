import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../../../preload/contract/account.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { appCommands, pageCommands } from '../../../../renderer/palette/app-commands.ts';
import type { Command } from '../../../../renderer/palette/command.ts';
import { shortcuts } from '../../../../renderer/state/shortcuts.svelte.ts';

const main = vi.hoisted(() => ({
  refresh: vi.fn(),
  update: vi.fn(),
  switchTo: vi.fn(),
  lock: vi.fn(),
}));
const window = vi.hoisted(() => ({
  go: vi.fn(),
  dock: { isOpen: false, toggle: vi.fn() },
  sessions: { current: null },
  appLock: { current: { isSet: false } },
}));
vi.mock('../../../../renderer/client.ts', () => ({
  client: {
    snapshot: { refresh: main.refresh },
    settings: { update: main.update },
    accounts: { switchTo: main.switchTo },
    appLock: { lock: main.lock },
  },
}));
vi.mock('../../../../renderer/state/router.svelte.ts', () => ({ router: { go: window.go } }));
vi.mock('../../../../renderer/state/app.svelte.ts', () => ({
  sessions: window.sessions,
  appLock: window.appLock,
}));
vi.mock('../../../../renderer/state/dock.svelte.ts', () => ({ terminalDock: window.dock }));

const account = (id: string, name: string): Account => ({ id: id as AccountId, name }) as Account;
const accounts = [account('a', 'Jane'), account('b', 'Work'), account('c', 'Demo')];
const current = 'b' as AccountId;

beforeEach(() => {
  for (const ask of Object.values(main)) ask.mockReset().mockResolvedValue(ok(undefined));
  window.go.mockReset();
  window.dock.toggle.mockReset();
  window.dock.isOpen = false;
  shortcuts.isOpen = false;
});
afterEach(() => vi.unstubAllGlobals());

const byId = (id: string): Command | undefined =>
  appCommands(accounts, current).find((each) => each.id === id);
const run = (id: string): void => byId(id)?.run();

describe('the commands of the app', () => {
  it('have each an id of their own', () => {
    const ids = appCommands(accounts, current).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lead to the form of a new instance, and refresh what is shown', () => {
    run('create');
    expect(window.go).toHaveBeenCalledExactlyOnceWith({ page: 'create' });
    run('refresh');
    expect(main.refresh).toHaveBeenCalledExactlyOnceWith(undefined);
  });

  it('show the terminals where they are hidden, and hide them where they show', () => {
    expect(byId('dock')?.label).toMatch(/^Show/);
    window.dock.isOpen = true;
    expect(byId('dock')?.label).toMatch(/^Hide/);
    run('dock');
    expect(window.dock.toggle).toHaveBeenCalledTimes(1);
  });

  it('lock the app where a passphrase is set', () => {
    window.appLock.current.isSet = false;
    expect(byId('lock')).toBeUndefined();
    window.appLock.current.isSet = true;
    run('lock');
    expect(main.lock).toHaveBeenCalledOnce();
  });

  it('open the list of shortcuts', () => {
    run('shortcuts');
    expect(shortcuts.isOpen).toBe(true);
  });

  it.each(['light', 'dark', 'system'] as const)('set the theme: %s, and nothing else', (theme) => {
    run(`theme ${theme}`);
    expect(main.update).toHaveBeenCalledExactlyOnceWith({ theme });
  });

  it('switch to each other account, and not to the one that is shown', () => {
    const ids = appCommands(accounts, current).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('account '))).toEqual(['account a', 'account c']);
    expect(byId('account c')?.label).toBe('Switch to Demo');
    run('account c');
    expect(main.switchTo).toHaveBeenCalledExactlyOnceWith({ accountId: 'c' });
    expect(appCommands(accounts, null).filter(({ id }) => id.startsWith('account '))).toHaveLength(3);
  });
});

it('each page of the sidebar is a command that leads to it', () => {
  const place = { location: { hash: '' } };
  vi.stubGlobal('window', place);
  const icon = null as unknown as Command['icon'];
  const commands = pageCommands([
    [{ id: 'instances', label: 'Instances', icon, href: '#/instances' }],
    [{ id: 'wallet', label: 'Wallet', icon, href: '#/wallet' }],
  ]);
  expect(commands.map(({ id, label, detail }) => [id, label, detail])).toEqual([
    ['page instances', 'Instances', 'Page'],
    ['page wallet', 'Wallet', 'Page'],
  ]);
  commands[1]?.run();
  expect(place.location.hash).toBe('#/wallet');
});
