import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../../main/api/routes.ts';
import { readEndpoint as read } from '../support/read-endpoint.ts';

const rule = { id: 11, action: 'allow', protocol: 'tcp', dst_port: 22 };
const readRule = {
  id: '11',
  action: 'allow',
  protocol: 'tcp',
  sourceCidr: '0.0.0.0/0',
  destinationPort: 22,
  isEnabled: true,
  hasUnreadFields: false,
};
const address = '203.0.113.5';

describe('a protected address', () => {
  const empty = { id: '5', address, instanceId: null, ruleCount: null, defaultIn: null, defaultOut: null };

  it.each<readonly [fields: object, expected: object]>([
    [{ ip: address }, {}],
    [{ address }, {}],
    [{ ip_address: address }, {}],
    [{ address, instance_id: 'i1' }, { instanceId: 'i1' }],
    [{ address, rules: [rule, rule] }, { ruleCount: 2 }],
    [{ address, firewall_rules: [rule] }, { ruleCount: 1 }],
    // The rules themselves are counted, where they are all there.
    [{ address, rules: [rule, rule], rules_count: 9 }, { ruleCount: 2 }],
    [{ address, rules: { data: [rule], total: 4 } }, { ruleCount: 4 }],
    [{ address, rules: { data: [rule], has_more: true }, rules_count: 9 }, { ruleCount: 9 }],
    ...['rules_count', 'rule_count', 'rules', 'rules_total'].map(
      (name) => [{ address, [name]: 9 }, { ruleCount: 9 }] as const,
    ),
    ...['default_in', 'policy_default_in', 'policy_in', 'policy_inbound'].map(
      (name) => [{ address, [name]: 'allow' }, { defaultIn: 'allow' }] as const,
    ),
    ...['default_out', 'policy_default_out', 'policy_out', 'policy_outbound'].map(
      (name) => [{ address, [name]: 'block' }, { defaultOut: 'block' }] as const,
    ),
  ])('is read from %j', (fields, expected) => {
    expect(read('shield.ips', [{ id: 5, ...fields }])).toEqual({
      value: [{ ...empty, ...expected }],
      said: [],
    });
  });

  it('without an address or an id is left out, and told of', () => {
    expect(read('shield.ips', [{ id: 4 }, { address }, 'x', { id: 5, address }])).toEqual({
      value: [empty],
      said: [
        '[0].ip: expected an address, got null',
        '[1].id: expected an id, got null',
        '[2]: expected an object, got string',
      ],
    });
  });
});

describe('one protected address', () => {
  const one = (body: unknown) => read('shield.ip', body);
  const profile = {
    id: '5',
    address,
    instanceId: null,
    ruleCount: 1,
    defaultIn: null,
    defaultOut: null,
    rdns: null,
    bandwidthCap: null,
    rules: [readRule],
  };

  it.each<readonly [fields: object, expected: object]>([
    [{ id: 5, address, rules: [rule] }, {}],
    [{ data: { id: 5, address, rules: [rule] } }, {}],
    [[{ id: 5, address, rules: [rule] }], {}],
    [{ ip: { id: 5, address, rules: [rule] } }, {}],
    // The rules and the policy beside the address.
    [{ ip: { id: 5, address }, rules: [rule], default_in: 'block' }, { defaultIn: 'block' }],
    [{ id: 5, ip: address, rules: [rule] }, {}],
    [{ id: 5, address, firewall_rules: [rule] }, {}],
    [{ id: 5, address, firewall: [rule] }, { ruleCount: null }],
    [
      { id: 5, address, rules: [] },
      { rules: [], ruleCount: 0 },
    ],
    ...['rdns', 'reverse_dns', 'ptr', 'rdns_hostname'].map(
      (name) => [{ id: 5, address, rules: [rule], [name]: 'a.example' }, { rdns: 'a.example' }] as const,
    ),
    [
      { id: 5, address: '2001:db8::1', rules: [rule] },
      { address: '2001:db8::1', rules: [{ ...readRule, sourceCidr: '::/0' }] },
    ],
  ])('is read from %j', (body, expected) => {
    expect(one(body)).toEqual({ value: { ...profile, ...expected }, said: [] });
  });

  it.each<readonly [fields: object, cap: object | null]>([
    ...['bandwidth_cap', 'bandwidth_limit', 'cap', 'port_speed', 'bandwidth'].map(
      (name) => [{ [`${name}_mbps`]: 1_000 }, { text: '1,000', unit: 'Mbit/s' }] as const,
    ),
    ...['bandwidth_cap', 'bandwidth_limit', 'cap', 'port_speed'].map(
      (name) => [{ [name]: 100 }, { text: '100', unit: 'unit not given' }] as const,
    ),
    [{ bandwidth_cap_mbps: 0 }, { text: '0', unit: 'Mbit/s' }],
    // A unit behind the number says it where the name has none.
    [{ bandwidth_cap: '1 Gbit/s' }, { text: '1,000', unit: 'Mbit/s' }],
    [{ port_speed: '500Mbps' }, { text: '500', unit: 'Mbit/s' }],
    [{ cap: { value: 2, unit: 'Gbit' } }, { text: '2,000', unit: 'Mbit/s' }],
    [{ bandwidth_cap: '80 %' }, { text: '80 %', unit: 'unit not given' }],
    [{ bandwidth_cap: '1 GB' }, { text: '1 GB', unit: 'unit not given' }],
    [{ bandwidth_cap: 'fast' }, { text: 'fast', unit: 'unit not given' }],
    // The traffic of a chart, and no limit.
    [{ bandwidth: 100 }, null],
    [{ bandwidth_cap: {} }, null],
    [{ bandwidth_cap: '' }, null],
  ])('is limited by %j to %j', (fields, bandwidthCap) => {
    expect(one({ id: 5, address, rules: [rule], ...fields })).toMatchObject({ value: { bandwidthCap } });
  });

  it('without rules says that they could not be read, and not that there are none', () => {
    expect(one({ id: 5, address })).toMatchObject({
      value: { rules: null },
      said: ['.rules: expected a list, got null'],
    });
    expect(one({ id: 5, address, rules: 'none' })).toMatchObject({ value: { rules: null } });
    expect(one({ id: 5, address, rules: [5, rule] })).toMatchObject({
      value: { rules: [readRule] },
      said: ['rules[0]: expected an object, got number'],
    });
  });

  it('that cannot be read is none', () => {
    expect(one(null)).toEqual({ value: null, said: [': expected an object, got null'] });
    expect(one('x')).toEqual({ value: null, said: [': expected an object, got null'] });
    expect(one({ id: 5, rules: [] })).toEqual({ value: null, said: ['.ip: expected an address, got null'] });
  });
});

