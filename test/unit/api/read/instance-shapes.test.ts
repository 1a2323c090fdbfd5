import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../../main/api/read/instance-record.ts';

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
  ip_addresses: ['203.0.113.42', '2001:db8::1'],
};

function read(raw: unknown) {
  const said: string[] = [];
  return { record: readInstance(raw, '', (path) => said.push(path)), said };
}

describe('a server in other shapes', () => {
  const expected = read(promised).record;

  it.each([
    ['camel case', { id: '01H9', name: 'api-prod-1', hostname: promised.hostname, plan: { id: 3, slug: 'scout-2', name: 'Scout 2' }, status: { value: 'running', label: 'Running' }, mainIp: { address: '203.0.113.42', version: 4 }, vCpu: '2', ramMb: 4096, storageGb: 60, billedTill: 1_781_395_200, ipAddresses: { ipv4: [{ address: '203.0.113.42', gateway: '203.0.113.1' }], ipv6: [{ subnet: '2001:DB8::1', cidr: 64 }] } }],
    ['a resource', { data: { id: '01H9', attributes: { ...promised, id: undefined } } }],
    ['JSON in strings', { ...promised, plan: '{"slug":"scout-2"}', ip_addresses: '["203.0.113.42","2001:db8::1"]' }],
    ['units and prefixes', { ...promised, ram: '4 GB', storage: { value: 61_440, unit: 'MB' }, main_ip: '203.0.113.42/24', ip_addresses: '203.0.113.42, 2001:db8::1/64' }],
    ['a map of addresses', { ...promised, billed_till: '2026-06-14 00:00:00', ip_addresses: { '203.0.113.42': { id: 5 }, '2001:db8::1': { id: 6 } } }],
    ['a time as PHP has it', { ...promised, billed_till: { date: '2026-06-14 00:00:00.000000', timezone_type: 3, timezone: 'UTC' } }],
  ])('%s is the same', (_, raw) => {
    expect(read(JSON.parse(JSON.stringify(raw)))).toEqual({ record: expected, said: [] });
  }); // prettier-ignore
});

describe('addresses and memory in other fields', () => {
  const bare = Object.fromEntries(
    Object.entries(promised).filter(([name]) => name !== 'main_ip' && name !== 'ip_addresses'),
  );
  const v4 = '203.0.113.42';
  const v6 = '2001:db8::1';
  it.each([
    [{ main_ip: v4, ipv6: '2001:DB8::1/64' }, { mainIp: v4, addresses: [v6] }],
    [{ ip_addresses: [v4], ipv6_address: v6 }, { mainIp: v4, addresses: [v4, v6] }],
    [{ ip_addresses: [v4], ipv6: { address: v6, prefix: 64 } }, { addresses: [v4, v6] }],
    [{ ip_addresses: [v4, v6], ipv6: true }, { addresses: [v4, v6] }],
    [{ ip_addresses: [v4], ipv6: { enabled: false } }, { addresses: [v4] }],
    [{ ip_addresses: [v4], additional_ips: [v4, '203.0.113.43'] }, { addresses: [v4, '203.0.113.43'] }],
    [{ public_net: { ipv4: { ip: v4 }, ipv6: { ip: v6 } } }, { mainIp: v4, addresses: [v4, v6] }],
    [{ networks: { v4: [{ ip_address: '10.0.0.5', type: 'private' }, { ip_address: v4, type: 'public' }] } }, { mainIp: v4, addresses: ['10.0.0.5', v4] }],
    [{ ip_addresses: [{ ip: '203.0.113.9' }, { ip: v4, is_primary: true }] }, { mainIp: v4, addresses: [v4, '203.0.113.9'] }],
    [{ ip_addresses: ['10.0.0.5', '192.168.1.2'] }, { mainIp: '10.0.0.5' }],
    [{ ipv4: ['10.0.0.5', v4], ipv6: `${v6}/128` }, { mainIp: v4, addresses: ['10.0.0.5', v4, v6] }],
    [{ ram: 4096 }, { ramGb: 4 }],
    [{ ram: '8192' }, { ramGb: 8 }],
    [{ ram: 128 }, { ramGb: 128 }],
  ])('%j', (fields, record) => {
    const answer = read({ ...bare, ...fields });
    expect(answer.record).toMatchObject(record);
    expect(answer.said).toEqual([]);
  }); // prettier-ignore
});

describe('the day until which a server is paid', () => {
  const { billed_till: paidUntil, ...unpaid } = promised;

  it.each([
    ['renews_on', '2026-06-14'],
    ['renewsAt', paidUntil],
    ['next_renewal', '2026-06-14 00:00:00 UTC'],
    ['nextduedate', '2026-06-14'],
    ['expires_at', 1_781_395_200],
    ['expiry_date', '2026-06-14'],
    ['billing', { paid_until: paidUntil }],
    ['billing', { next_due_date: '2026-06-14', cycle: 'monthly' }],
    ['subscription', { current_period_end: 1_781_395_200 }],
    ['billed_till', 1_781_395_200_000_000],
    ['billed_till', { date: '2026-06-14 02:00:00.000000', timezone_type: 3, timezone: 'Europe/Berlin' }],
    ['billed_till', 'Sun, 14 Jun 2026 00:00:00 +0000'],
  ])('is in %s: %j', (name, value) => {
    const { record, said } = read({ ...unpaid, [name]: value });
    expect(record?.billedTillMs).toBe(Date.parse(paidUntil));
    expect(record?.isDeletionPending).toBe(false);
    expect(said).toEqual([]);
  });

  it.each([
    ['billed_till', 'in 30 days'],
    ['billed_till', 30],
    ['renews_on', '14/06/2026'],
    ['billed_till', { date: '2026-06-14 00:00:00', timezone: 'IST' }],
    ['billed_till', '0001-01-01T00:00:00Z'],
  ])('that cannot be read is told of: %s %j', (name, value) => {
    const { record, said } = read({ ...unpaid, [name]: value });
    expect(record?.billedTillMs).toBeNull();
    expect(said).toEqual([`.${name}`]);
  });
});

