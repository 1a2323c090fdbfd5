import { describe, expect, it } from 'vitest';
import { agentEndpoints } from '../../../../main/api/endpoints/agent.ts';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import { instanceEndpoints } from '../../../../main/api/endpoints/instances.ts';
import { keyEndpoints } from '../../../../main/api/endpoints/keys.ts';
import { DriftList } from '../../../../main/api/read/drift.ts';
import { readOsGroups } from '../../../../main/api/read/os-templates.ts';
import { readPlans } from '../../../../main/api/read/plans.ts';
import { readList } from '../../../../main/api/read/shapes.ts';
import type { EndpointId } from '../../../../main/api/routes.ts';

const uuid = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

type ListId = {
  [Id in EndpointId]: (typeof endpoints)[Id] extends { readonly kind: 'list' } ? Id : never;
}[EndpointId];

/** Ids of the rows of a list, and what was reported. */
function idsOf(list: ListId, body: unknown): readonly [ids: readonly string[] | null, said: number] {
  const endpoint = endpoints[list];
  const drift = new DriftList(list);
  const rows: readonly { readonly id: string }[] | null = readList<{ readonly id: string }>(
    body,
    endpoint.readRow,
    '',
    drift.report,
  );
  return [rows?.map(({ id }) => id) ?? null, drift.all.length];
}

describe.each([
  ['keys.list', 'key', 'ssh_key', { name: 'laptop' }],
  ['tokens.list', 'token', 'api_token', { name: 'CI', abilities: ['instances:read'] }],
  ['wallet.transactions', 'transaction', 'txn', { type: 'debit', amount_cents: 500 }],
  ['agent.conversations', 'conversation', 'conversation', { title: 'Disk is full' }],
  ['instances.list', 'instance', 'server', { name: 'web', status: 'running', plan: 'scout-2' }],
  ['shield.ips', 'ip', 'shield_ip', { address: '203.0.113.5' }],
  ['waf.list', 'app', 'application', { name: 'Shop', origin_ip: '203.0.113.5' }],
] as const)('the id of a row of %s', (list, kind, longKind, row) => {
  it.each([
    [{ id: 7 }, '7'],
    [{ _id: 'ab12' }, 'ab12'],
    [{ ID: '7' }, '7'],
    [{ uuid }, uuid],
    [{ UUID: uuid }, uuid],
    [{ guid: uuid }, uuid],
    [{ [`${kind}_id`]: 7 }, '7'],
    [{ [`${kind}Id`]: '7' }, '7'],
    [{ [`${longKind}_id`]: 7 }, '7'],
    [{ [`${kind}_uuid`]: uuid }, uuid],
    [{ id: 7, uuid }, '7'],
    [{ id: null, uuid }, uuid],
    [{ id: { value: 7 } }, '7'],
  ])('%j is %s', (fields, id) => {
    expect(idsOf(list, [{ ...row, ...fields }])).toEqual([[id], 0]);
    expect(idsOf(list, { data: [{ ...fields, ...row }] })).toEqual([[id], 0]);
  });

  it('comes before the key that the row has in a map', () => {
    expect(idsOf(list, { data: { first: { ...row, uuid }, second: { ...row, [`${kind}_id`]: 8 } } })).toEqual(
      [[uuid, '8'], 0],
    );
    expect(idsOf(list, { data: { first: row, 12: row } })).toEqual([['12', 'first'], 0]);
  });

  it.each([
    {},
    { user_id: 7 },
    { reference: 'a' },
    { fingerprint: 'SHA256:abc' },
    { id: null },
    { id: {} },
    { id: true },
  ])('%j is none: the row is told of', (fields) => {
    const [ids, said] = idsOf(list, [
      { ...row, ...fields },
      { ...row, id: 8 },
    ]);
    expect(ids).toEqual(['8']);
    expect(said).toBe(1);
  });
});

describe('an id', () => {
  it('of a key is the number that a new server is ordered with, also beside a UUID', () => {
    expect(idsOf('keys.list', [{ uuid, key_id: 5, name: 'a' }])).toEqual([['5'], 0]);
  });

  it('of a server is its own, also beside the number that the hypervisor has for it', () => {
    expect(idsOf('instances.list', [{ uuid, server_id: 12, name: 'a' }])).toEqual([[uuid], 0]);
  });

  it.each([
    [{ uuid, name: 'Debian 12' }, uuid],
    [{ slug: 'debian-12', name: 'Debian 12' }, 'debian-12'],
    [{ image_id: 3, slug: 'debian-12', name: 'Debian 12' }, '3'],
    [{ os_id: 3, name: 'Debian 12' }, '3'],
  ])('of the system %j is %s', (template, id) => {
    const drift = new DriftList('catalog.osTemplates');
    const groups = [{ name: 'Debian', slug: 'debian', templates: [template] }];
    expect(readOsGroups(groups, drift.report)).toEqual([
      { name: 'Debian', templates: [{ id, name: 'Debian 12', version: null }] },
    ]);
    expect(drift.all).toEqual([]);
  });

  it('of a plan can be a UUID', () => {
    const plan = { uuid, slug: 'scout-2', name: 'Scout 2', vcpu: 2, prices: { monthly_cents: 500 } };
    expect(readPlans([plan], () => expect.unreachable())).toMatchObject([{ packageId: uuid }]);
    expect(readPlans({ standard: { 'scout-2': plan } }, () => expect.unreachable())).toMatchObject([
      { packageId: uuid },
    ]);
  });

  it('of what was just made is found as in the list', () => {
    const saved = keyEndpoints['keys.create'].decode({ key: { uuid, name: 'a' } }, () => undefined, {
      body: { name: 'a', public_key: 'a' },
    });
    expect(saved?.key?.id).toBe(uuid);
    const made = instanceEndpoints['instances.create'].decode(
      { instance: { uuid, name: 'a' } },
      () => undefined,
      {} as never,
    );
    expect(made?.record?.id).toBe(uuid);
  });

  it('of a conversation is not the one of the message in an answer', () => {
    const body = { id: 99, conversation_id: 3, messages: [{ role: 'assistant', content: 'Done.' }] };
    const answer = agentEndpoints['agent.chat'].decode(body, () => undefined, {} as never);
    expect(answer?.conversationId).toBe('3');
  });
});
