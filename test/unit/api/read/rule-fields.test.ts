import { describe, expect, it } from 'vitest';
import { ruleState, unreadFields } from '../../../../main/api/read/rule-fields.ts';

const unread = (raw: Record<string, unknown>, family: 4 | 6 = 4) => unreadFields(raw, new Set(), family);
const rule = { about: 'rule', isReversing: false };

describe('a field of a firewall rule', () => {
  it.each([
    { id: 11, name: 'Web', created_at: '2026-05-14', hits: 5 },
    { comment: { value: 'x', label: 'X' } },
    { links: ['a'], permissions: { edit: true } },
    { key: '11', code: '11', map_key: '11' },
    { direction: 'in' },
    { chain: { value: 'INPUT', label: 'In' } },
    { flow: { name: 'ingress' } },
    { type: 'Custom' },
    { kind: 'firewall_rule' },
    { type: 'inbound' },
    {
      version: 4,
      family: 'IPv4',
      ip_version: 'inet',
      ethertype: 'ip',
      ip_family: 'both',
      address_family: 'dual',
    },
    { country: null, geo: 'any', zone: ' * ', tag: 'ALL', flag: false, note2: '' },
    { tags: [], labels: [[], {}, null, 'any'], filter: {}, meta: { a: null, b: { c: false } } },
    { except: [], exclude: {}, negate: 0, not_source: 'no', filter: { not: 'off' } },
    { source_operator: [] },
  ])('of %j does not narrow it', (raw) => expect(unread(raw)).toEqual([]));

  it('that was read is not looked at again', () => {
    expect(unreadFields({ srcCidr: 'x', tag: 'x' }, new Set(['srccidr']), 4)).toEqual([
      { path: 'tag', ...rule },
    ]);
    expect(unreadFields({ match: { port: 5, tag: 'x' } }, new Set(['matchport']), 4)).toEqual([
      { path: 'match.tag', ...rule },
    ]);
  });

  it.each([
    [{ comment: { secret: 'x' } }, 'comment.secret'],
    [{ name: ['x'] }, 'name'],
    [{ key: '11' }, 'key'],
    [{ key: '12', map_key: '11' }, 'key'],
    [{ direction: 'custom' }, 'direction'],
    [{ type: 'odd' }, 'type'],
    [{ type: { text: 'in' } }, 'type.text'],
    [{ family: 'inet6' }, 'family'],
    [{ family: 6 }, 'family'],
    [{ tags: ['x'] }, 'tags'],
    [{ count2: 0 }, 'count2'],
    [{ a: { b: { c: { d: { e: 1 } } } } }, 'a.b.c.d'],
    [{ a: '{"b":1}' }, 'a.b'],
  ])('of %j may narrow it', (raw, path) => expect(unread(raw)).toEqual([{ path, ...rule }]));

  it('of the other family does not narrow a rule of that family', () => {
    for (const family of ['inet6', 'IPv6', 'v6', 6, '6', 'both']) expect(unread({ family }, 6)).toEqual([]);
    for (const family of ['inet', 'ip', 'ipv4', 4]) expect(unread({ family }, 6)).toHaveLength(1);
  });

  it.each([
    [{ country: 'DE' }, 'source'],
    // No network in a list of networks is not every network.
    [{ countries: [] }, 'source'],
    [{ geo: {} }, 'source'],
    [{ filter: { asn: [] } }, 'source'],
    [{ remotes: 0 }, 'source'],
    [{ white: 'x' }, 'source'],
    [{ deny: 'x' }, 'source'],
    [{ blocklist: 'x' }, 'source'],
    [{ range: 'x' }, 'source'],
    [{ allowed: 'x' }, 'source'],
    [{ dports: [] }, 'port'],
    [{ dport: 22 }, 'port'],
    [{ svc: 'ssh' }, 'port'],
    [{ service_group: 5 }, 'port'],
    // The port that traffic comes from is neither.
    [{ src_port: 22 }, 'rule'],
    [{ tcp_flags: 'syn' }, 'protocol'],
    [{ source_proto: 'gre' }, 'protocol'],
    [{ icmp_type: 8 }, 'protocol'],
    [{ roadblock: 'x' }, 'rule'],
    [{ rate: 100 }, 'rule'],
    [{ match: { rate: 100 } }, 'rule'],
  ])('of %j is about the %s', (raw, about) => {
    expect(unread(raw)).toEqual([expect.objectContaining({ about, isReversing: false })]);
  });

  it.each([
    { negate: true },
    { is_inverted: 'yes' },
    { except_ports: [22] },
    { match: { not: 1 } },
    { source_mask: 24 },
    { src_netmask: '255.0.0.0' },
    { ip_end: 'x' },
    { operator: '!=' },
    { source_op: 'not_in' },
    { operator: ['is'] },
    { match: { operator: 'contains' } },
    { direction: 'out' },
    { chain: { value: 'OUTPUT' } },
    { type: 'egress' },
    { hook: 'Forward' },
  ])('of %j turns what was read into something else', (raw) => {
    expect(unread(raw)).toEqual([expect.objectContaining({ isReversing: true })]);
  });

  it.each([
    { mask: 24 },
    { end: 'x' },
    { operator: 'equals' },
    { source_op: ' = ' },
    { comparison: 'Matches' },
  ])('of %j does not', (raw) =>
    expect(unread(raw)).toEqual([expect.objectContaining({ isReversing: false })]),
  );
});

