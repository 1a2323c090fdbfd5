import { describe, expect, it } from 'vitest';
import { safeParse, type ZodMiniType } from 'zod/mini';
import { route } from '../../../../preload/contract/app.ts';
import { portToConsole } from '../../../../preload/contract/console.ts';
import { contract } from '../../../../preload/contract/index.ts';
import { ledgerKeys, watchKey } from '../../../../preload/contract/watch.ts';

const read = (guard: ZodMiniType, value: unknown): unknown => {
  const parsed = safeParse(guard, value);
  return parsed.success ? parsed.data : 'refused';
};
const long = (length: number): string => 'x'.repeat(length);

describe('a place in the window', () => {
  it.each<{ readonly page: string }>([
    { page: 'instances' },
    { page: 'create' },
    { page: 'agent' },
    { page: 'wallet' },
    { page: 'activity' },
    { page: 'ssh-keys' },
    { page: 'api-tokens' },
    { page: 'settings' },
    { page: 'shield' },
    { page: 'shield', ipId: 'ip' } as { readonly page: string },
    { page: 'waf' },
    { page: 'waf', appId: '71' } as { readonly page: string },
    { page: 'instance', instanceId: 'i', tab: 'overview' } as { readonly page: string },
    { page: 'instance', instanceId: 'i', tab: 'agent', conversationId: 'c' } as { readonly page: string },
    { page: 'instance', instanceId: long(200), tab: 'shield' } as { readonly page: string },
    { page: 'instance', instanceId: 'i', tab: 'system' } as { readonly page: string },
  ])('can be %j', (place) => {
    expect(read(route, place)).toEqual(place);
  });

  it.each([
    { page: 'nowhere' },
    { page: 'instance' },
    { page: 'instance', instanceId: 'i' },
    { page: 'instance', instanceId: 'i', tab: 'billing' },
    { page: 'instance', instanceId: '', tab: 'overview' },
    { page: 'instance', instanceId: long(201), tab: 'overview' },
    { page: 'instance', instanceId: 'i', tab: 'agent', conversationId: '' },
    { page: 'shield', ipId: 7 },
    { page: 'waf', appId: '' },
    {},
    null,
    'wallet',
  ])('cannot be %j', (place) => {
    expect(read(route, place)).toBe('refused');
  });

  it('says nothing more than where it is', () => {
    expect(read(route, { page: 'wallet', instanceId: 'i' })).toEqual({ page: 'wallet' });
  });
});

describe('what can be watched', () => {
  it.each([
    { kind: 'instance', instanceId: 'i' },
    { kind: 'metrics', instanceId: 'i', period: '24h' },
    { kind: 'cpu-trend', instanceId: 'i' },
    { kind: 'ledger', filter: 'credit', limit: 'all' },
    { kind: 'agent-credits' },
    { kind: 'agent', instanceId: 'i' },
    { kind: 'conversation', instanceId: 'i', conversationId: 'c' },
    { kind: 'telegram', instanceId: 'i' },
    { kind: 'shield-ips' },
    { kind: 'shield-ip', ipId: 'ip' },
    { kind: 'shield-traffic', ipId: 'ip' },
    { kind: 'waf-apps' },
    { kind: 'waf-app', appId: '71' },
    { kind: 'plans' },
    { kind: 'billing-cycles' },
    { kind: 'os-templates', packageId: 'p' },
    { kind: 'reinstall-options', instanceId: 'i' },
    { kind: 'instance-plan', instanceId: 'i' },
    { kind: 'ssh-keys' },
    { kind: 'api-tokens' },
  ])('is $kind, of which it says which', (key) => {
    expect(read(watchKey, { ...key, extra: 1 })).toEqual(key);
    for (const name of Object.keys(key)) expect(read(watchKey, { ...key, [name]: '' })).toBe('refused');
    for (const name of Object.keys(key))
      expect(read(watchKey, { ...key, [name]: undefined })).toBe('refused');
  });

  it.each([
    { kind: 'metrics', instanceId: 'i', period: '7d' },
    { kind: 'ledger', filter: 'all', limit: '51' },
    { kind: 'ledger', filter: 'refund', limit: '50' },
    { kind: 'instance', instanceId: long(201) },
    { kind: 'tokens' },
  ])('is not %j', (key) => {
    expect(read(watchKey, key)).toBe('refused');
  });

  it('has the ledger in each of its forms', () => {
    expect(ledgerKeys).toEqual([
      { kind: 'ledger', filter: 'all', limit: '50' },
      { kind: 'ledger', filter: 'all', limit: '100' },
      { kind: 'ledger', filter: 'all', limit: '200' },
      { kind: 'ledger', filter: 'all', limit: 'all' },
      { kind: 'ledger', filter: 'debit', limit: '50' },
      { kind: 'ledger', filter: 'debit', limit: '100' },
      { kind: 'ledger', filter: 'debit', limit: '200' },
      { kind: 'ledger', filter: 'debit', limit: 'all' },
      { kind: 'ledger', filter: 'credit', limit: '50' },
      { kind: 'ledger', filter: 'credit', limit: '100' },
      { kind: 'ledger', filter: 'credit', limit: '200' },
      { kind: 'ledger', filter: 'credit', limit: 'all' },
    ]);
  });
});

