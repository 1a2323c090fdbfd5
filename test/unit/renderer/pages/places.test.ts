import { describe, expect, it, vi } from 'vitest';
import { parseDeepLink } from '../../../../main/desktop/deep-links.ts';
import type { InstanceId, ShieldIpId, WafAppId } from '../../../../preload/contract/brands.ts';
import { routeOf } from '../../../../renderer/state/route-hash.ts';
import { instance, snapshot } from '../../domain/samples.ts';

vi.mock('../../../../renderer/views/instances/InstanceList.svelte', () => ({ default: () => undefined }));
const portForwards = vi.hoisted(() => ({ current: null as object | null }));
vi.mock('../../../../renderer/state/app.svelte.ts', () => ({ portForwards }));
const { pages } = await import('../../../../renderer/pages/pages.ts');
const { placeOf, places } = await import('../../../../renderer/pages/places.ts');

describe('the sidebar', () => {
  it('has the places of the table, in its order and parts', () => {
    const shown = places(null).map((group) => group.map(({ id, label, href }) => [id, label, href]));
    expect(shown).toEqual([
      [
        ['instances', 'Instances', '#/instances'],
        ['shield', 'Shield', '#/shield'],
        ['waf', 'WAF', '#/waf'],
        ['agent', 'Agent', '#/agent'],
        ['wallet', 'Wallet', '#/wallet'],
      ],
      [
        ['activity', 'Activity', '#/activity'],
        ['ports', 'Ports', '#/ports'],
        ['ssh-keys', 'SSH keys', '#/ssh-keys'],
        ['known-hosts', 'Known hosts', '#/known-hosts'],
        ['api-tokens', 'API tokens', '#/api-tokens'],
        ['settings', 'Settings', '#/settings'],
      ],
    ]);
  });

  it('says how many instances need attention, and the balance', () => {
    const [cloud = []] = places(snapshot([instance('a', 'failed'), instance('b')]));
    const [list, shield, , , wallet] = cloud;
    expect(list?.attention).toEqual({ count: 1, words: '1 instance needs attention' });
    expect(shield).not.toHaveProperty('attention');
    expect(wallet?.figure).toBe('$52.40');
  });

  it('counts several instances, and keeps quiet about a balance that is not known', () => {
    const failed = ['a', 'b'].map((id) => instance(id, 'failed'));
    const [cloud = []] = places(snapshot(failed, { balanceCents: null }));
    expect(cloud[0]?.attention).toEqual({ count: 2, words: '2 instances need attention' });
    expect(cloud[4]?.figure).toBeNull();
  });

  it('says how many connections of port forwards ask something', () => {
    const ports = () => places(null)[1]?.find(({ id }) => id === 'ports');
    expect(ports()?.attention?.count).toBe(0);
    portForwards.current = {
      forwards: [],
      connections: [{ state: { phase: 'prompting' } }, { state: { phase: 'open' } }],
    };
    expect(ports()?.attention).toEqual({ count: 1, words: 'A port forward waits for your answer' });
    portForwards.current = null;
  });

  it('annotations the place that leads to a page', () => {
    expect(placeOf({ page: 'instance', instanceId: 'i' as InstanceId, tab: 'agent' })).toBe('instances');
    expect(placeOf({ page: 'create' })).toBe('instances');
    expect(placeOf({ page: 'shield', ipId: 'ip' as ShieldIpId })).toBe('shield');
    expect(placeOf({ page: 'waf', appId: '71' as WafAppId })).toBe('waf');
    expect(placeOf({ page: 'ssh-keys' })).toBe('ssh-keys');
  });
});

describe('each page', () => {
  it('is in the sidebar, or within one that is', () => {
    const ids = places(null).flatMap((group) => group.map(({ id }) => id));
    const missing = Object.entries(pages).filter(
      ([name, page]) => !ids.includes('within' in page ? page.within : name),
    );
    expect(missing).toEqual([]);
  });

  it('of the sidebar is where its link leads, in the window and from outside', () => {
    for (const { id, href } of places(null).flat()) {
      expect(routeOf(href)).toEqual({ page: id });
      expect(parseDeepLink(`evorxa://${href.slice('#/'.length)}`)).toEqual({
        route: { page: id },
        connect: null,
      });
    }
  });

  it('but the list is loaded when it is first shown', () => {
    const atOnce = Object.entries(pages).filter(([, page]) => 'component' in page);
    expect(atOnce.map(([name]) => name)).toEqual(['instances']);
  });
});
