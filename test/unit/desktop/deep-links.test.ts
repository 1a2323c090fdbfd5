import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeParse } from 'zod/mini';
import { deepLinkIn, parseDeepLink } from '../../../main/desktop/deep-links.ts';
import { route } from '../../../preload/contract/app.ts';

it.each([
  ['evorxa://instances', { page: 'instances' }],
  ['evorxa://wallet/', { page: 'wallet' }],
  ['evorxa://create', { page: 'create' }],
  ['evorxa://shield', { page: 'shield' }],
  ['evorxa://waf', { page: 'waf' }],
  ['evorxa://agent', { page: 'agent' }],
  ['evorxa://settings', { page: 'settings' }],
  ['evorxa://activity', { page: 'activity' }],
  ['evorxa://ssh-keys', { page: 'ssh-keys' }],
  ['evorxa://api-tokens', { page: 'api-tokens' }],
  ['evorxa://instance/42', { page: 'instance', instanceId: '42', tab: 'overview' }],
  ['evorxa://instance/web%201', { page: 'instance', instanceId: 'web 1', tab: 'overview' }],
  ['EVORXA://wallet', { page: 'wallet' }],
])('%s leads to a place', (address, place) => {
  expect(parseDeepLink(address)).toEqual({ route: place, connect: null });
});

it.each(['ssh', 'console'])('an instance can be named with %s, to be asked about', (by) => {
  const route = { page: 'instance', instanceId: 'web 1', tab: 'overview' };
  expect(parseDeepLink(`evorxa://instance/web%201/${by}`)).toEqual({ route, connect: by });
});

it.each([
  'evorxa:',
  'evorxa://',
  'evorxa:wallet',
  'evorxa:///wallet',
  'evorxa://unknown',
  'evorxa://constructor',
  'evorxa://wallet/topup',
  'evorxa://wallet?amount=100',
  'evorxa://wallet#x',
  'evorxa://me:secret@wallet',
  'evorxa://wallet:80',
  'evorxa://instance',
  'evorxa://instance/',
  'evorxa://instance/42/delete',
  'evorxa://instance/42/',
  'evorxa://instance/42/ssh/',
  'evorxa://instance/42/ssh/ls',
  'evorxa://instance/42/SSH',
  'evorxa://instance/42/s%73h',
  'evorxa://instance/42/ssh?run=ls',
  'evorxa://instance//ssh',
  'evorxa://wallet/ssh',
  'evorxa://instance/42?tab=agent',
  'evorxa://instance/..%2f..%2fme',
  'evorxa://instance/..%5cme',
  'evorxa://instance/a%00b',
  'evorxa://instance/a%0ab',
  'evorxa://instance/a%1b%5B31m',
  'evorxa://instance/%E2%80%AEfdp',
  'evorxa://instance/%ff',
  'evorxa://instance/%',
  `evorxa://instance/${'a'.repeat(201)}`,
  'https://wallet',
  'javascript://wallet',
  'evorxa-x://wallet',
  'wallet',
  '',
])('%j leads nowhere', (address) => {
  expect(parseDeepLink(address)).toBeNull();
});

it('is found among the arguments of a start, and nothing else is', () => {
  expect(
    deepLinkIn(['/opt/evorxa', '--hidden', 'evorxa://unknown', 'evorxa://wallet', 'evorxa://agent']),
  ).toEqual({ route: { page: 'wallet' }, connect: null });
  expect(deepLinkIn(['/opt/evorxa', 'evorxa://unknown'])).toBe('unreadable');
  expect(deepLinkIn(['/opt/evorxa', '--url=evorxa://wallet', 'wallet'])).toBeNull();
  expect(deepLinkIn([])).toBeNull();
});

it('is a place of the contract or nothing, whatever comes', () => {
  const address = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary' }).map((rest) => `evorxa://${rest}`),
    fc.string({ unit: 'binary' }).map((rest) => `evorxa://instance/${rest}`),
    fc.string().map((rest) => `evorxa://instance/${encodeURIComponent(rest)}`),
  );
  fc.assert(
    fc.property(address, (text) => {
      const place = parseDeepLink(text);
      return (
        place === null ||
        (safeParse(route, place.route).success &&
          !/[\p{C}/\\]/u.test(JSON.stringify(place).replaceAll('\\"', '')))
      );
    }),
    { numRuns: 2000 },
  );
});
