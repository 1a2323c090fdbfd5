import { describe, expect, it } from 'vitest';
import { ruleReader } from '../../../../main/api/read/shield-rule.ts';

const documented = { id: 11, action: 'allow', protocol: 'tcp', src_cidr: '198.51.100.7/32', dst_port: 22 };
const anonymous = { action: 'allow', protocol: 'tcp' };
const withoutSource = { id: 11, ...anonymous, dst_port: 22 };
const withoutPort = { id: 11, ...anonymous, src_cidr: '198.51.100.7/32' };

function read(raw: unknown, family: 4 | 6 = 4) {
  const said: string[] = [];
  const rule = ruleReader(family)(raw, 'rules[0]', (path) => said.push(path));
  return { rule, said };
}

describe('the source of a rule', () => {
  it.each<readonly [fields: object, source: string]>([
    [{ src_cidr: '198.51.100.7/32' }, '198.51.100.7/32'],
    [{ srcCidr: '198.51.100.7/32' }, '198.51.100.7/32'],
    [{ 'Source-CIDR': '198.51.100.9/24' }, '198.51.100.0/24'],
    [{ source: { cidr: '198.51.100.7/32' } }, '198.51.100.7/32'],
    [{ source: { ip: '198.51.100.0', prefix: 24 } }, '198.51.100.0/24'],
    [{ source: { subnet: '2001:db8::', cidr: 48 } }, '2001:db8::/48'],
    [{ source: '["198.51.100.7/32"]' }, '198.51.100.7/32'],
    [{ src_cidr: null }, '0.0.0.0/0'],
    [{ srcCidr: null }, '0.0.0.0/0'],
    [{}, '0.0.0.0/0'],
    [{ shield_ip_id: 5, updated_at: '2026-05-14' }, '0.0.0.0/0'],
    [{ src_cidr: '203.0.113.9/0' }, '0.0.0.0/0'],
    [{ src_cidr: null, source_ip: '198.51.100.7' }, '198.51.100.7'],
    [{ src_cidr: '100.0.0.0' }, '100.0.0.0'],
    ...['cidr_block', 'network', 'subnet', 'address', 'ip', 'value', 'cidr'].map(
      (name) => [{ source: { [name]: '198.51.100.0/24' } }, '198.51.100.0/24'] as const,
    ),
    ...['prefix', 'prefix_length', 'mask', 'bits', 'cidr'].map(
      (name) => [{ source: { ip: '198.51.100.0', [name]: '24' } }, '198.51.100.0/24'] as const,
    ),
    [{ source: { ip: '198.51.100.0/24', prefix: 24 } }, '198.51.100.0/24'],
    [{ src_cidr: '::ffff:0:0/96' }, '0.0.0.0/0'],
  ])('%j is %j', (fields, source) => {
    expect(read({ ...withoutSource, ...fields })).toMatchObject({
      rule: { sourceCidr: source, destinationPort: 22 },
      said: [],
    });
  });

  it.each([
    [{ src_cidr: 'office' }, 'src_cidr'],
    [{ src_cidr: '0.0.0.0' }, 'src_cidr'],
    [{ src_cidr: ' 0.0.0.0 ' }, 'src_cidr'],
    [{ src_cidr: '::' }, 'src_cidr'],
    [{ source: { ip: '198.51.100.0', mask: '255.255.255.0' } }, 'source'],
    [{ source: { ip: 'office', prefix: 24 } }, 'source'],
    [{ source_ip: '198.51.100.7', source_mask: 24 }, 'source_mask'],
    [{ src_ip: '198.51.100.7', src_netmask: '255.255.0.0' }, 'src_netmask'],
    [{ source_end: '198.51.100.9' }, 'source_end'],
    [{ ip_end: '198.51.100.9' }, 'ip_end'],
    [{ src_cidr: '' }, 'src_cidr'],
    [{ src_cidr: ['10.0.0.0/8', '192.168.0.0/16'] }, 'src_cidr'],
    [{ src_cidr: 5 }, 'src_cidr'],
    [{ src_cidr: {} }, 'src_cidr'],
    [{ source: { country: 'DE' } }, 'source'],
    [{ allowed_networks: ['10.0.0.0/8'] }, 'allowed_networks'],
    [{ peerAddress: '10.0.0.1' }, 'peerAddress'],
    [{ ip_range: '10.0.0.1-10.0.0.9' }, 'ip_range'],
  ])('%j is not readable, and said', (fields, field) => {
    expect(read({ ...withoutSource, ...fields })).toMatchObject({
      rule: { sourceCidr: null, destinationPort: 22 },
      said: [`rules[0].${field}`],
    });
  });

  it('of everybody is written for the family of the address', () => {
    expect(read(withoutSource, 6).rule?.sourceCidr).toBe('::/0');
    expect(read({ ...withoutSource, src_cidr: 'any' }, 6).rule?.sourceCidr).toBe('::/0');
  });
});

