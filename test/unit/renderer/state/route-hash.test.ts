import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Route } from '../../../../preload/contract/app.ts';
import type { ConversationId, InstanceId } from '../../../../preload/contract/brands.ts';
import { hrefOf, routeOf } from '../../../../renderer/state/route-hash.ts';

// Half of a surrogate pair can stand in no link.
const id = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom('/', '%', '#', '?', '%2F', ' ', '..'),
  ),
  minLength: 1,
});
const routes = fc.oneof(
  fc
    .constantFrom(
      'instances',
      'create',
      'shield',
      'waf',
      'agent',
      'wallet',
      'activity',
      'ssh-keys',
      'api-tokens',
      'settings',
    )
    .map((page) => ({ page })),
  fc.record({
    page: fc.constant('instance'),
    instanceId: id,
    tab: fc.constantFrom('overview', 'agent', 'shield', 'system'),
  }),
  fc.record({ page: fc.constant('instance'), instanceId: id, tab: fc.constant('agent'), conversationId: id }),
  fc.record({ page: fc.constant('shield'), ipId: id }),
  fc.record({ page: fc.constant('waf'), appId: id }),
) as fc.Arbitrary<Route>;

it('a link leads to the place that it was made from, whatever the ids are', () => {
  fc.assert(
    fc.property(routes, (route) => {
      expect(routeOf(hrefOf(route))).toEqual(route);
      expect(hrefOf(route)).toMatch(/^#\/[^#?]*$/);
    }),
  );
});

it.each([
  '',
  '#',
  '#/',
  '#/nowhere',
  '#/instance',
  '#/instance/',
  '#/instance/%',
  '#/constructor/i',
  '#/%E0%A4%A',
  'javascript:1',
])('%j leads to the list', (hash) => {
  expect(routeOf(hash)).toEqual({ page: 'instances' });
});

it('a tab that is not there is the first one', () => {
  expect(routeOf('#/instance/i/nothing')).toEqual({ page: 'instance', instanceId: 'i', tab: 'overview' });
});

it('a link is the same in whatever order the properties of its place are written', () => {
  const instanceId = 'i' as InstanceId;
  const conversationId = 'c' as ConversationId;
  expect(hrefOf({ page: 'instance', instanceId, tab: 'agent', conversationId })).toBe('#/instance/i/agent/c');
  expect(hrefOf({ conversationId, tab: 'agent', instanceId, page: 'instance' })).toBe('#/instance/i/agent/c');
});

it.each(['#/wallet', '#wallet', '/wallet', 'wallet', '#/wallet/more'])('%j leads to the wallet', (hash) => {
  expect(routeOf(hash)).toEqual({ page: 'wallet' });
});

it('takes one slash away, and no more', () => {
  expect(routeOf('#//wallet')).toEqual({ page: 'instances' });
});