describe('whether a rule applies', () => {
  it.each([
    [{}, true],
    [{ created_at: '2026-05-14', action: 'allow' }, true],
    [{ enabled: null }, true],
    [{ enabled: 'yes' }, true],
    [{ inEffect: 1 }, true],
    [{ is_live: false }, false],
    [{ disabled: true }, false],
    [{ disabled: 'no' }, true],
    // A word of its own says what it is, whatever the field is called.
    [{ disabled: 'paused' }, false],
    [{ disabled: 'active' }, true],
    [{ status: 'Active' }, true],
    [{ status: 'in effect' }, true],
    [{ status: 'In-Effect' }, true],
    [{ state: ' draft ' }, false],
    [{ state: { value: 'paused' } }, false],
    [{ state: { enabled: 0, name: 'live' } }, false],
    [{ status: { slug: 'expired' } }, false],
    [{ status: { name: 'live' } }, true],
    [{ enabled: true, status: 'paused' }, false],
    [{ status: 'paused', enabled: true }, false],
    [{ expires_at: '', schedule: false, valid: false }, true],
    // What is off is off, whatever else is said.
    [{ status: 'odd', enabled: false }, false],
    [{ enabled: false, expires_at: '2026-05-14' }, false],
    // The end of a range of addresses is no time.
    [{ source_end: 'x', port_start: 22, end_ip: 'x' }, true],
  ])('%j: %j', (raw, isEnabled) => expect(ruleState(raw)).toMatchObject({ isEnabled, unread: null }));

  it.each([
    [{ status: 'pending' }, 'status'],
    [{ status: [] }, 'status'],
    [{ enabled: '' }, 'enabled'],
    [{ disabled: 'sometimes' }, 'disabled'],
    [{ validUntil: '2026-05-14' }, 'validUntil'],
    [{ schedule: { from: '08:00' } }, 'schedule'],
    [{ ttl: 0 }, 'ttl'],
    [{ enabled: true, expires_at: '2026-05-14', hours: '8-17' }, 'expires_at'],
  ])('is left open by %j', (raw, field) => {
    expect(ruleState(raw)).toMatchObject({ isEnabled: null, unread: field });
  });

  it('names the fields that it looked at', () => {
    const { names } = ruleState({ Is_Enabled: true, expires_at: '', source_end: 'x', status: null, id: 5 });
    expect([...names]).toEqual(['isenabled', 'expiresat']);
  });
});