describe('the port of a rule', () => {
  it.each<readonly [fields: object, port: number | 'any']>([
    [{ dst_port: 22 }, 22],
    [{ dstPort: '22' }, 22],
    [{ destination_port: 22 }, 22],
    [{ destination: { port: 22 } }, 22],
    [{ port: { from: 22, to: 22 } }, 22],
    [{ dst_port: '22-22' }, 22],
    ...['22:22', '22–22', ' 22 - 22 '].map((port) => [{ dst_port: port }, 22] as const),
    ...['port', 'value', 'number', 'id'].map((name) => [{ port: { [name]: 22 } }, 22] as const),
    ...['from', 'start', 'min'].flatMap((from) =>
      ['to', 'end', 'max'].map((to) => [{ port: { [from]: 22, [to]: '22' } }, 22] as const),
    ),
    [{ dst_port: 1 }, 1],
    [{ dst_port: 65_535 }, 65_535],
    [{ dst_port: '0-65535' }, 'any'],
    [{ ports: { from: 1, to: 65_535 } }, 'any'],
    [{ dst_port: '1:65535' }, 'any'],
    [{ port_start: 22, port_end: 22 }, 22],
    [{ dst_port: null }, 'any'],
    [{ dst_port: 'any' }, 'any'],
    [{}, 'any'],
  ])('%j is %j', (fields, port) => {
    expect(read({ ...withoutPort, ...fields })).toMatchObject({
      rule: { destinationPort: port, sourceCidr: '198.51.100.7/32' },
      said: [],
    });
  });

  it.each<readonly [fields: object, field: string]>([
    [{ dst_port: '8000-9000' }, 'dst_port'],
    ...['22-22x', 'x22-22', '2-65535', '0-65534', 'http'].map(
      (port) => [{ dst_port: port }, 'dst_port'] as const,
    ),
    [{ dst_port: 22.5 }, 'dst_port'],
    [{ dst_port: true }, 'dst_port'],
    [{ port: { from: 22 } }, 'port'],
    [{ port: { to: 22 } }, 'port'],
    [{ port: { from: -1, to: 65_535 } }, 'port'],
    [{ port: { value: { port: 22 } } }, 'port'],
    [{ port: {} }, 'port'],
    // Without its upper end it is open.
    [{ from_port: 22 }, 'from_port'],
    [{ dst_port: 0 }, 'dst_port'],
    [{ dst_port: 70_000 }, 'dst_port'],
    [{ dst_port: '' }, 'dst_port'],
    [{ port: { from: 1, to: 1024 } }, 'port'],
    [{ dst_ports: [22, 443] }, 'dst_ports'],
    [{ port_range: '1:1024' }, 'port_range'],
  ])('%j is not readable, and said', (fields, field) => {
    expect(read({ ...withoutPort, ...fields })).toMatchObject({
      rule: { destinationPort: null, sourceCidr: '198.51.100.7/32' },
      said: [`rules[0].${field}`],
    });
  });
});

describe('a rule', () => {
  it('is nothing known where none of its fields is', () => {
    const { rule, said } = read({ id: 11, effect: { a: 1 } });
    expect(rule).toEqual({
      id: '11',
      action: null,
      protocol: null,
      sourceCidr: null,
      destinationPort: null,
      isEnabled: true,
      hasUnreadFields: true,
    });
    expect(said).toHaveLength(3);
  });

  it('without an id stays, and so does one whose protocol is a number', () => {
    expect(read({ ...anonymous, protocol: 17 }).rule).toMatchObject({ id: 'rules[0]', protocol: 'udp' });
  });

  it.each([['allow '.repeat(20)], [{}], [null], [undefined], ['']])('has no protocol in %j', (protocol) => {
    expect(read({ ...documented, protocol })).toMatchObject({
      rule: { protocol: null },
      said: ['rules[0].protocol'],
    });
  });

  it('is none where it is no object', () => {
    expect(read('allow all').rule).toBeNull();
    expect(read({ ...documented, id: {} })).toEqual({ rule: null, said: ['rules[0].id'] });
  });
});

