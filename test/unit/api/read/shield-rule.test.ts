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
  it.each([
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
    [{ src_cidr: '::ffff:0:0/96' }, '0.0.0.0/0'],
  ])('%j is %j', (fields, source) => {
    expect(read({ ...withoutSource, ...fields })).toMatchObject({
      rule: { sourceCidr: source, destinationPort: 22 },
      said: [],
    });
  });

  it.each([
    [{ src_cidr: 'office' }, 'src_cidr'],
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
  it.each([
    [{ dst_port: 22 }, 22],
    [{ dstPort: '22' }, 22],
    [{ destination_port: 22 }, 22],
    [{ destination: { port: 22 } }, 22],
    [{ port: { from: 22, to: 22 } }, 22],
    [{ dst_port: null }, 'any'],
    [{ dst_port: 'any' }, 'any'],
    [{}, 'any'],
  ])('%j is %j', (fields, port) => {
    expect(read({ ...withoutPort, ...fields })).toMatchObject({
      rule: { destinationPort: port, sourceCidr: '198.51.100.7/32' },
      said: [],
    });
  });

  it.each([
    [{ dst_port: '8000-9000' }, 'dst_port'],
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
    expect(rule).toEqual({ id: '11', action: null, protocol: null, sourceCidr: null, destinationPort: null });
    expect(said).toHaveLength(4);
  });

  it('without an id stays, and so does one whose protocol is a number', () => {
    expect(read({ ...anonymous, protocol: 17 }).rule).toMatchObject({ id: 'rules[0]', protocol: 'udp' });
  });

  it.each([['allow '.repeat(20)], [{}], [null], [undefined]])('has no protocol in %j', (protocol) => {
    expect(read({ ...documented, protocol })).toMatchObject({
      rule: { protocol: null },
      said: ['rules[0].protocol'],
    });
  });

  it('is none where it is no object', () => {
    expect(read('allow all').rule).toBeNull();
  });
});
