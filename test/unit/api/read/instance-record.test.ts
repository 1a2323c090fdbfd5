import fc from 'fast-check';
import { expect, it } from 'vitest';
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
    billed_till: mostly(
      fc.constantFrom('2026-06-14T00:00:00.000Z', '2026-06-14T00:00:00.000X', '2026-06-14'),
    ),
    created_at: mostly(fc.constant('2026-01-02T03:04:05.000Z')),
    cancel_at: odd,
  },
  { requiredKeys: ['id', 'name', 'hostname', 'status', 'plan', 'vcpu', 'ram', 'storage', 'ip_addresses'] },
);

it('reads a row by the short way as by the tolerant one', () => {
  fc.assert(
    fc.property(row, (raw) => {
      const said: string[] = [];
      const record = readInstance(raw, '', (path) => said.push(path));
      // A number as a text is the same number, and keeps the row from the short way.
      const other = typeof raw.vcpu === 'number' ? { ...raw, vcpu: String(raw.vcpu) } : raw;
      const told: string[] = [];
      expect(readInstance(other, '', (path) => told.push(path))).toEqual(record);
      expect(told).toEqual(said);
    }),
  );
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

it('takes the short way for the row of the reference', () => {
  let asked = 0;
  const raw = new Proxy(promised, {
    get(target, name) {
      // Names that only the tolerant reading tries.
      if (name === 'os') asked += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  expect(readInstance(raw, '', () => undefined)).toMatchObject({ id: '01H9', ramGb: 4 });
  expect(asked).toBe(0);
});