describe.each(['shield.createRule', 'shield.updateRule'] as const)('the answer to %s', (id) => {
  it('has the rule, if it says so: it was saved in any case', () => {
    for (const body of [rule, { rule }, { data: rule }])
      expect(read(id, body)).toEqual({ value: { rule: readRule }, said: [] });
    for (const body of [undefined, 'ok', [], { message: 'Saved.' }, { rule: { action: 'allow' } }])
      expect(read(id, body)).toEqual({ value: { rule: null }, said: [] });
    expect(read(id, { rule: { ...rule, src_cidr: 'office' } })).toMatchObject({
      value: { rule: { sourceCidr: null } },
      said: ['rule.src_cidr: expected what the rule matches'],
    });
  });
});

describe('the traffic of an address', () => {
  const t = '2026-05-14T09:00:00Z';
  const atMs = [Date.UTC(2026, 4, 14, 9)];

  it.each([
    ...['in', 'rx', 'ingress', 'inbound', 'incoming'].flatMap((name) => [
      [{ [name]: 5, out: 7 }, 5, 7] as const,
      [{ [`${name}_kbps`]: 5, out: 7 }, 5_000, 7] as const,
    ]),
    ...['out', 'tx', 'egress', 'outbound', 'outgoing'].map((name) => [{ in: 5, [name]: 7 }, 5, 7] as const),
  ])('is read from %j', (point, inBits, outBits) => {
    expect(read('shield.bandwidth', [{ t, ...point }])).toEqual({
      value: { atMs, inBitsPerSecond: [inBits], outBitsPerSecond: [outBits] },
      said: [],
    });
  });

  it('without one of its columns says so, but not where there is none at all', () => {
    expect(read('shield.bandwidth', [{ t, in: 5 }])).toEqual({
      value: { atMs, inBitsPerSecond: [5], outBitsPerSecond: [null] },
      said: ['out: expected a column'],
    });
    expect(read('shield.bandwidth', [{ t, out: 5 }]).said).toEqual(['in: expected a column']);
    expect(read('shield.bandwidth', [])).toEqual({
      value: { atMs: [], inBitsPerSecond: [], outBitsPerSecond: [] },
      said: [],
    });
    expect(read('shield.bandwidth', 'none')).toEqual({
      value: null,
      said: ['bandwidth: expected a time series, got string'],
    });
  });

  it.each(['pps', 'packets_per_second', 'packets_per_sec', 'packets', 'in', 'value', 'rate'])(
    'is counted in packets under %s',
    (name) => {
      expect(read('shield.pps', [{ t, [name]: 5 }])).toEqual({
        value: { atMs, packetsPerSecond: [5] },
        said: [],
      });
    },
  );

  it('in no series of packets is none', () => {
    expect(read('shield.pps', null)).toEqual({
      value: null,
      said: ['pps: expected a time series, got null'],
    });
  });
});

describe('a ranking', () => {
  const bytes = 500;

  it.each<readonly [id: EndpointId, labels: string, details: string]>([
    ['shield.topIps', 'ip src_ip source_ip address source src', 'asn as_name country'],
    ['shield.topAsns', 'asn as_number as', 'name as_name asn_name org organization'],
    ['shield.countries', 'country_code code iso country name', 'country_name name country'],
    ['shield.ports', 'port dst_port destination_port', 'protocol service name'],
  ])('of %s is by any of %s, with more in any of %s', (id, labels, details) => {
    for (const label of labels.split(' '))
      expect(read(id, [{ [label]: 'x', bytes }])).toEqual({
        value: { unit: 'bytes', rows: [{ label: 'x', detail: null, value: 500 }] },
        said: [],
      });
    const [first = ''] = labels.split(' ');
    for (const detail of details.split(' '))
      expect(read(id, [{ [first]: 'x', [detail]: 'y', bytes }]).value).toEqual({
        unit: 'bytes',
        rows: [{ label: 'x', detail: 'y', value: 500 }],
      });
    expect(read(id, [{ bytes }, { [first]: 'x', bytes }]).said).toEqual([`[0].${first}: expected a name`]);
  });

  it('can be a number for each name, also in a wrapper', () => {
    for (const body of [{ DE: 0.4, US: 0.6 }, { data: { DE: 0.4, US: 0.6 } }, { Data: { DE: 0.4, US: 0.6 } }])
      expect(read('shield.countries', body).value).toMatchObject({
        rows: [
          { label: 'DE', value: 0.4 },
          { label: 'US', value: 0.6 },
        ],
      });
  });

  it('is called by its code rather than by its name', () => {
    expect(read('shield.countries', [{ name: 'Germany', iso: 'DE', bytes }]).value).toMatchObject({
      rows: [{ label: 'DE', detail: 'Germany' }],
    });
  });
});
