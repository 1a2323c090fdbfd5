import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../../main/api/routes.ts';
import { readEndpoint as read } from '../support/read-endpoint.ts';

const at = Date.UTC(2026, 4, 14, 9);
const time = '2026-05-14T09:00:00Z';

describe('an SSH key', () => {
  const empty = { publicKey: null, facts: null, createdAtMs: null };
  it.each([
    ...['name', 'label', 'title'].map((name) => [{ [name]: 'laptop' }, { name: 'laptop' }] as const),
    ...['created_at', 'created', 'added_at'].map((name) => [{ [name]: time }, { createdAtMs: at }] as const),
    ...['public_key', 'key', 'content'].map((name) => [{ [name]: 'odd' }, { publicKey: 'odd' }] as const),
  ])('is read from %j', (fields, expected) => {
    expect(read('keys.list', [{ id: 5, ...fields }])).toEqual({
      value: [{ id: '5', name: '5', ...empty, ...expected }],
      said: [],
    });
  });

  it('that was saved is known where the answer has it: it was saved in any case', () => {
    for (const body of [{ ssh_key: { id: 5 } }, { key: { id: 5 } }, { id: 5 }, { data: { id: 5 } }])
      expect(read('keys.create', body)).toMatchObject({ value: { key: { id: '5' } }, said: [] });
    for (const body of [undefined, 'ok', { message: 'Saved.' }, []])
      expect(read('keys.create', body)).toEqual({ value: { key: null }, said: [] });
  });
});

describe('a person', () => {
  const user = { id: 42, email: 'jane@example.com', name: 'Jane' };
  const person = { id: '42', email: 'jane@example.com', name: 'Jane', onboarded: true, projects: [] };

  it.each([
    [{ user }],
    [{ data: { user } }],
    [{ user: { data: user } }],
    [user],
    [{ data: user }],
    [{ user: JSON.stringify(user) }],
    [{ user: { id: 42, email_address: user.email, full_name: 'Jane' } }],
    [{ user: { id: 42, email: user.email, display_name: 'Jane' } }],
  ])('is read from %j', (body) => expect(read('me.get', body)).toEqual({ value: person, said: [] }));

  it.each([
    [{ id: 42, email: 'jane@example.com' }, { name: 'jane@example.com' }],
    [{ user: { id: 42 } }, { name: '42', email: null }],
    [{ user: { ...user, is_onboarded: false } }, { onboarded: false }],
    [{ user, onboarded: false }, { onboarded: false }],
    [{ user: { ...user, onboarded: [false] } }, { onboarded: false }],
    [
      { user: { ...user, projects: [{ id: 1, name: 'default' }] } },
      { projects: [{ id: '1', name: 'default' }] },
    ],
    [{ user, projects: [{ id: 1 }] }, { projects: [{ id: '1', name: '1' }] }],
    [
      {
        user,
        projects: [
          { id: 1, label: 'One' },
          { id: 2, title: 'Two' },
        ],
      },
      { projects: [{ name: 'One' }, { name: 'Two' }] },
    ],
  ])('%j', (body, expected) => expect(read('me.get', body)).toMatchObject({ value: expected, said: [] }));

  it('without an id, or without a user, is nobody', () => {
    for (const body of [
      null,
      'x',
      {},
      { user: null },
      { user: { name: 'Jane' } },
      { id: 42, name: 'Jane' },
      { user: [] },
    ]) {
      const { value, said } = read('me.get', body);
      expect(value).toBeNull();
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(/^user/);
    }
  });

  it('keeps who it is where its projects cannot be read', () => {
    expect(read('me.get', { user, projects: 'none' })).toEqual({
      value: person,
      said: ['projects: expected a list, got string'],
    });
    expect(read('me.get', { user, projects: [{ name: 'x' }, { id: 1 }] })).toMatchObject({
      value: { projects: [{ id: '1' }] },
      said: ['projects[0].id: expected an id, got null'],
    });
  });
});

describe('a token', () => {
  it.each([
    ...['name', 'label', 'title'].map((name) => [{ [name]: 'CI' }, { name: 'CI' }] as const),
    ...['abilities', 'scopes', 'permissions'].map(
      (name) => [{ [name]: ['*'] }, { abilities: ['*'] }] as const,
    ),
    ...['last_used_at', 'last_used'].map((name) => [{ [name]: time }, { lastUsedAtMs: at }] as const),
    ...['created_at', 'created'].map((name) => [{ [name]: time }, { createdAtMs: at }] as const),
  ])('is read from %j', (fields, expected) => {
    const empty = { id: '7', name: '7', abilities: [], lastUsedAtMs: null, createdAtMs: null };
    expect(read('tokens.list', [{ id: 7, ...fields }])).toEqual({
      value: [{ ...empty, ...expected }],
      said: [],
    });
  });
});

