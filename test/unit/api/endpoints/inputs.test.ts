import { describe, expect, it } from 'vitest';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import type { EndpointId } from '../../../../main/api/routes.ts';

/** What would be sent; null where nothing is. */
function sent(id: EndpointId, input: unknown): unknown {
  const endpoint: AnyEndpoint = endpoints[id];
  const guarded = endpoint.input.safeParse(input);
  return guarded.success ? guarded.data : null;
}

const path = { id: '01H9' };
const order = {
  name: 'web',
  hostname: 'web.example.com',
  project_id: '1',
  package_id: '2',
  category: 'standard',
  os_template_id: '3',
  os_name: 'Debian 12',
  billing_cycle: 'monthly',
};

describe('an id in a path', () => {
  it('is neither empty nor endless', () => {
    expect(sent('instances.get', { path: { id: 'x'.repeat(200) } })).toEqual({
      path: { id: 'x'.repeat(200) },
    });
    for (const id of ['', 'x'.repeat(201), 7, null, undefined])
      expect(sent('instances.get', { path: { id } })).toBeNull();
    expect(sent('instances.get', {})).toBeNull();
  });

  it.each([
    ['agent.conversation', 'convId'],
    ['agent.deleteConversation', 'convId'],
    ['shield.updateRule', 'ruleId'],
    ['shield.deleteRule', 'ruleId'],
    ['waf.retrySsl', 'hostnameId'],
    ['waf.deleteHostname', 'hostnameId'],
  ] as const)('of %s is two: the other one is %s', (id, name) => {
    const body = { action: 'allow', protocol: 'tcp' };
    const rest = id === 'shield.updateRule' ? { body } : {};
    expect(sent(id, { path: { ...path, [name]: '3' }, ...rest })).toEqual({
      path: { ...path, [name]: '3' },
      ...rest,
    });
    expect(sent(id, { path, ...rest })).toBeNull();
    expect(sent(id, { path: { [name]: '3' }, ...rest })).toBeNull();
    expect(sent(id, rest)).toBeNull();
  });
});

