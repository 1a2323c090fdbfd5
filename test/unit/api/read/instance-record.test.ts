import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../../main/api/read/instance-record.ts';

/** A row as the reference has it. */
const promised = {
  id: '01H9',
  name: 'api-prod-1',
  hostname: 'api-prod-1.server.evorxa.net',
  plan: 'scout-2',
  status: 'running',
  main_ip: '203.0.113.42',
  vcpu: 2,
  ram: 4,
  storage: 60,
  billed_till: '2026-06-14T00:00:00.000Z',
  ip_addresses: ['203.0.113.42'],
};

const text = fc.oneof(fc.string({ minLength: 1 }), fc.constant('x'.repeat(3_000)));
const odd = fc.oneof(
  fc.constant(null),
  fc.constant(''),
  fc.integer(),
  fc.boolean(),
  fc.jsonValue({ maxDepth: 1 }),
);
const mostly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: odd });

/** Rows as the reference has them, with something odd here and there. */
const row = fc.record(
  {
    id: mostly(fc.oneof(fc.uuid(), fc.nat())),
    name: mostly(text),
    hostname: mostly(text),
    status: mostly(fc.constantFrom('running', 'stopped')),
    plan: mostly(text),
    vcpu: mostly(fc.nat()),
    ram: mostly(fc.double({ min: 0, max: 512, noNaN: true })),
    storage: mostly(fc.nat()),
    main_ip: mostly(fc.option(fc.ipV4())),
    ip_addresses: mostly(fc.array(mostly(fc.ipV4()))),
    os_name: mostly(text),
    project_id: mostly(fc.oneof(fc.nat(), fc.uuid())),
    billed_till: mostly(fc.constantFrom('2026-06-14T00:00:00.000Z', '2026-06-14')),
  },
  { requiredKeys: ['id', 'name', 'hostname', 'status', 'plan', 'vcpu', 'ram', 'storage', 'ip_addresses'] },
);

const read = (raw: object) => {
  const said: string[] = [];
  return { record: readInstance(raw, '', (path) => said.push(path)), said };
};
/** The same row, kept from the short way by a field that says nothing. */
const readTolerantly = (raw: object) => read({ ...raw, created_at: null });

it('reads a row by the short way as by the tolerant one', () => {
  fc.assert(
    fc.property(row, (raw) => {
      expect(read(raw)).toEqual(readTolerantly(raw));
    }),
  );
});

/** A row without one of its fields. */
const lacking = (raw: object, name: string): object =>
  Object.fromEntries(Object.entries(raw).filter(([key]) => key !== name));

const full = { ...promised, os_name: 'Debian 12', project_id: 3 };
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -5, 32, 200, 255, 256, 9_999, 10_000, 2e6, 1.5],
  ...[
    '',
    'x',
    ' x',
    'x ',
    'a  b',
    'a b',
    'a\u202eb',
    'é',
    'x'.repeat(2_000),
    'x'.repeat(2_001),
    '5',
    'A.example',
  ],
  ...[
    '0.0.0.0',
    '::',
    '203.0.113.7',
    '203.0.113.007',
    '2001:DB8::1',
    '2001:db8::1',
    '2026-06-14',
    '2026-13-14',
  ],
  ...[[], ['x'], ['0.0.0.0'], ['203.0.113.7', '203.0.113.7'], ['203.0.113.7', '::', '203.0.113.8'], [5]],
  ...[['203.0.113.7', '2001:db8::1'], {}, { id: 5 }, { value: 'x' }, { address: '203.0.113.7' }],
];

it.each(Object.keys(full))('reads any %s by the short way as by the tolerant one', (name) => {
  for (const value of oddValues) {
    const raw = { ...full, [name]: value };
    expect([value, read(raw)]).toEqual([value, readTolerantly(raw)]);
  }
  const without = lacking(full, name);
  expect(read(without)).toEqual(readTolerantly(without));
});

it.each([
  { ip: '203.0.113.7' },
  { mainIp: '203.0.113.7' },
  { os: 'Debian' },
  { 'OS-Name': 'Debian' },
  { project: { id: 9 } },
  { projectId: 9 },
  { ipv6: '2001:db8::1' },
  { additional_ips: ['203.0.113.9'] },
  { attributes: { name: 'web' } },
  { data: { id: 7 } },
  { instance: { id: 7, name: 'web' } },
  { server: { id: 7, name: 'web' } },
])('overlooks no %j beside the fields of the reference, or for one of them', (fields) => {
  const withoutAddress = lacking(promised, 'main_ip');
  for (const raw of [
    { ...promised, ...fields },
    { ...full, ...fields },
    { ...withoutAddress, ...fields },
  ])
    expect(read(raw)).toEqual(readTolerantly(raw));
});