describe('a region', () => {
  it.each([
    ...['code', 'slug', 'id'].map(
      (name) => [{ [name]: 'fra' }, { code: 'fra', name: 'fra', flag: null }] as const,
    ),
    ...['name', 'label', 'title', 'city'].map(
      (name) =>
        [
          { code: 'fra', [name]: 'Frankfurt' },
          { code: 'fra', name: 'Frankfurt', flag: null },
        ] as const,
    ),
    ...['flag', 'flag_emoji', 'country_code'].map(
      (name) =>
        [
          { code: 'fra', [name]: 'de' },
          { code: 'fra', name: 'fra', flag: 'de' },
        ] as const,
    ),
  ])('is read from %j', (body, region) => {
    expect(read('catalog.regions', [body])).toEqual({ value: [region], said: [] });
  });

  it('without a code is left out, and told of', () => {
    expect(read('catalog.regions', [{ name: 'Frankfurt' }, { code: 'fra' }, 'x'])).toMatchObject({
      value: [{ code: 'fra' }],
      said: ['[0].code: expected a code', '[2]: expected an object, got string'],
    });
    expect(read('catalog.regions', { fra: { name: 'Frankfurt' } })).toMatchObject({
      value: [{ code: 'fra' }],
    });
  });
});

describe('a billing cycle', () => {
  it.each([
    [{ discount_percent: 20 }, 20],
    [{ saving: 20 }, 20],
    [{ savings: '20 %' }, 20],
    [{ discount: 1 }, 1],
    [{ discount: 20, discount_type: 'PCT' }, 20],
    [{ discount: 20, discount_kind: 'relative' }, 20],
    [{ discount: 20, saving_type: '%' }, 20],
    [{}, null],
  ])('has the discount of %j', (fields, discountPercent) => {
    expect(read('catalog.billingCycles', [{ cycle: 'yearly', ...fields }])).toMatchObject({
      value: [{ discountPercent }],
      said: [],
    });
  });

  it.each([
    { discount: 0.99 },
    { discount: 20, discount_type: 'fixed' },
    { discount: 20, discount_kind: 'no percent' },
  ])('%j is no part of a hundred', (fields) => {
    expect(read('catalog.billingCycles', [{ cycle: 'yearly', ...fields }])).toMatchObject({
      value: [{ discountPercent: null }],
      said: ['[0].discount: expected a percentage'],
    });
  });

  it.each<readonly [raw: object, cycle: string | null]>([
    ...['cycle', 'billing_cycle', 'key', 'slug', 'code'].map(
      (name) => [{ [name]: 'promo' }, 'promo'] as const,
    ),
    [{ slug: '7' }, null],
    [{ slug: '7up' }, '7up'],
    [{ cycle: 'promo', interval: 'week' }, null],
    [{ label: 'Promo' }, null],
  ])('can have a word of its own: %j', (raw, cycle) => {
    const { value, said } = read('catalog.billingCycles', [raw, { cycle: 'yearly', label: 'A year' }]);
    const yearly = { cycle: 'yearly', label: 'A year', months: 12 };
    expect(value).toMatchObject(cycle === null ? [yearly] : [{ cycle, label: cycle, months: null }, yearly]);
    expect(said).toEqual(cycle === null ? ['[0].cycle: expected a billing cycle'] : []);
  });

  it.each(['label', 'name', 'title'])('is called by its %s', (name) => {
    expect(read('catalog.billingCycles', [{ cycle: 'yearly', [name]: 'A year' }])).toMatchObject({
      value: [{ label: 'A year' }],
    });
  });
});