describe('what is said of a rule', () => {
  const sentences = (raw: unknown): readonly string[] => {
    const said: string[] = [];
    ruleReader(4)(raw, 'rules[0]', (path, message) => said.push(`${path}: ${message}`));
    return said;
  };

  it('is which part of it cannot be told, each once', () => {
    expect(sentences({ ...documented, action: null, protocol: '?', status: 'pending', tags: ['x'] })).toEqual(
      [
        'rules[0].action: expected a word',
        'rules[0].protocol: expected a protocol',
        'rules[0].status: expected whether the rule applies',
        'rules[0].tags: expected a field that is known',
      ],
    );
    expect(sentences({ ...withoutPort, l4: { dport: 22 } })).toEqual([
      'rules[0].l4.dport: expected what the rule matches',
    ]);
    // Where the API says neither what is allowed nor by which protocol, what is absent is not "any".
    expect(sentences({ id: 11, effect: null })).toEqual([
      'rules[0].action: expected a word',
      'rules[0].protocol: expected a protocol',
      'rules[0].src_cidr: expected what the rule matches',
      'rules[0].dst_port: expected what the rule matches',
    ]);
    expect(sentences({ ...withoutSource, protocol: undefined, proto: 'tcp' })).toEqual([]);
  });
});

describe('a rule with fields that are not understood', () => {
  const open = { id: 11, action: 'allow', protocol: 'tcp' };
  const everybody = { sourceCidr: '0.0.0.0/0', destinationPort: 'any', hasUnreadFields: false };

  it.each([
    [{ sources: ['198.51.100.7/32'] }, '198.51.100.7/32', 'any'],
    [{ srcs: '198.51.100.7/32' }, '198.51.100.7/32', 'any'],
    [{ cidrs: ['198.51.100.7/32'] }, '198.51.100.7/32', 'any'],
    [{ saddr: '198.51.100.7' }, '198.51.100.7', 'any'],
    [{ to: 22 }, '0.0.0.0/0', 22],
    [{ dst: '22' }, '0.0.0.0/0', 22],
    [{ svc: 22 }, '0.0.0.0/0', 22],
    [{ dpt: '443' }, '0.0.0.0/0', 443],
    [{ ports: [443] }, '0.0.0.0/0', 443],
    [{ from_port: 22, to_port: 22 }, '0.0.0.0/0', 22],
  ])('reads the other words of %j', (fields, sourceCidr, destinationPort) => {
    expect(read({ ...open, ...fields })).toMatchObject({
      rule: { sourceCidr, destinationPort, hasUnreadFields: false },
      said: [],
    });
  });

  it.each([
    [{ sources: ['10.0.0.0/8', '192.168.0.0/16'] }],
    [{ acl: 'office' }],
    [{ whitelist: ['198.51.100.7/32'] }],
    [{ denylist: 'botnets' }],
    [{ who: 'admins' }],
    [{ country: 'DE' }],
    [{ country: 'NO' }],
    [{ countries: ['DE', 'FR'] }],
    [{ geo: { include: ['DE'] } }],
    [{ asn: 64_500 }],
    [{ GeoIP: 'EU' }],
    [{ ipset: 'trusted' }],
    [{ source: { cidr: '0.0.0.0/0', country: 'DE' } }],
    [{ src_cidr: '0.0.0.0/0', country: 'DE' }],
    [{ src_cidr: null, asn: [64_500] }],
    [{ source: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
    [{ src: '0.0.0.0/0', source_ip: '198.51.100.7' }],
    [{ src_cidr: '10.0.0.0/8', src_negate: true }],
    [{ src_cidr: '10.0.0.0/8', notSource: 1 }],
    [{ src_cidr: '10.0.0.0/8', source_operator: 'not_in' }],
  ])('does not know the source of %j', (fields) => {
    const { rule, said } = read({ ...open, dst_port: 22, ...fields });
    expect(rule).toMatchObject({ sourceCidr: null, destinationPort: 22 });
    expect(said.length).toBeGreaterThan(0);
  });

  it.each([
    [{ to: 'https' }],
    [{ services: ['ssh', 'http'] }],
    [{ from_port: 1, to_port: 1024 }],
    [{ from_port: 1024 }],
    [{ dst_port: 443, except_ports: [443] }],
    [{ port: { from: 22, to: 22, step: 2 } }],
  ])('does not know the port of %j', (fields) => {
    const { rule, said } = read({ ...open, src_cidr: '198.51.100.7/32', ...fields });
    expect(rule).toMatchObject({ sourceCidr: '198.51.100.7/32', destinationPort: null });
    expect(said.length).toBeGreaterThan(0);
  });

  it.each([
    [{ match: { src: '198.51.100.7/32', dport: 22 } }],
    [{ filter: { name: 'office' } }],
    [{ conditions: [{ field: 'ip', value: '198.51.100.7' }] }],
    [{ selector: { labels: { role: 'web' } } }],
    [{ expression: 'ip.src eq 198.51.100.7' }],
    [{ blob: 'x' }],
    [{ src_port: 1234 }],
    [{ negate: true }],
    [{ inverted: 1 }],
    [{ except: ['198.51.100.7/32'] }],
    [{ exclude: { cidr: '198.51.100.7/32' }, excluded_ports: [22] }],
    [{ direction: 'outbound' }],
    [{ type: 'egress' }],
    [{ rate_limit: 100 }],
    [{ tor_only: true }],
  ])('does not take %j for any source and any port', (fields) => {
    const { rule, said } = read({ ...open, ...fields });
    expect(rule).toMatchObject({ sourceCidr: null, destinationPort: null, hasUnreadFields: true });
    expect(said.length).toBeGreaterThan(0);
  });

  it.each([
    [{ selector: { cidr: '198.51.100.7/32' } }, { sourceCidr: null }],
    [{ l4: { dport: 22 } }, { destinationPort: null }],
  ])('does not read through %j', (fields, part) => {
    expect(read({ ...open, ...fields }).rule).toMatchObject(part);
  });

  it.each([
    [{ negate: true }],
    [{ is_inverted: 'yes' }],
    [{ not: 1 }],
    [{ operator: '!=' }],
    [{ direction: 'out' }],
  ])('does not show %j as its opposite', (fields) => {
    expect(read({ ...documented, ...fields }).rule).toMatchObject({
      sourceCidr: null,
      destinationPort: null,
    });
  });

  it('keeps what can be read, and says that there is more', () => {
    expect(read({ ...documented, tcp_flags: 'syn' }).rule?.protocol).toBe('tcp');
    expect(read({ ...documented, protocol: '*', tcp_flags: 'syn' }).rule?.protocol).toBeNull();
    expect(read({ ...documented, negate: true }).rule?.protocol).toBeNull();
    expect(read({ ...open, to: 'https' }).rule).toMatchObject({ hasUnreadFields: true });
    expect(read({ ...open, destination: { port: 22, ip: '10.0.0.1' } }).rule).toMatchObject({
      sourceCidr: null,
      destinationPort: 22,
      hasUnreadFields: true,
    });
    expect(read({ ...documented, country: 'DE' })).toMatchObject({
      rule: { sourceCidr: '198.51.100.7/32', destinationPort: 22, hasUnreadFields: true },
      said: ['rules[0].country'],
    });
    expect(read({ ...open, protocol: 'any', matchers: ['x'] }).rule?.protocol).toBeNull();
  });

  it.each([
    [{ name: 'Web', comment: { value: 'x', label: 'X' }, notes: 'for the office' }],
    [{ created_at: '2026-05-14', updatedAt: 1_780_000_000, created: { by: 5 } }],
    [{ priority: 10, position: 1, hits: 5, bytes: '1200', packets: 7, counters: { bytes: 1, packets: 2 } }],
    [{ uuid: 'a', shield_ip_id: 5, rule: null, links: { self: '/rules/11' } }],
    [{ direction: 'in' }],
    [{ type: 'ingress', ip_version: 4, family: 'ipv4' }],
    [{ negate: false, except: [], exclude: '', invert: 0, country: null, geo: 'any', filter: {}, tags: [] }],
    [{ map_key: '11', key: '11', code: '11', slug: '11' }],
    [{ enabled: true, status: 'active' }],
  ])('takes %j for no restriction', (fields) => {
    expect(read({ ...open, ...fields })).toMatchObject({ rule: everybody, said: [] });
  });

  it.each([
    [{ enabled: false }, false],
    [{ isEnabled: 0 }, false],
    [{ disabled: true }, false],
    [{ active: 'no' }, false],
    [{ status: 'disabled' }, false],
    [{ state: { value: 'paused', label: 'Paused' } }, false],
    [{ suspended: 1 }, false],
    [{ disabled: false }, true],
    [{ is_active: '1' }, true],
    [{ enabled: 'sometimes' }, null],
    [{ status: 'pending' }, null],
    [{ expires_at: '2026-05-14' }, null],
    [{ deleted_at: '2026-05-14' }, null],
    [{ schedule: { from: '08:00' } }, null],
    [{ expires_at: null, deleted_at: null }, true],
    [{}, true],
  ])('applies where %j says so: %j', (fields, isEnabled) => {
    const { rule, said } = read({ ...documented, ...fields });
    expect(rule).toMatchObject({ isEnabled, sourceCidr: '198.51.100.7/32', destinationPort: 22 });
    expect(said).toHaveLength(isEnabled === null ? 1 : 0);
  });
});
