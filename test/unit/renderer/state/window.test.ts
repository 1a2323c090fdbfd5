import { get } from 'svelte/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceId } from '../../../../preload/contract/brands.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { keyPress } from '../../../support/key-press.ts';

/** Who was subscribed to, by the part of main, and what each part answers. */
const main = vi.hoisted(() => ({
  listeners: new Map<string, (value: unknown) => void>(),
  answers: new Map<string, unknown>(),
  openExternal: vi.fn(),
}));
vi.mock('../../../../renderer/client.ts', () => {
  const part = (name: string, ask: string, changed = 'changed') => ({
    [ask]: () => Promise.resolve(main.answers.get(name) ?? { ok: false, error: { kind: 'aborted' } }),
    [changed]: (listener: (value: unknown) => void) => {
      main.listeners.set(name, listener);
      return () => main.listeners.delete(name);
    },
  });
  return {
    client: {
      accounts: part('accounts', 'state'),
      appLock: part('appLock', 'state'),
      updates: part('updates', 'state'),
      app: { ...part('app', 'info', 'infoChanged'), openExternal: main.openExternal },
      settings: part('settings', 'get'),
      shield: part('shield', 'applyState', 'applyChanged'),
      terminal: part('terminal', 'sessions'),
      console: part('console', 'sessions'),
      portForwards: part('portForwards', 'list'),
      files: part('files', 'unsent', 'unsentChanged'),
      annotations: part('annotations', 'all'),
      automaticRules: part('automaticRules', 'list'),
      alerts: part('alerts', 'book'),
      activity: part('activity', 'list'),
      create: part('create', 'state'),
      pendingActions: part('pendingActions', 'list'),
      instances: part('instances', 'bulkPowerState', 'bulkPowerChanged'),
      notices: part('notices', 'list'),
      snapshot: part('snapshot', 'current'),
    },
  };
});

class Place extends EventTarget {
  readonly location = { hash: '' };
}
let place = new Place();

beforeEach(() => {
  vi.resetModules();
  place = new Place();
  vi.stubGlobal('window', place);
  vi.stubGlobal('Element', Map);
  main.listeners.clear();
  main.answers.clear();
  main.openExternal.mockReset().mockResolvedValue(ok(undefined));
});
afterEach(() => vi.unstubAllGlobals());

const app = () => import('../../../../renderer/state/app.svelte.ts');
const toastStore = async () =>
  (await import('../../../../renderer/components/feedback/toast-store.ts')).toasts;

describe('what main tells the window', () => {
  it('is followed from the start, every part of it', async () => {
    await (await app()).followMain();
    expect([...main.listeners.keys()].sort()).toEqual([
      'accounts',
      'activity',
      'alerts',
      'annotations',
      'app',
      'appLock',
      'automaticRules',
      'console',
      'create',
      'files',
      'instances',
      'notices',
      'pendingActions',
      'portForwards',
      'settings',
      'shield',
      'snapshot',
      'terminal',
      'updates',
    ]);
  });

  it('is waited for where the first picture needs it, and so is the address followed', async () => {
    main.answers.set('accounts', ok('the accounts'));
    main.answers.set('settings', ok('the settings'));
    main.answers.set('snapshot', ok({ kind: 'full', snapshot: { instances: [] } }));
    const { followMain, accounts, settings } = await app();
    const { snapshot } = await import('../../../../renderer/state/snapshot.svelte.ts');
    const { router } = await import('../../../../renderer/state/router.svelte.ts');
    await followMain();
    expect([accounts.current, settings.current]).toEqual(['the accounts', 'the settings']);
    expect(snapshot.current).toEqual({ instances: [] });
    place.location.hash = '#/wallet';
    place.dispatchEvent(new Event('hashchange'));
    expect(router.route).toEqual({ page: 'wallet' });
  });

  it('has the account that is shown, where one is', async () => {
    const { followMain, currentAccount } = await app();
    expect(currentAccount()).toBeNull();
    await followMain();
    const all = [{ id: 'one' }, { id: 'two' }, { id: 'three' }];
    const tell = (currentId: string | null) =>
      main.listeners.get('accounts')?.({ phase: 'ready', accounts: all, currentId });
    tell('two');
    expect(currentAccount()).toEqual({ id: 'two' });
    tell(null);
    expect(currentAccount()).toBeNull();
  });
});