describe('a message of a console’s page', () => {
  const bytes = new Uint8Array([1, 2]);
  it.each([
    { type: 'data', bytes },
    { type: 'ack', bytes: 0 },
    { type: 'ack', bytes: 65_536 },
    { type: 'type', text: '' },
    { type: 'type', text: long(10_000) },
    { type: 'type-password' },
    { type: 'stop-typing' },
    { type: 'connect' },
    { type: 'cancel' },
  ])('can be %j', (message) => {
    expect(read(portToConsole, message)).toEqual(message);
  });

  it.each([
    { type: 'data', bytes: [1, 2] },
    { type: 'data', bytes: 'ab' },
    { type: 'ack', bytes: -1 },
    { type: 'ack', bytes: 0.5 },
    { type: 'ack', bytes },
    { type: 'type', text: long(10_001) },
    { type: 'type' },
    { type: 'type-secret' },
    {},
    null,
  ])('cannot be %j', (message) => {
    expect(read(portToConsole, message)).toBe('refused');
  });

  it('that types the password brings none', () => {
    expect(read(portToConsole, { type: 'type-password', text: 'hunter2' })).toEqual({
      type: 'type-password',
    });
  });
});

it('an error of the page was where it is drawn, in an event or in a promise', () => {
  const { input } = contract.app.reportError;
  const where = ['drawing', 'event', 'promise', 'worker', ''].filter(
    (place) => read(input, { where: place, message: '', stack: null }) !== 'refused',
  );
  expect(where).toEqual(['drawing', 'event', 'promise']);
});

describe('what is said of keys and tokens', () => {
  const { sshKeys, apiTokens, alerts } = contract;

  it('is never a private key, whatever surrounds it', () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';
    for (const call of [sshKeys.describe, sshKeys.add]) {
      expect(read(call.input, { name: 'laptop', publicKey: key })).not.toBe('refused');
      const both = `${key} me\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==`;
      expect(read(call.input, { name: 'laptop', publicKey: both })).toBe('refused');
    }
  });

  it('is a label without space around it', () => {
    expect(read(apiTokens.mint.input, { name: '  CI \n', abilities: ['waf:read'] })).toEqual({
      name: 'CI',
      abilities: ['waf:read'],
    });
    expect(read(apiTokens.mint.input, { name: ' \t ', abilities: ['waf:read'] })).toBe('refused');
    const padded = { name: ` ${long(255)} `, abilities: ['*'] };
    expect(read(apiTokens.mint.input, padded)).toEqual({ name: long(255), abilities: ['*'] });
  });

  it('is fifty abilities at most', () => {
    const abilities = (count: number) => Array.from({ length: count }, () => 'waf:read');
    expect(read(apiTokens.mint.input, { name: 'CI', abilities: abilities(50) })).not.toBe('refused');
    expect(read(apiTokens.mint.input, { name: 'CI', abilities: abilities(51) })).toBe('refused');
  });

  it.each([{ kind: 'server', instanceId: 'i' }, { kind: 'tag', tag: 'web' }, { kind: 'favourites' }])(
    'and of which instances an alert is: %j',
    (scope) => {
      const input = { metric: 'cpu', above: 90, forMinutes: 5, scope, isOn: true, tellsEnd: false };
      expect(read(alerts.save.input, { ruleId: null, input })).toEqual({ ruleId: null, input });
      for (const name of Object.keys(scope)) {
        const wrong = { ...input, scope: { ...scope, [name]: '' } };
        expect(read(alerts.save.input, { ruleId: null, input: wrong })).toBe('refused');
      }
    },
  );

  it.each(['isOn', 'tellsEnd'])('an alert says whether: %s', (name) => {
    const scope = { kind: 'favourites' };
    const input = { metric: 'cpu', above: 90, forMinutes: 5, scope, isOn: true, tellsEnd: false };
    expect(read(alerts.save.input, { ruleId: 'r', input: { ...input, [name]: 'yes' } })).toBe('refused');
  });
});