describe('an id in a body', () => {
  const upgrade = (id: unknown) =>
    sent('instances.upgrade', { path, body: { package_id: id, reboot: true } });

  it.each([
    ['7', 7],
    ['10', 10],
    ['a0', 'a0'],
    ['123456789012345', 123_456_789_012_345],
    // What is no number that JavaScript can hold, or not written as one, goes out as it is.
    ['1234567890123456', '1234567890123456'],
    ['07', '07'],
    ['7a', '7a'],
    ['a7', 'a7'],
    ['-7', '-7'],
    ['01H9', '01H9'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['0x', '0x'],
  ])('%s goes out as %j', (id, out) => {
    expect(upgrade(id)).toEqual({ path, body: { package_id: out, reboot: true } });
  });

  it.each(['', '0', '000', 'x'.repeat(201), 7, null])('%j is none', (id) => expect(upgrade(id)).toBeNull());
});

describe('the order of an instance', () => {
  it('is what it was filled in with, its ids as numbers', () => {
    const out = { ...order, project_id: 1, package_id: 2, os_template_id: 3 };
    expect(sent('instances.create', { body: order })).toEqual({ body: out });
    expect(sent('instances.create', { body: { ...order, ssh_key_ids: ['5', 'k'] } })).toEqual({
      body: { ...out, ssh_key_ids: [5, 'k'] },
    });
    // Nothing but what the reference has.
    expect(sent('instances.create', { body: { ...order, coupon: 'x' } })).toEqual({ body: out });
  });

  it.each(Object.keys(order))('is not sent without its %s', (name) => {
    expect(sent('instances.create', { body: { ...order, [name]: undefined } })).toBeNull();
    expect(sent('instances.create', { body: { ...order, [name]: '' } })).toBeNull();
  });

  it('has no text without an end', () => {
    expect(sent('instances.create', { body: { ...order, name: 'x'.repeat(20_000) } })).not.toBeNull();
    expect(sent('instances.create', { body: { ...order, name: 'x'.repeat(20_001) } })).toBeNull();
    expect(sent('instances.create', { body: { ...order, ssh_key_ids: ['0'] } })).toBeNull();
    expect(sent('instances.create', {})).toBeNull();
  });
});

describe('what is sent', () => {
  it.each<[EndpointId, unknown]>([
    ['instances.list', {}],
    ['instances.list', { query: {} }],
    ['instances.list', { query: { project_id: '1' } }],
    ['instances.delete', { path, body: { mode: 'immediate' } }],
    ['instances.delete', { path, body: { mode: 'end_of_cycle' } }],
    ['instances.power', { path: { ...path, action: 'shutdown' } }],
    ['instances.metrics', { path, query: { period: '1h' } }],
    ['instances.upgrade', { path, body: { package_id: 'p', reboot: false } }],
    ['instances.reinstall', { path, body: { os_template_id: 't', os_name: 'Debian' } }],
    ['agent.chat', { path, body: { message: 'Hello' } }],
    ['agent.chat', { path, body: { message: 'Hello', conversation_id: 'c' } }],
    ['agent.linkTelegram', { path, body: { telegram_chat_id: '-12345678901234567890' } }],
    ['tokens.create', { body: { name: 'CI', abilities: ['instances:read'] } }],
    ['keys.create', { body: { name: 'laptop', public_key: `ssh-ed25519 ${'A'.repeat(100)}` } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'tcp' } }],
    [
      'shield.createRule',
      { path, body: { action: 'block', protocol: 'udp', src_cidr: '::/0', dst_port: 1 } },
    ],
    ['shield.createRule', { path, body: { action: 'block', protocol: 'any', dst_port: 65_535 } }],
    ['shield.createRule', { path, body: { action: 'block', protocol: 'any', dst_port: null } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'any', src_cidr: 'x'.repeat(64) } }],
    ['shield.setPolicy', { path, body: {} }],
    ['shield.setPolicy', { path, body: { default_in: 'allow' } }],
    ['shield.setPolicy', { path, body: { default_in: 'block', default_out: 'allow' } }],
    ['waf.create', { body: { name: 'Shop', origin_ip: '203.0.113.1', hostname: 'a.b' } }],
    [
      'waf.create',
      { body: { name: 'Shop', origin_ip: 'x', origin_port: 65_535, hostname: 'x'.repeat(253) } },
    ],
    ['waf.create', { body: { name: 'Shop', origin_ip: 'x', origin_port: 1, hostname: 'a' } }],
    ['waf.setFirewall', { path, body: { enabled: false } }],
    ['waf.addHostname', { path, body: { hostname: 'a.b' } }],
    ['wallet.transactions', {}],
    ['wallet.transactions', { query: { type: 'debit', limit: 1 } }],
    ['wallet.transactions', { query: { type: 'credit', limit: 200 } }],
    ['catalog.osTemplates', { path: { packageId: '2' } }],
  ])('by %s can be %j', (id, input) => expect(sent(id, input)).toEqual(input));

  it.each<[EndpointId, unknown]>([
    ['instances.list', { query: { project_id: '' } }],
    ['instances.delete', { path, body: { mode: 'now' } }],
    ['instances.delete', { path }],
    ['instances.delete', { body: { mode: 'immediate' } }],
    ['instances.power', { path: { ...path, action: 'explode' } }],
    ['instances.power', { path: { action: 'boot' } }],
    ['instances.metrics', { path, query: { period: '1y' } }],
    ['instances.metrics', { path }],
    ['instances.upgrade', { path, body: { package_id: 'p' } }],
    ['instances.upgrade', { path, body: { package_id: 'p', reboot: 'yes' } }],
    ['instances.reinstall', { path, body: { os_template_id: 't', os_name: '' } }],
    ['instances.reinstall', { path, body: { os_template_id: '0', os_name: 'Debian' } }],
    ['agent.chat', { path, body: { message: '' } }],
    ['agent.chat', { path }],
    ['agent.linkTelegram', { path, body: { telegram_chat_id: '' } }],
    ['agent.linkTelegram', { path, body: { telegram_chat_id: '@jane' } }],
    ['agent.linkTelegram', { path, body: { telegram_chat_id: '--1' } }],
    ['agent.linkTelegram', { path, body: { telegram_chat_id: '1x' } }],
    ['agent.linkTelegram', { path, body: { telegram_chat_id: '123456789012345678901' } }],
    // No abilities would be all of them.
    ['tokens.create', { body: { name: 'CI' } }],
    ['tokens.create', { body: { name: 'CI', abilities: [] } }],
    ['tokens.create', { body: { name: 'CI', abilities: [''] } }],
    ['tokens.create', { body: { name: '', abilities: ['*'] } }],
    ['keys.create', { body: { name: 'laptop', public_key: '' } }],
    ['keys.create', { body: { name: 'laptop', public_key: 'x'.repeat(20_001) } }],
    ['keys.create', { body: { name: 'laptop', public_key: '-----BEGIN RSA PRIVATE KEY-----' } }],
    ['shield.createRule', { path, body: { action: 'drop', protocol: 'tcp' } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'gre' } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'tcp', src_cidr: '' } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'tcp', src_cidr: 'x'.repeat(65) } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'tcp', dst_port: 0 } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'tcp', dst_port: 65_536 } }],
    ['shield.createRule', { path, body: { action: 'allow', protocol: 'tcp', dst_port: 22.5 } }],
    ['shield.setPolicy', { path, body: { default_in: 'reject' } }],
    ['shield.setPolicy', { path }],
    ['waf.create', { body: { name: '', origin_ip: 'x', hostname: 'a.b' } }],
    ['waf.create', { body: { name: 'Shop', hostname: 'a.b' } }],
    ['waf.create', { body: { name: 'Shop', origin_ip: 'x', hostname: '' } }],
    ['waf.create', { body: { name: 'Shop', origin_ip: 'x', hostname: 'x'.repeat(254) } }],
    ['waf.create', { body: { name: 'Shop', origin_ip: 'x', hostname: 'a', origin_port: 0 } }],
    ['waf.create', { body: { name: 'Shop', origin_ip: 'x', hostname: 'a', origin_port: 65_536 } }],
    ['waf.setFirewall', { path, body: { enabled: 1 } }],
    ['waf.setFirewall', { path }],
    ['waf.addHostname', { path, body: {} }],
    ['wallet.transactions', { query: { type: 'both' } }],
    ['wallet.transactions', { query: { limit: 0 } }],
    ['wallet.transactions', { query: { limit: 201 } }],
    ['wallet.transactions', { query: { limit: 1.5 } }],
    ['catalog.osTemplates', { path: { packageId: '' } }],
    ['catalog.osTemplates', {}],
  ])('by %s is never %j', (id, input) => expect(sent(id, input)).toBeNull());
});

describe('the limits of a request', () => {
  it('are those of all others, with four that differ', () => {
    const differing = (Object.entries(endpoints) as [EndpointId, AnyEndpoint][])
      .filter(([, endpoint]) => Object.keys(endpoint.limits).length > 0)
      .map(([id, endpoint]) => [id, endpoint.limits]);
    expect(Object.fromEntries(differing)).toEqual({
      'instances.list': { bodyBytes: 16_777_216 },
      'agent.chat': { deadlineMs: 900_000, bodyBytes: 33_554_432 },
      'agent.conversation': { deadlineMs: 60_000, bodyBytes: 33_554_432 },
      'wallet.transactions': { rows: 1_000 },
    });
  });

  it('keep the last answer of one list alone, which is polled', () => {
    const polled = (Object.entries(endpoints) as [EndpointId, AnyEndpoint][]).flatMap(([id, endpoint]) =>
      endpoint.kind === 'list' && endpoint.isPolled ? [id] : [],
    );
    expect(polled).toEqual(['instances.list']);
  });
});
