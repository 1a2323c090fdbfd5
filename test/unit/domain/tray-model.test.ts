import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockedTrayModel, trayModel, type TrayItem } from '../../../main/domain/index.ts';
import type { Cents, WafAppId } from '../../../preload/contract/brands.ts';
import type { Instance, StateKind } from '../../../preload/contract/instance.ts';
import { formatClock, formatLongDay } from '../../../preload/contract/format.ts';
import type { QuietNow } from '../../../preload/contract/quiet.ts';
import { instanceId } from '../monitor/builders.ts';
import { instance, snapshot, clockOf } from './samples.ts';

const nowMs = Date.UTC(2026, 4, 14);
const checkedAt = clockOf(Date.UTC(2026, 4, 14, 13, 58));
const labels = (items: readonly TrayItem[]): readonly string[] =>
  items.map((item) => (item.kind === 'separator' ? '—' : item.label));

function submenu(items: readonly TrayItem[], label: string): readonly TrayItem[] {
  const found = items.find((item) => item.kind === 'submenu' && item.label.includes(label));
  if (found?.kind !== 'submenu') throw new Error(`no submenu ${label}`);
  return found.items;
}

const model = (...args: Parameters<typeof snapshot>) => trayModel(snapshot(...args), nowMs);

describe('the tray', () => {
  it('says in its first line and its tooltip how long the money lasts', () => {
    const atMs = Date.UTC(2026, 5, 12, 12);
    const day = formatLongDay(atMs, nowMs);
    const shortCents = 260 as Cents;
    const { tooltip, menu } = model([instance('a')], {
      runway: { kind: 'ends', instanceId: instanceId('a'), name: 'a', atMs, shortCents, isAtMost: false },
    });
    expect(tooltip).toBe(`Evorxa: 1 running · $52.40 · lasts until ${day}`);
    expect(labels(menu)[0]).toBe(`1 running · $52.40 · lasts until ${day}`);
  });

  it('says the truth first, then what needs attention, then the rest', () => {
    const { icon, tooltip, menu } = model([
      instance('web-10'),
      instance('web-9'),
      instance('old', 'suspended'),
      instance('staging', 'stopped'),
      instance('broken', 'failed'),
    ]);
    expect(icon).toBe('failed');
    expect(tooltip).toBe('Evorxa: 2 running, 2 need attention · $52.40');
    expect(labels(menu)).toEqual([
      '2 running, 2 need attention · $52.40',
      '—',
      '▲ broken · Build failed',
      '‖ old · Suspended',
      '—',
      '● web-9 · Running',
      '● web-10 · Running',
      '○ staging · Stopped',
      '—',
      'Open Evorxa',
      'Do Not Disturb',
      'Settings',
      'Quit',
    ]);
  });

  it('says which WAF apps need attention, and leads to them', () => {
    const app = (id: string, failedCertificates: number, isTurnedOff: boolean) => ({
      ...{ appId: id as WafAppId, name: `app-${id}`, failedCertificates, isTurnedOff },
    });
    const many = [
      app('1', 1, false),
      app('2', 3, true),
      ...['3', '4', '5', '6'].map((id) => app(id, 0, true)),
    ];
    const tray = (apps: typeof many, ...instances: readonly Instance[]) =>
      trayModel(snapshot(instances), nowMs, new Set(), apps);
    const { icon, tooltip, menu } = tray(many, instance('web'), instance('old', 'suspended'));
    expect(icon).toBe('suspended');
    expect(tooltip).toBe('Evorxa: 1 running, 1 needs attention · $52.40 · 6 WAF apps need attention');
    expect(labels(menu).slice(2, -5)).toEqual([
      '‖ old · Suspended',
      '▲ WAF app app-1 · Certificate failed',
      '▲ WAF app app-2 · Firewall off · 3 certificates failed',
      '▲ WAF app app-3 · Firewall off',
      '▲ WAF app app-4 · Firewall off',
      '▲ WAF app app-5 · Firewall off',
      '1 more WAF app in the window…',
      '—',
      '● web · Running',
    ]);
    expect(menu[3]).toMatchObject({ action: { kind: 'navigate', route: { page: 'waf', appId: '1' } } });
    expect(labels(tray(many.slice(0, 1)).menu)).toEqual([
      'No instances · $52.40 · 1 WAF app needs attention',
      '—',
      '▲ WAF app app-1 · Certificate failed',
      '—',
      'Open Evorxa',
      'Do Not Disturb',
      'Settings',
      'Quit',
    ]);
  });

  it('has favourites after what needs attention and before the rest, also of a long list', () => {
    const many = Array.from({ length: 30 }, (_, n) => instance(`web-${n}`));
    const { menu } = trayModel(
      snapshot([...many, instance('old', 'suspended'), instance('mail', 'stopped')]),
      nowMs,
      new Set([instanceId('mail'), instanceId('web-29')]),
    );
    expect(labels(menu).slice(2, 7)).toEqual([
      '‖ old · Suspended',
      '—',
      '● web-29 · Running',
      '○ mail · Stopped',
      '● web-0 · Running',
    ]);
  });

  it('offers what can be done with an instance', () => {
    const items = submenu(model([instance('web')]).menu, 'web');
    expect(labels(items)).toEqual(['Open', 'SSH', 'Console', 'Copy 203.0.113.42', 'Power']);
    expect(items[3]).toMatchObject({ action: { kind: 'copy', text: '203.0.113.42' } });
    expect(submenu(items, 'Power')).toMatchObject([
      { label: 'Start', enabled: false, reason: 'It is running.' },
      { label: 'Shut down', enabled: true, action: { kind: 'power', instanceId: 'web', action: 'shutdown' } },
      { label: 'Restart', enabled: true },
      { label: 'Power off', enabled: true },
    ]);
  });

  it('asks with each click for what its label says', () => {
    const action = (label: string, action: object) => ({
      kind: 'action',
      label,
      action,
      enabled: true,
      reason: null,
    });
    const { menu } = model([instance('web')]);
    const items = submenu(menu, 'web');
    expect(items.slice(0, 4)).toEqual([
      action('Open', {
        kind: 'navigate',
        route: { page: 'instance', instanceId: 'web', tab: 'overview' },
      }),
      action('SSH', { kind: 'ssh', instanceId: 'web' }),
      action('Console', { kind: 'console', instanceId: 'web' }),
      action('Copy 203.0.113.42', { kind: 'copy', text: '203.0.113.42' }),
    ]);
    expect(submenu(items, 'Power')[0]).toEqual({
      kind: 'action',
      label: 'Start',
      action: { kind: 'power', instanceId: 'web', action: 'boot' },
      enabled: false,
      reason: 'It is running.',
    });
    expect(menu.slice(-5)).toMatchObject([
      { kind: 'separator' },
      action('Open Evorxa', { kind: 'open-window' }),
      { kind: 'submenu', label: 'Do Not Disturb' },
      action('Settings', { kind: 'navigate', route: { page: 'settings' } }),
      action('Quit', { kind: 'quit' }),
    ]);
  });

  it('offers all of the power of a server that runs, or not, until its deletion', () => {
    const items = submenu(model([instance('old', 'deletion')]).menu, 'old');
    expect(submenu(items, 'Power')).toMatchObject(
      ['Start', 'Shut down', 'Restart', 'Power off'].map((label) => ({ label, enabled: true })),
    );
  });

  it.each<[StateKind, string]>([
    ['running', '● a · Running'],
    ['stopped', '○ a · Stopped'],
    ['transition', '◔ a · Provisioning'],
    ['suspended', '‖ a · Suspended'],
    ['failed', '▲ a · Build failed'],
    ['deletion', '⊘ a · Deletion scheduled'],
    ['unknown', '◌ a · hibernated'],
  ])('has a shape of its own for %s, also as its icon', (kind, label) => {
    const { icon, menu } = model([instance('a', kind)]);
    expect(labels(menu)[2]).toBe(label);
    expect(icon).toBe(kind);
  });

  it('says why nothing can be done', () => {
    const items = submenu(model([instance('new', 'transition', { mainIp: null })]).menu, 'new');
    expect(items).toMatchObject([
      { label: 'Open', enabled: true },
      {
        label: 'SSH',
        enabled: false,
        reason: 'It has no address yet.',
        action: { kind: 'ssh', instanceId: 'new' },
      },
      { label: 'Console', enabled: true },
      {
        label: 'Copy address',
        enabled: false,
        reason: 'It has no address yet.',
        action: { kind: 'copy', text: '' },
      },
      { items: [{ kind: 'text', label: 'It is provisioning: wait until that is done.' }] },
    ]);
  });

  it.each([
    ['offline', `Offline · data from ${checkedAt}`],
    ['stale', `Evorxa does not answer · data from ${checkedAt}`],
    ['signed-out', `Signed out · data from ${checkedAt}`],
    ['starting', `Checking · data from ${checkedAt}`],
  ] as const)('does not pass old data for new: %s', (apiStatus, words) => {
    const { icon, tooltip, menu } = model([instance('web')], { apiStatus });
    expect(icon).toBe('unknown');
    expect(tooltip).toBe(`Evorxa: 1 running · $52.40 · ${words}`);
    expect(labels(menu)[1]).toBe(words);
  });

  it('follows favourites and instances that change, and is made once for those that stay', () => {
    const instances = Array.from({ length: 30 }, (_, n) => instance(`web-${n}`));
    let comparisons = 0;
    const counted = instances.map((each) => ({
      ...each,
      get name() {
        comparisons += 1;
        return each.name;
      },
    }));
    const firstOf = (list: readonly Instance[], favourites: ReadonlySet<Instance['id']>) => {
      comparisons = 0;
      return labels(trayModel(snapshot(list), nowMs, favourites).menu)[2];
    };
    const stars = new Set([instanceId('web-7')]);
    expect(firstOf(counted, stars)).toContain('web-7');
    const firstTime = comparisons;
    expect(firstOf(counted, stars)).toContain('web-7');
    expect(comparisons).toBeLessThan(firstTime / 2);
    expect(firstOf(counted, new Set([instanceId('web-8')]))).toContain('web-8');
    expect(firstOf([...counted, instance('bad', 'failed')], stars)).toContain('bad');
  });

  it('says which ability the token lacks', () => {
    const { menu } = trayModel(
      { ...snapshot([instance('web')]), missingAbilities: ['instances:write'] },
      nowMs,
    );
    expect(labels(submenu(submenu(menu, 'web'), 'Power'))).toEqual([
      'The token lacks the ability instances:write.',
    ]);
    const other = model([instance('web')], { missingAbilities: ['wallet:read'] });
    expect(labels(submenu(submenu(other.menu, 'web'), 'Power'))).toHaveLength(4);
  });

  it('turns Do Not Disturb on for a while, and off again', () => {
    const quiet = (now: QuietNow) => trayModel(null, nowMs, new Set(), [], false, now).menu;
    const choices = ['For 1 hour', 'Until tomorrow, 08:00', 'Until you turn it off'];
    const off = submenu(quiet(null), 'Do Not Disturb');
    expect(labels(off)).toEqual(choices);
    expect(off).toMatchObject(
      ['hour', 'tomorrow', 'until-turned-off'].map((choice) => ({
        action: { kind: 'do-not-disturb', choice },
      })),
    );
    const untilMs = nowMs + 3_600_000;
    const on = submenu(
      quiet({ by: 'do-not-disturb', until: untilMs }),
      `Do Not Disturb until ${formatClock(untilMs)}`,
    );
    expect(labels(on)).toEqual(['Turn off', '—', ...choices]);
    expect(on[0]).toMatchObject({ action: { kind: 'do-not-disturb', choice: 'off' } });
    const hours = submenu(
      quiet({ by: 'quiet-hours', until: untilMs }),
      `Quiet hours until ${formatClock(untilMs)}`,
    );
    expect(labels(hours)).toEqual(choices);
    expect(labels(quiet({ by: 'do-not-disturb', until: 'until-turned-off' }))).toContain(
      'Do Not Disturb until you turn it off',
    );
  });

  it('has a menu without an account and without instances', () => {
    const footer = ['Open Evorxa', 'Do Not Disturb', 'Settings', 'Quit'];
    const { icon, tooltip, menu } = trayModel(null, nowMs);
    expect([icon, tooltip]).toEqual(['unknown', 'Evorxa: Not signed in']);
    expect(labels(menu)).toEqual(['Not signed in', '—', ...footer]);
    expect(labels(model([]).menu)).toEqual(['No instances · $52.40', '—', ...footer]);
  });

  it('parts what needs attention from the rest only where there is both', () => {
    const parts = (...kinds: readonly StateKind[]) =>
      labels(model(kinds.map((kind, index) => instance(`${index}`, kind))).menu).slice(2, -4);
    expect(parts('failed')).toEqual(['▲ 0 · Build failed', '—']);
    expect(parts('running')).toEqual(['● 0 · Running', '—']);
    expect(parts('failed', 'running')).toEqual(['▲ 0 · Build failed', '—', '● 1 · Running', '—']);
  });

  it('has twenty servers, in their order, in whatever order they come, and says how many others there are', () => {
    const wanted = Array.from({ length: 20 }, (_, n) => `● web-${n + 1} · Running`);
    const servers = Array.from({ length: 22 }, (_, n) => instance(`web-${n + 1}`));
    const listed = (all: readonly Instance[]) => labels(model(all).menu).slice(2, -5);
    fc.assert(
      fc.property(fc.shuffledSubarray(servers, { minLength: 22 }), (all) => {
        expect(listed(all)).toEqual([...wanted, '2 more in the window…']);
      }),
    );
    expect(listed(servers.slice(0, 20))).toEqual(wanted);
    // Those of one name stay in the order of the list.
    const twins = ['10', '11', '12'].map((id) => instance(id, 'running', { name: 'twin', mainIp: id }));
    const asked = model(twins).menu.map((item) => item.kind === 'submenu' && item.items[0]);
    expect(asked.slice(2, 5)).toMatchObject(
      ['10', '11', '12'].map((instanceId) => ({ action: { route: { instanceId } } })),
    );
    const { menu } = model(servers.slice(0, 21));
    expect(menu.at(-6)).toMatchObject({
      label: '1 more in the window…',
      action: { kind: 'navigate', route: { page: 'instances' } },
    });
  });

  it('cuts hostile words of Evorxa to a harmless line', () => {
    const odd = instance('a', 'unknown', { mainIp: '203.0.113.1\u202e\n' });
    const { menu } = model([{ ...odd, state: { ...odd.state, word: 'x'.repeat(500) } }]);
    expect(labels(menu)[2]).toBe(`◌ a · ${'x'.repeat(23)}…`);
    expect(submenu(menu, 'a')[3]).toMatchObject({
      label: 'Copy 203.0.113.1',
      action: { text: '203.0.113.1' },
    });
  });

  it('cuts hostile names to a harmless line', () => {
    const name = `<img onerror=x>\u202e\n\u0007${'x'.repeat(10_000)}`;
    const [label] = labels(model([instance('id', 'running', { name })]).menu.slice(2));
    expect(label).toMatch(/^● <img onerror=x> x+… · Running$/u);
    expect(label?.length).toBeLessThan(60);
  });

  it('shows twenty of 10,000, the worst first, and looks at each name a few times at most', () => {
    let looks = 0;
    const instances = Array.from({ length: 10_000 }, (_, index) => {
      const made = instance(`web-${index}`, index === 9_999 ? 'failed' : 'running');
      return Object.defineProperty({ ...made }, 'name', {
        get: () => {
          looks += 1;
          return made.name;
        },
      });
    });
    const { menu } = model(instances);
    expect(menu.filter((item) => item.kind === 'submenu' && item.label !== 'Do Not Disturb')).toHaveLength(
      20,
    );
    expect(labels(menu)[2]).toBe('▲ web-9999 · Build failed');
    expect(labels(menu)).toContain('9,980 more in the window…');
    expect(looks).toBeLessThan(40_000);
  });
});

describe('the tray of the locked app', () => {
  it('has counts, and no name, address or amount', () => {
    const { icon, tooltip, menu } = lockedTrayModel(
      snapshot([instance('api-prod-1'), instance('web-2'), instance('db-3', 'failed')]),
    );
    expect({ icon, tooltip, menu: labels(menu) }).toEqual({
      icon: 'failed',
      tooltip: 'Evorxa: Locked · 2 running, 1 needs attention',
      menu: ['Locked · 2 running, 1 needs attention', '—', 'Unlock Evorxa…', 'Quit'],
    });
    const asks = menu.flatMap((item) => (item.kind === 'action' ? [item.action.kind] : []));
    expect(asks).toEqual(['open-window', 'quit']);
  });

  it('says no more where nobody is signed in', () => {
    expect(labels(lockedTrayModel(null).menu)).toEqual(['Locked', '—', 'Unlock Evorxa…', 'Quit']);
  });

  it('is locked from the menu where a passphrase is set', () => {
    const canLock = trayModel(snapshot([]), nowMs, new Set(), [], true);
    expect(labels(canLock.menu)).toContain('Lock Evorxa');
    expect(labels(trayModel(snapshot([]), nowMs).menu)).not.toContain('Lock Evorxa');
  });
});
