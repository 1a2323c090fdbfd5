import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  creationOutcome,
  creationTraces,
  type CreationAsked,
  type CreationEvidence,
} from '../../../main/domain/index.ts';
import type { InstanceId, TransactionId } from '../../../preload/contract/brands.ts';
import { cents, instanceId } from '../monitor/builders.ts';

const asked: CreationAsked = {
  name: 'web-1',
  hostname: 'web-1.server.evorxa.net',
  planSlug: 'scout-2',
  priceCents: cents(1000),
};

type Server = NonNullable<CreationEvidence['instances']>[number];
type Debit = NonNullable<CreationEvidence['debits']>[number];

const server = (id: string, more: Partial<Server> = {}): Server => ({
  id: instanceId(id),
  name: asked.name,
  hostname: asked.hostname,
  planSlug: asked.planSlug,
  ...more,
});
const debit = (id: string, more: Partial<Debit> = {}): Debit => ({
  id: id as TransactionId,
  amountCents: cents(-1000),
  instanceId: null,
  ...more,
});

const empty: CreationEvidence = { instances: [], debits: [] };
const known = new Set<InstanceId>([instanceId('old')]);
const outcome = (before: CreationEvidence, after: CreationEvidence) =>
  creationOutcome(creationTraces(asked, before, known), creationTraces(asked, after, known));

describe('a creation whose answer was lost', () => {
  it('was created where a server as asked for is new in the list', () => {
    const before = { instances: [server('old')], debits: [] };
    expect(outcome(before, { instances: [server('old'), server('new')], debits: [debit('t1')] })).toEqual({
      kind: 'created',
      instanceId: 'new',
    });
    // The ledger may be slower, or unreadable: the list is proof enough.
    expect(outcome(empty, { instances: [server('new')], debits: null })).toMatchObject({ kind: 'created' });
  });

  it('is found where the list leaves the hostname or the plan out', () => {
    const bare = server('new', { hostname: null, planSlug: null });
    expect(outcome(empty, { instances: [bare], debits: [] })).toMatchObject({ kind: 'created' });
    const upper = server('new', { hostname: 'WEB-1.server.evorxa.net' });
    expect(outcome(empty, { instances: [upper], debits: [] })).toMatchObject({ kind: 'created' });
  });

  it('was not created where neither such a server nor such a payment is new', () => {
    const before = { instances: [server('old')], debits: [debit('t1')] };
    expect(outcome(before, before)).toEqual({ kind: 'not-created' });
    const others = {
      instances: [server('old'), server('b', { name: 'web-2' }), server('c', { planSlug: 'scout-4' })],
      debits: [debit('t1'), debit('t2', { amountCents: cents(-500) })],
    };
    expect(outcome(before, others)).toEqual({ kind: 'not-created' });
  });

  it('cannot be told where its price was paid and no server is there', () => {
    expect(outcome(empty, { instances: [], debits: [debit('t1')] })).toEqual({
      kind: 'cannot-tell',
      reason: 'charged',
    });
    const unsized = debit('t1', { amountCents: null });
    expect(outcome(empty, { instances: [], debits: [unsized] })).toMatchObject({ reason: 'charged' });
  });

  it('is charged by one payment more than before, also by one for a server that nobody knows yet', () => {
    const before = { instances: [], debits: [debit('t1')] };
    const after = (more: Partial<Debit>) => ({ instances: [], debits: [debit('t1'), debit('t2', more)] });
    expect(outcome(before, after({}))).toMatchObject({ reason: 'charged' });
    expect(outcome(before, after({ instanceId: instanceId('unseen') }))).toMatchObject({ reason: 'charged' });
  });

  it('may be charged by a payment for a server that is just like it', () => {
    const before = { instances: [server('old')], debits: [] };
    const after = { ...before, debits: [debit('t1', { instanceId: instanceId('old') })] };
    expect(outcome(before, after)).toMatchObject({ reason: 'charged' });
  });

  it('is not a server of the same name at another host', () => {
    const other = server('new', { hostname: 'web-1.elsewhere.net' });
    expect(outcome(empty, { instances: [other], debits: [] })).toEqual({ kind: 'not-created' });
  });

  it.each([
    ['scout-2', 'Scout 2', true],
    ['scout-2', 'SCOUT2', true],
    ['scout-2', '17', true],
    ['17', 'scout-2', true],
    [null, 'scout-2', true],
    ['scout-2', 'prime-2', false],
    ['17', '18', false],
    ['2-scout', '3-scout', false],
    ['2-scout', 'scout-3', false],
    ['scout-3', '2-scout', false],
    ['scout3', 'scout-2', false],
  ])('asked for with plan %s, one of plan %s is it: %s', (planSlug, found, isIt) => {
    const { instanceIds } = creationTraces(
      { ...asked, planSlug },
      { instances: [server('new', { planSlug: found })], debits: [] },
      known,
    );
    expect(instanceIds).toEqual(isIt ? ['new'] : []);
  });

  it("is not mistaken for another instance's renewal of the same price", () => {
    const renewal = debit('t1', { instanceId: instanceId('old') });
    expect(outcome(empty, { instances: [], debits: [renewal] })).toEqual({ kind: 'not-created' });
  });

  it.each([
    ['the list before', { instances: null, debits: [] }, empty, 'list-unread'],
    ['the list after', empty, { instances: null, debits: [debit('t1')] }, 'list-unread'],
    ['the ledger before', { instances: [], debits: null }, empty, 'ledger-unread'],
    ['the ledger after', empty, { instances: [], debits: null }, 'ledger-unread'],
  ] as const)('cannot be told without %s', (_what, before, after, reason) => {
    expect(outcome(before, after)).toEqual({ kind: 'cannot-tell', reason });
  });

  it('is never called "not created" while a new server as asked for, or its payment, is there', () => {
    const rows = fc.record({ hasServer: fc.boolean(), hasDebit: fc.boolean(), others: fc.nat(5) });
    fc.assert(
      fc.property(rows, ({ hasServer, hasDebit, others }) => {
        const noise = Array.from({ length: others }, (_, at) => server(`o${at}`, { name: `other-${at}` }));
        const end = outcome(empty, {
          instances: [...noise, ...(hasServer ? [server('new')] : [])],
          debits: hasDebit ? [debit('t1')] : [],
        });
        expect(end.kind === 'not-created').toBe(!hasServer && !hasDebit);
      }),
    );
  });
});
