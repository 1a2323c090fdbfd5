import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { routes, type EndpointId, type Route } from '../../../../main/api/routes.ts';
import { curlExamples } from '../../sandbox/conformance/curl-examples.ts';
import { fakeApi, json } from '../support/fake-api.ts';
import { samples } from '../support/samples.ts';

const ids = Object.keys(routes) as EndpointId[];
const table: readonly (readonly [EndpointId, Route])[] = ids.map((id) => [id, routes[id]]);
/** The endpoints of which this is so. */
const which = (is: (route: Route) => boolean): readonly string[] =>
  table.flatMap(([id, route]) => (is(route) ? [id] : []));

describe('the table of endpoints', () => {
  it('holds the 54 of the reference, each with what it takes and gives', () => {
    expect(ids).toHaveLength(54);
    expect(Object.keys(endpoints).sort()).toEqual([...ids].sort());
  });

  it('has each of the reference’s examples once, by its method and its path', () => {
    const examples = curlExamples();
    expect(new Set(examples.map(({ endpoint }) => endpoint))).toEqual(new Set(ids));
    expect(examples).toHaveLength(54);
  });

  it.each([
    ['spend', 'instances.create instances.upgrade instances.reactivate agent.chat'],
    [
      'destroy',
      'tokens.delete instances.delete instances.reinstall agent.deleteConversation shield.deleteRule waf.delete ' +
        'waf.deleteHostname keys.delete',
    ],
    [
      'change',
      'tokens.create instances.power instances.resetPassword instances.cancelDeletion agent.linkTelegram ' +
        'shield.createRule shield.updateRule shield.setPolicy waf.create waf.setFirewall waf.addHostname waf.retrySsl ' +
        'keys.create',
    ],
  ])('knows what can %s', (effect, expected) => {
    expect(which((route) => route.effect === effect)).toEqual(expected.split(' '));
  });

  it.each([
    ['*', 'tokens.list tokens.create tokens.delete'],
    [
      'instances:read',
      'instances.list instances.get instances.reinstallOptions instances.vnc catalog.osTemplates keys.list',
    ],
    [
      'instances:write',
      'instances.create instances.delete instances.power instances.upgrade instances.reinstall ' +
        'instances.resetPassword instances.cancelDeletion instances.reactivate keys.create keys.delete',
    ],
    [
      'analytics:read',
      'instances.metrics shield.bandwidth shield.topIps shield.topAsns shield.countries shield.ports shield.pps',
    ],
    ['agent:read', 'agent.credits agent.conversations agent.conversation agent.telegram'],
    ['agent:write', 'agent.chat agent.deleteConversation agent.linkTelegram'],
    ['shield:read', 'shield.ips shield.ip'],
    ['shield:write', 'shield.createRule shield.updateRule shield.deleteRule shield.setPolicy'],
    ['waf:read', 'waf.list waf.get'],
    ['waf:write', 'waf.create waf.delete waf.setFirewall waf.addHostname waf.retrySsl waf.deleteHostname'],
    ['wallet:read', 'wallet.balance wallet.transactions'],
    [null, 'me.get catalog.plans catalog.regions catalog.billingCycles catalog.myPlans'],
  ])('asks for the ability %s where the reference does', (ability, expected) => {
    expect(which((route) => route.ability === ability)).toEqual(expected.split(' '));
  });

  it('is open to nobody but in the catalog, and reveals three secrets', () => {
    expect(which((route) => route.isPublic)).toEqual([
      'catalog.plans',
      'catalog.regions',
      'catalog.billingCycles',
    ]);
    expect(which((route) => route.revealsSecret)).toEqual([
      'tokens.create',
      'instances.resetPassword',
      'instances.vnc',
    ]);
  });

  it.each(ids)('%s: its sample fills the path, and nothing but GET changes something', (id) => {
    const endpoint: AnyEndpoint = endpoints[id];
    const parsed = endpoint.input.parse(samples[id].input);
    const placeholders = [...routes[id].path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(Object.keys(parsed.path ?? {}).sort()).toEqual(placeholders.sort());
    expect(routes[id].effect === 'read').toBe(routes[id].method === 'GET');
  });

  it.each(ids)('%s: the sample answer is decoded without drift', async (id) => {
    const { body, input } = samples[id];
    const api = fakeApi(() => (body === undefined ? new Response(null, { status: 204 }) : json(body)));
    // The sample of this id is an input of this endpoint: the test above has parsed it.
    const result = await api.client.request(id, input as never);
    expect(result).toMatchObject({ ok: true, value: { drift: [], truncated: false } });
    expect(api.sent).toHaveLength(1);
    expect(api.sent[0]?.method).toBe(routes[id].method);
  });
});
