import { describe, expect, it } from 'vitest';
import { readEndpoint as read } from '../support/read-endpoint.ts';

const cnameFields = ['cname', 'cname_target', 'edge_hostname', 'edge', 'target', 'dns_target'];
const app = {
  id: '7',
  name: '7',
  originIp: null,
  originPort: null,
  isFirewallOn: null,
  hostnames: [],
  cnameCandidates: [],
  createdAtMs: null,
};

describe('a web application', () => {
  it.each<readonly [fields: object, expected: object]>([
    [{}, {}],
    ...['name', 'label', 'title'].map((name) => [{ [name]: 'Shop' }, { name: 'Shop' }] as const),
    ...['origin_ip', 'origin', 'origin_address'].map(
      (name) => [{ [name]: '203.0.113.5' }, { originIp: '203.0.113.5' }] as const,
    ),
    ...['origin_port', 'port'].map((name) => [{ [name]: '8080' }, { originPort: 8080 }] as const),
    ...['firewall_enabled', 'waf_enabled', 'firewall'].flatMap((name) => [
      [{ [name]: true }, { isFirewallOn: true }] as const,
      [{ [name]: 0 }, { isFirewallOn: false }] as const,
    ]),
    [{ firewall: { enabled: false } }, { isFirewallOn: false }],
    [{ firewall: '{"enabled":true}' }, { isFirewallOn: true }],
    [{ created_at: '2026-05-14T09:00:00Z' }, { createdAtMs: Date.UTC(2026, 4, 14, 9) }],
    ...cnameFields.map(
      (field) =>
        [{ [field]: 'edge.example' }, { cnameCandidates: [{ field, value: 'edge.example' }] }] as const,
    ),
    [
      { target: 'b.example', cname: 'a.example' },
      {
        cnameCandidates: [
          { field: 'cname', value: 'a.example' },
          { field: 'target', value: 'b.example' },
        ],
      },
    ],
  ])('is read from %j', (fields, expected) => {
    const raw = { id: 7, ...fields };
    const value = { ...app, ...expected };
    expect(read('waf.list', [raw])).toEqual({ value: [value], said: [] });
    for (const body of [raw, { app: raw }, { application: raw }, { data: raw }]) {
      expect(read('waf.get', body)).toEqual({ value, said: [] });
      expect(read('waf.create', body)).toEqual({ value: { app: value }, said: [] });
    }
  });

  it('that was made is known where the answer has it: it was made in any case', () => {
    for (const body of [undefined, 'ok', { message: 'Created.' }, [], { app: { name: 'Shop' } }])
      expect(read('waf.create', body)).toEqual({ value: { app: null }, said: [] });
  });

  it('that is none is told of', () => {
    expect(read('waf.get', { name: 'Shop' })).toEqual({
      value: null,
      said: ['app.id: expected an id, got null'],
    });
    expect(read('waf.get', null)).toEqual({ value: null, said: ['app: expected an object, got null'] });
    expect(read('waf.create', { app: { id: {} } })).toEqual({
      value: { app: null },
      said: ['app.id: expected an id, got object'],
    });
    expect(read('waf.get', { id: 7, firewall: { enabled: 'maybe' } })).toMatchObject({
      value: { isFirewallOn: null },
      said: ['app.firewall.enabled: expected true or false, got string'],
    });
  });
});

describe('a host name of it', () => {
  const hostnames = (raw: unknown) => {
    const { value, said } = read('waf.list', [{ id: 7, hostnames: raw }]);
    return { hostnames: (value as readonly { hostnames: unknown }[] | null)?.[0]?.hostnames, said };
  };
  const empty = {
    id: '3',
    hostname: null,
    sslStatus: null,
    sslMessage: null,
    isPrimary: false,
    cnameCandidates: [],
  };

  it.each<readonly [fields: object, expected: object]>([
    [{}, {}],
    ...['hostname', 'name', 'domain'].map(
      (name) => [{ [name]: 'shop.example' }, { hostname: 'shop.example' }] as const,
    ),
    [{ hostname: '*.Shop.Example.' }, { hostname: '*.shop.example' }],
    ...['ssl_status', 'ssl_state', 'tls_status', 'certificate_status'].map(
      (name) => [{ [name]: 'active' }, { sslStatus: 'active' }] as const,
    ),
    ...['ssl_error', 'ssl_message'].map((name) => [{ [name]: 'DNS' }, { sslMessage: 'DNS' }] as const),
    ...['is_primary', 'primary'].map((name) => [{ [name]: 1 }, { isPrimary: true }] as const),
    [{ edge: 'edge.example' }, { cnameCandidates: [{ field: 'edge', value: 'edge.example' }] }],
  ])('is read from %j', (fields, expected) => {
    expect(hostnames([{ id: 3, ...fields }])).toEqual({ hostnames: [{ ...empty, ...expected }], said: [] });
  });

  it('can be a text alone', () => {
    expect(hostnames(['shop.example'])).toEqual({
      hostnames: [{ ...empty, id: 'shop.example', hostname: 'shop.example' }],
      said: [],
    });
  });

  it('that cannot be read is told of by its place, and the others stay', () => {
    expect(hostnames([5, { hostname: 'a.example' }, { id: 3 }])).toEqual({
      hostnames: [empty],
      said: [
        '[0].hostnames[0]: expected an object, got number',
        '[0].hostnames[1].id: expected an id, got null',
      ],
    });
    expect(hostnames('none')).toEqual({
      hostnames: [],
      said: ['[0].hostnames: expected a list, got string'],
    });
  });
});