it.each([
  'pending_deletion',
  'is_pending_deletion',
  'cancel_at_period_end',
  'deletion_at',
  'scheduled_deletion_at',
  'delete_at',
  'cancel_at',
  'reboot_required',
  'reboot_pending',
  'pending_reboot',
  'restart_required',
  'created_at',
])('overlooks no %s', (name) => {
  const plain = readInstance(promised, '', () => undefined);
  const marked = [true, '2026-06-14'].map((value) =>
    readInstance({ ...promised, [name]: value }, '', () => undefined),
  );
  expect(marked).not.toEqual([plain, plain]);
});

it.each([
  {},
  { main_ip: null, ip_addresses: [] },
  { os_name: 'Debian 12', project_id: 3 },
  { os_name: null, project_id: null },
  { name: 'Web of the shop', status: 'é', plan: 'x'.repeat(2_000) },
  { ram: 0.5, storage: 9_999, vcpu: 0 },
  { ip_addresses: ['203.0.113.42', '203.0.113.43', '2001:db8::1'], main_ip: '2001:db8::1' },
  { pending_deletion: false, reboot_required: false },
])('takes the short way for the row of the reference with %j', (fields) => {
  const asked = new Set<string | symbol>();
  const raw = new Proxy(
    { ...promised, ...fields },
    {
      get(target, name) {
        asked.add(name);
        return Reflect.get(target, name) as unknown;
      },
    },
  );
  expect(read(raw)).toMatchObject({ record: { id: '01H9' }, said: [] });
  // The tolerant reading alone asks when it was made.
  expect(asked.has('created_at')).toBe(false);
  expect(asked.has('name')).toBe(true);
});

it('knows rows of many shapes apart, however often they come', () => {
  const marked = { ...promised, os: 'Debian' };
  for (let round = 0; round < 3; round += 1) {
    expect(read(promised).record?.osName).toBeNull();
    expect(read(marked).record?.osName).toBe('Debian');
  }
});

describe('a row in another form', () => {
  it.each([
    [{ instance: { id: 7, name: 'web' } }, { name: 'web' }],
    [{ server: { id: 7, name: 'web' } }, { name: 'web' }],
    [{ id: 7, state: 'stopped' }, { status: 'stopped' }],
    [{ id: 7 }, { name: '7', status: '', hostname: null, mainIp: null, addresses: [] }],
    [
      { id: 7, fqdn: 'a.example' },
      { name: 'a.example', hostname: 'a.example' },
    ],
    [
      { id: 7, ips: ['0.0.0.0', '203.0.113.7', '::'] },
      { addresses: ['203.0.113.7'], mainIp: '203.0.113.7' },
    ],
    [{ id: 7, ips: ['10.0.0.5', '203.0.113.7'] }, { mainIp: '203.0.113.7' }],
    [{ id: 7, ips: ['10.0.0.5'] }, { mainIp: '10.0.0.5' }],
    // None yet, and not the first one that there is.
    [{ id: 7, main_ip: null, ips: ['203.0.113.7'] }, { mainIp: null }],
    [{ id: 7, main_ip: '0.0.0.0', ips: ['203.0.113.7'] }, { mainIp: null }],
    [{ id: 7, ipv4: ['203.0.113.7'], ipv6: '2001:db8::1' }, { addresses: ['203.0.113.7', '2001:db8::1'] }],
    [{ id: 7, ipv6: true }, { addresses: [] }],
    [{ id: 7, ipv6: { enabled: true } }, { addresses: [] }],
    [{ id: 7, ipv6: { address: '2001:db8::1' } }, { addresses: ['2001:db8::1'] }],
  ])('%j', (raw, expected) => expect(read(raw)).toMatchObject({ record: expected, said: [] }));

  it('without an id, or none at all, is none and told of', () => {
    expect(read({ name: 'web' })).toEqual({ record: null, said: ['.id'] });
    expect(readInstance('x', 'rows[0]', () => undefined)).toBeNull();
    expect(readInstance(null, 'rows[0]', () => undefined)).toBeNull();
    expect(read({ id: 7, ram: 'much' })).toMatchObject({ record: { ramGb: null }, said: ['.ram'] });
  });
});