describe('a server as it is now', () => {
  const server = { id: '01H9', name: 'web', status: 'running' };
  const detail = (fields: object) =>
    (read('instances.get', { ...server, ...fields }).value as { detail: object } | null)?.detail;

  it.each<readonly [fields: object, expected: object]>([
    [{ vf_remote_state: { state: 'running', cpu: 12.4 } }, { remoteState: 'running', cpuPercent: 12.4 }],
    [{ remote_state: { status: 'stopped', cpu_percent: 1 } }, { remoteState: 'stopped', cpuPercent: 1 }],
    [{ vf_remote_state: '{"state":"running","cpu_usage":2}' }, { remoteState: 'running', cpuPercent: 2 }],
    [{ vf_remote_state: 'shut off' }, { remoteState: 'shut off', cpuPercent: null }],
    [{ vf_remote_state: '<b>running</b>' }, { remoteState: null }],
    [{ vf_remote_state: 'x'.repeat(61) }, { remoteState: null }],
    [{ vf_remote_state: 5 }, { remoteState: null }],
    [{}, { id: '01H9', remoteState: null, cpuPercent: null, memoryTotalKb: null, memoryFreeKb: null }],
    ...['memtotal', 'memory_total', 'mem_total', 'total_memory'].map(
      (name) => [{ vf_remote_state: { [name]: 4_096 } }, { memoryTotalKb: 4_096 }] as const,
    ),
    ...['memfree', 'memory_free', 'mem_free', 'free_memory'].map(
      (name) => [{ vf_remote_state: { [name]: 4_096 } }, { memoryFreeKb: 4_096 }] as const,
    ),
    // 2 TiB are still a machine's.
    [{ vf_remote_state: { memtotal: 2_147_483_648 } }, { memoryTotalKb: 2_147_483_648 }],
    [{ vf_remote_state: { memtotal: 2_147_483_649 } }, { memoryTotalKb: null }],
  ])('%j', (fields, expected) => expect(detail(fields)).toMatchObject(expected));

  it('has the word of the panel too', () => {
    expect(read('instances.get', { data: { ...server, vf_state: 'complete' } })).toMatchObject({
      value: { vfState: 'complete', record: { id: '01H9', name: 'web' } },
    });
    for (const body of [
      { instance: { ...server, vf_state: 'complete' } },
      { server: { ...server, vf_state: 'complete' } },
    ])
      expect(read('instances.get', body)).toMatchObject({ value: { vfState: 'complete' }, said: [] });
    const tooMuch = { ...server, vf_remote_state: { memfree: 2_147_483_649 } };
    expect(read('instances.get', tooMuch).said).toEqual([
      'instance.vf_remote_state.memfree: expected an amount of memory',
    ]);
    for (const body of [{ instance: server }, { server }])
      expect(read('instances.get', body).value).not.toBeNull();
    for (const body of [null, 'x', {}, { instance: { name: 'web' } }])
      expect(read('instances.get', body).value).toBeNull();
  });
});

describe('what an action cost or gave back', () => {
  const done = { message: 'Done.' };
  it.each([
    ...['charged', 'charge', 'prorated_charge', 'prorated', 'amount'].map((name) => `${name}_cents`),
    'charged',
  ])('is a charge in %s', (name) => {
    for (const id of ['instances.upgrade', 'instances.reactivate'] as const) {
      expect(read(id, { ...done, [name]: 512 })).toEqual({ value: { chargedCents: 512 }, said: [] });
      expect(read(id, { ...done, instance: { id: 1, [name]: 512 } }).value).toEqual({ chargedCents: 512 });
      expect(read(id, done)).toEqual({ value: { chargedCents: null }, said: [] });
    }
  });

  it.each(['refund', 'refund_amount', 'refunded', 'amount'])('is a refund in %s', (name) => {
    expect(read('instances.delete', { ...done, [`${name}_cents`]: 512 }).value).toEqual({ refundCents: 512 });
    expect(read('instances.delete', { server: { id: 1, [name]: '5.12' } }).value).toEqual({
      refundCents: 512,
    });
    expect(read('instances.delete', undefined)).toEqual({ value: { refundCents: null }, said: [] });
  });
});

describe('a server that was ordered', () => {
  it('is known where the answer has it: it was paid in any case', () => {
    for (const body of [{ id: '01H9' }, { instance: { id: '01H9' } }, { data: { server: { id: '01H9' } } }])
      expect(read('instances.create', body)).toMatchObject({ value: { record: { id: '01H9' } }, said: [] });
    expect(read('instances.create', { instance: { name: 'web' } })).toEqual({
      value: { record: null },
      said: ['instance.id: expected an id, got null'],
    });
    expect(read('instances.create', undefined)).toEqual({
      value: { record: null },
      said: ['instance: expected an object, got null'],
    });
  });
});

describe('a secret that is shown once', () => {
  it.each(['password', 'new_password', 'root_password', 'generated_password'])('is the new %s', (name) => {
    expect(read('instances.resetPassword', { [name]: 's3cret' }).value).toMatchObject({ secret: 's3cret' });
  });
  it.each(['token', 'plain_text_token', 'access_token', 'secret'])('is the new %s of the API', (name) => {
    expect(read('tokens.create', { [name]: '8|s3cret' }).value).toMatchObject({ secret: '8|s3cret' });
  });
});

describe('what only says "done"', () => {
  it.each(
    (
      'tokens.delete instances.power instances.reinstall instances.cancelDeletion agent.deleteConversation agent.linkTelegram ' +
      'shield.deleteRule shield.setPolicy waf.delete waf.setFirewall waf.addHostname waf.retrySsl waf.deleteHostname keys.delete'
    ).split(' ') as EndpointId[],
  )('%s is not looked at', (id) => {
    for (const body of [undefined, null, 'ok', { success: false }])
      expect(read(id, body)).toEqual({ value: { done: true }, said: [] });
  });
});
