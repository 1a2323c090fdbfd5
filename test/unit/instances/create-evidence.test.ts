import { describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../../main/api/index.ts';
import { readTraces } from '../../../main/instances/create-evidence.ts';
import type { ProjectId } from '../../../preload/contract/brands.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { cents, instanceId, unavailable } from '../monitor/builders.ts';

const asked = {
  name: 'web-1',
  hostname: 'web-1.server.evorxa.net',
  planSlug: 'scout-2',
  priceCents: cents(1000),
  projectId: 'p-1' as ProjectId,
};
const row = { id: 'new', name: 'web-1', hostname: null, planSlug: null };
const debits = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `t-${at}`, amountCents: -1000, instanceId: null }));

const { signal } = new AbortController();

/** Reads the traces from these answers. */
async function traces(list: unknown, ledger: unknown) {
  const request = vi.fn((endpoint: string) => Promise.resolve(endpoint === 'instances.list' ? list : ledger));
  // Answers of only what is read of them.
  const client = { request } as unknown as Pick<ApiClient, 'request'>;
  const found = await readTraces(client, asked, [{ id: instanceId('old') }], signal);
  return { found, request };
}

const answered = (value: unknown, more: object = {}) =>
  ok({ value, isWhole: true, truncated: false, ...more });

describe('the traces of a creation', () => {
  it('are read from the project’s list and the newest debits, and can be cancelled', async () => {
    const { found, request } = await traces(answered([row]), answered(debits(1)));
    expect(found).toEqual({ instanceIds: ['new'], debitIds: ['t-0'] });
    expect(request.mock.calls).toEqual([
      ['instances.list', { query: { project_id: 'p-1' } }, { signal }],
      ['wallet.transactions', { query: { type: 'debit', limit: 200 } }, { signal }],
    ]);
  });

  it('are not known from a list that is not whole, or did not come', async () => {
    const part = await traces(answered([row], { isWhole: false }), answered(debits(1)));
    expect(part.found).toEqual({ instanceIds: null, debitIds: ['t-0'] });
    const none = await traces(fail(unavailable), answered([]));
    expect(none.found).toEqual({ instanceIds: null, debitIds: [] });
  });

  it('are not known from a ledger that was cut before its two hundred newest, or did not come', async () => {
    const cut = await traces(answered([]), answered(debits(199), { truncated: true }));
    expect(cut.found).toEqual({ instanceIds: [], debitIds: null });
    const full = await traces(answered([]), answered(debits(200), { truncated: true }));
    expect(full.found.debitIds).toHaveLength(200);
    const none = await traces(answered([]), fail(unavailable));
    expect(none.found.debitIds).toBeNull();
  });

  it('leave out payments of servers that were there before', async () => {
    const olds = [{ id: 't', amountCents: -1000, instanceId: 'old' }];
    expect((await traces(answered([]), answered(olds))).found.debitIds).toEqual([]);
  });
});