describe('an address or host name that is none', () => {
  it.each([
    [{ main_ip: '203.0.113.5\n  ProxyCommand touch x' }, { mainIp: null }, ['.main_ip']],
    [{ main_ip: '-oProxyCommand=x' }, { mainIp: null }, ['.main_ip']],
    [{ main_ip: '{{ 7*7 }}' }, { mainIp: null }, ['.main_ip']],
    [{ main_ip: 'Pending' }, { mainIp: null }, ['.main_ip']],
    [{ main_ip: null }, { mainIp: null }, []],
    [{ main_ip: '0.0.0.0' }, { mainIp: null }, []],
    [{ ip_addresses: ['203.0.113.42', 'x y', { gateway: '203.0.113.1' }] }, { addresses: ['203.0.113.42'] }, ['.ip_addresses[1]', '.ip_addresses[2]']],
    [{ hostname: 'web\n  ProxyCommand x' }, { hostname: null, name: 'api-prod-1' }, ['.hostname']],
    [{ hostname: '-x' }, { hostname: null }, ['.hostname']],
    [{ hostname: 'Web-1.Example.com' }, { hostname: 'web-1.example.com' }, []],
  ])('%j gets through as %j', (fields, record, said) => {
    const answer = read({ ...promised, ...fields });
    expect(answer.record).toMatchObject(record);
    expect(answer.said).toEqual(said);
  }); // prettier-ignore
});

describe('a deletion to come', () => {
  const atMs = Date.UTC(2026, 5, 14);

  it.each([
    [{ cancel_scheduled_at: '2026-06-14' }, true, atMs],
    [{ cancelAtPeriodEnd: true }, true, null],
    [{ 'scheduled-deletion-at': '2026-06-14' }, true, atMs],
    [{ deletion: { scheduled_for: '2026-06-14' } }, true, atMs],
    [{ subscription: { cancel_at_period_end: 'yes' } }, true, null],
    [{ terminationDate: '2026-06-14' }, true, atMs],
    [{ pending_delete: 1 }, true, null],
    [{ cancellation_status: 'scheduled' }, true, null],
    [{ canceled_at: '2026-05-14' }, true, null],
    [{ delete_mode: 'end_of_cycle' }, true, null],
    [{ subscription: { status: 'canceling' } }, true, null],
    [{ subscription: { state: 'Cancelled' } }, true, null],
    [{ billing: { renewal_status: 'pending_cancellation' } }, true, null],
    [{ pending_action: 'delete' }, true, null],
    [{ pendingOperation: { name: 'terminate', date: '2026-06-14' } }, true, atMs],
    [{ scheduled_action: { type: 'delete', at: '2026-06-14' } }, true, atMs],
    [{ scheduled_tasks: [{ action: 'backup' }, { action: 'destroy', run_at: '2026-06-14' }] }, true, atMs],
    [{ billing: { cancellation: { at: '2026-06-14' } } }, true, atMs],
    [{ lifecycle: { scheduled_deletion: { at: '2026-06-14' } } }, true, atMs],
    [{ flags: ['cancel_at_period_end'] }, true, null],
    [{ flags: ['protected', 'scheduled-for-deletion'] }, true, null],
    [{ flags: { cancel_at_period_end: true } }, true, null],
    [{ subscription: { status: 'active' } }, false, null],
    [{ subscription: { status: 'deleted_soon_enough' } }, false, null],
    [{ pending_action: 'restart' }, false, null],
    [{ pending_action: null }, false, null],
    [{ last_action: 'delete' }, false, null],
    [{ scheduled_action: { type: 'backup', at: '2026-06-14' } }, false, null],
    [{ flags: ['can_delete', 'deletion_protection', 'deleted'] }, false, null],
    [{ tags: ['pending_delete'] }, false, null],
    [{ billing: { cancellation: { at: null } } }, false, null],
    [{ deleted_at: null }, false, null],
    [{ cancel_at_period_end: 0 }, false, null],
    [{ cancellation_status: 'none' }, false, null],
    [{ deletion: null }, false, null],
    [{ can_delete: true }, false, null],
    [{ cancellable: true }, false, null],
    [{ deletion_protection: true }, false, null],
    [{ termination_protection: 'on' }, false, null],
    [{ cancellation_reason: 'none given' }, false, null],
    [{ delete_url: 'https://example.com' }, false, null],
  ])('%j: %j at %j', (fields, isDeletionPending, deletionAtMs) => {
    expect(read({ ...promised, ...fields }).record).toMatchObject({ isDeletionPending, deletionAtMs });
  });

  it.each([
    [{ rebootRequired: true }, true],
    [{ needs_reboot: '1' }, true],
    [{ pending: { restart: true } }, true],
    [{ reboot_required: false }, false],
    [{ can_restart: true }, false],
    [{ last_reboot_at: '2026-05-14' }, false],
  ])('and a reboot to come: %j is %j', (fields, isRebootPending) => {
    expect(read({ ...promised, ...fields }).record).toMatchObject({ isRebootPending });
  });
});