describe('an ability', () => {
  it('is missing once a refusal showed it', async () => {
    const { snapshot } = await import('../../../../renderer/state/snapshot.svelte.ts');
    const { missingAbility } = await import('../../../../renderer/state/ability.ts');
    expect(missingAbility('waf:write')).toBeNull();
    await snapshot.follow();
    main.listeners.get('snapshot')?.({ kind: 'full', snapshot: { instances: [] } });
    expect(missingAbility('waf:write')).toBeNull();
    main.listeners.get('snapshot')?.({
      kind: 'full',
      snapshot: { instances: [], missingAbilities: ['waf:write', 'shield:read'] },
    });
    expect(missingAbility('wallet:read', 'waf:write', 'shield:read')).toContain('waf:write');
    expect(missingAbility('wallet:read')).toBeNull();
  });
});

describe('the web dashboard', () => {
  it('is opened once its address is known', async () => {
    const { openDashboard } = await import('../../../../renderer/state/open-dashboard.ts');
    openDashboard();
    expect(main.openExternal).not.toHaveBeenCalled();
    await (await app()).followMain();
    main.listeners.get('app')?.({ dashboardUrl: 'https://cloud.example/' });
    openDashboard();
    expect(main.openExternal).toHaveBeenCalledExactlyOnceWith({ url: 'https://cloud.example/' });
  });

  it('is named where it does not open', async () => {
    const { openDashboard } = await import('../../../../renderer/state/open-dashboard.ts');
    const toasts = await toastStore();
    await (await app()).followMain();
    main.listeners.get('app')?.({ dashboardUrl: 'https://cloud.example/' });
    main.openExternal.mockResolvedValue(fail({ kind: 'aborted' }));
    openDashboard();
    await vi.waitFor(() => expect(get(toasts)).toHaveLength(1));
    expect(get(toasts)[0]?.about).toMatch(/dashboard/);
  });
});

describe('the router', () => {
  const load = async () => (await import('../../../../renderer/state/router.svelte.ts')).router;

  it('begins where the address is, and goes by it', async () => {
    place.location.hash = '#/shield/ip1';
    const router = await load();
    expect(router.route).toEqual({ page: 'shield', ipId: 'ip1' });
    router.go({ page: 'instance', instanceId: 'i/1' as InstanceId, tab: 'agent' });
    expect(place.location.hash).toBe('#/instance/i%2F1/agent');
    router.reset();
    expect(place.location.hash).toBe('#/instances');
  });

  it('leaves what went wrong behind with its page, and keeps what went well', async () => {
    const router = await load();
    const toasts = await toastStore();
    router.follow();
    toasts.show({ message: 'bad', tone: 'bad' });
    toasts.show({ message: 'good' });
    place.location.hash = '#/activity';
    expect(router.route).toEqual({ page: 'instances' });
    place.dispatchEvent(new Event('hashchange'));
    expect(router.route).toEqual({ page: 'activity' });
    expect(get(toasts).map(({ message }) => message)).toEqual(['good']);
    for (const { id } of get(toasts)) toasts.dismiss(id);
  });
});

describe('the list of keyboard shortcuts', () => {
  const press = (key: string, more: object = {}) => {
    const preventDefault = vi.fn();
    const event = { ...keyPress(key), target: null, defaultPrevented: false, preventDefault, ...more };
    return { event: event as unknown as KeyboardEvent, preventDefault };
  };

  it('opens by ?, which is then taken, and by no other key', async () => {
    const { shortcuts } = await import('../../../../renderer/state/shortcuts.svelte.ts');
    expect(shortcuts.isOpen).toBe(false);
    const other = press('/');
    shortcuts.takeKey(other.event);
    const taken = press('?', { defaultPrevented: true });
    shortcuts.takeKey(taken.event);
    expect(shortcuts.isOpen).toBe(false);
    expect(other.preventDefault).not.toHaveBeenCalled();
    expect(taken.preventDefault).not.toHaveBeenCalled();
    const asked = press('?', { shiftKey: true });
    shortcuts.takeKey(asked.event);
    expect(shortcuts.isOpen).toBe(true);
    expect(asked.preventDefault).toHaveBeenCalledTimes(1);
  });
});
