import { describe, expect, it } from 'vitest';
import { readEndpoint as read } from '../support/read-endpoint.ts';

const at = Date.UTC(2026, 4, 14, 9);

describe('the balance of the wallet', () => {
  const balance = (body: unknown) => read('wallet.balance', body);

  it.each(['balance', 'wallet_balance', 'current_balance', 'available_balance', 'amount', 'value'])(
    'is read from its %s',
    (name) => {
      for (const body of [{ [name]: 5240 }, { wallet: { [name]: 5240 } }, { data: { [name]: 5240 } }])
        expect(balance(body)).toEqual({ value: { balanceCents: 5240 }, said: [] });
    },
  );

  it('in dollars beside it has to be the same', () => {
    expect(balance({ balance_cents: 5240, balance_usd: '52.40' }).said).toEqual([]);
    expect(balance({ balance_cents: 5240, balance_usd: '52.41' })).toEqual({
      value: { balanceCents: 5240 },
      said: ['.balance_usd: differs from balance_cents'],
    });
    expect(balance({ balance_cents: 5240, balance_usd: 'n/a' }).said).toEqual([]);
  });

  it('that is none, or in another currency, is told of by its own name', () => {
    expect(balance({})).toEqual({ value: null, said: ['.balance_cents: expected a balance'] });
    expect(balance('none')).toEqual({ value: null, said: [': expected an object, got null'] });
    expect(balance({ balance_cents: 0 }).value).toEqual({ balanceCents: 0 });
    for (const body of [
      { currency: 'EUR', wallet: { balance_cents: 5240 } },
      { data: { wallet: { balance_cents: 5240 }, currency: 'EUR' } },
      { wallet: { balance_cents: 5240 }, meta: { currency: 'EUR' } },
    ])
      expect(balance(body)).toEqual({ value: null, said: ['.currency: expected a balance in dollars'] });
    // Without a balance there is nothing in another currency.
    expect(balance({ currency: 'EUR' }).said).toEqual(['.balance_cents: expected a balance']);
  });
});

describe('a line of the ledger', () => {
  const line = (fields: object) => {
    // What is undefined is no field of a JSON.
    const row: unknown = JSON.parse(JSON.stringify({ id: 9, type: 'debit', amount: 500, ...fields }));
    const { value, said } = read('wallet.transactions', [row]);
    return { line: (value as readonly unknown[] | null)?.[0], said };
  };
  const empty = {
    id: '9',
    atMs: null,
    kind: 'debit',
    description: '',
    amountCents: -500,
    balanceAfterCents: null,
    instanceId: null,
    isLinkedByName: false,
  };
  const kindOf = (fields: object) => (line(fields).line as { readonly kind: string } | undefined)?.kind;

  it.each<readonly [fields: object, expected: object]>([
    [{}, {}],
    ...['created_at', 'date', 'occurred_at', 'at', 'time', 'timestamp', 'created', 'posted_at'].map(
      (name) => [{ [name]: '2026-05-14T09:00:00Z' }, { atMs: at }] as const,
    ),
    ...['description', 'reason', 'note', 'title', 'memo', 'details'].map(
      (name) => [{ [name]: 'A server' }, { description: 'A server' }] as const,
    ),
    ...['balance_after', 'running_balance', 'new_balance'].map(
      (name) => [{ [name]: 1500 }, { balanceAfterCents: 1500 }] as const,
    ),
    [{ amount: undefined, value: 500 }, {}],
    [{ amount: undefined, amount_usd: '5.00' }, {}],
    [{ amount: 0 }, { amountCents: 0 }],
    [{ instance_id: 'i1' }, { instanceId: 'i1' }],
  ])('is read from %j', (fields, expected) => {
    expect(line(fields)).toEqual({ line: { ...empty, ...expected }, said: [] });
  });

  it('without an amount is kept, and told of', () => {
    expect(line({ amount: undefined })).toEqual({
      line: { ...empty, amountCents: null },
      said: ['[0].amount: expected an amount'],
    });
    // Null is no amount that was lost.
    expect(line({ amount: null })).toEqual({ line: { ...empty, amountCents: null }, said: [] });
    expect(line({ amount: 'free' }).said).toHaveLength(1);
    expect(
      read('wallet.transactions', ['x', { type: 'debit' }, { id: 9, type: 'debit', amount: 500 }]),
    ).toEqual({
      value: [empty],
      said: ['[0]: expected an object, got string', '[1].id: expected an id, got null'],
    });
  });

  it.each([
    [{ debit: 500, credit: 0 }, 'debit', -500],
    [{ debit: '5.00' }, 'debit', -500],
    [{ debit: null, credit: 500 }, 'credit', 500],
    [{ debit: 0, credit: '5.00' }, 'credit', 500],
    // The column says it, not the word.
    [{ debit: 0, credit: 500, type: 'charge' }, 'credit', 500],
  ])('can have a column for each kind: %j', (columns, kind, amountCents) => {
    expect(line({ amount: undefined, ...columns })).toMatchObject({ line: { kind, amountCents }, said: [] });
  });

  it('of which both columns have an amount, or none has, is told by its amount', () => {
    expect(line({ debit: 200, credit: 300 })).toMatchObject({ line: { kind: 'debit', amountCents: -500 } });
    expect(line({ debit: 0, credit: 0, type: 'credit' })).toMatchObject({
      line: { kind: 'credit', amountCents: 500 },
    });
  });

  it.each([
    ...'failed failure fail declined rejected denied void voided canceled cancelled reversed errored error'.split(
      ' ',
    ),
    ...['expired', 'abandoned', 'refused', 'Failed'],
  ])('that is %s moved no money', (word) => {
    for (const name of ['status', 'state'])
      expect(line({ [name]: word })).toMatchObject({ line: { kind: 'unknown', amountCents: 500 }, said: [] });
  });

  it.each([
    ...['failed', 'voided', 'reversed', 'is_reversed', 'is_voided', 'cancelled', 'canceled'].map((name) => ({
      [name]: true,
    })),
    ...['voided_at', 'reversed_at', 'failed_at', 'cancelled_at', 'canceled_at'].map((name) => ({
      [name]: '2026-05-14',
    })),
    { debit: 500, status: 'failed' },
  ])('with %j moved no money', (fields) => expect(kindOf(fields)).toBe('unknown'));

  it.each([
    { status: 'completed' },
    { status: 'not failed' },
    { status: 'failed over' },
    { failed: false },
    { failed: null },
    { reversed: 'no' },
    { voided_at: null },
  ])('with %j moved it', (fields) => expect(kindOf(fields)).toBe('debit'));

  it.each('direction type kind entry_type transaction_type operation category sign flow'.split(' '))(
    'has its kind in %s',
    (name) => {
      for (const [word, kind] of [
        ['CREDIT', 'credit'],
        ['Debit', 'debit'],
        ['refund', 'credit'],
        ['charge', 'debit'],
      ])
        expect(kindOf({ type: undefined, [name]: word })).toBe(kind);
    },
  );

  it('is of the kind that the reference’s own word says, whatever else is there', () => {
    expect(kindOf({ type: 'refund', flow: 'debit' })).toBe('debit');
    expect(kindOf({ type: 'renewal', sign: 'credit', amount: -500 })).toBe('credit');
    expect(kindOf({ type: 'debit', is_credit: true })).toBe('debit');
  });

  it.each([
    [{ is_credit: true }, 'credit'],
    [{ is_credit: false }, 'debit'],
    [{ is_debit: 1 }, 'debit'],
    [{ is_debit: 'no' }, 'credit'],
    [{ is_credit: true, is_debit: true }, 'credit'],
    [{ is_credit: null, type: 'refund' }, 'credit'],
    [{ is_credit: true, type: 'charge' }, 'credit'],
    [{ amount: undefined, amount_usd: '+5.00' }, 'credit'],
    [{ amount: undefined, value: '+$5.00' }, 'credit'],
    [{ amount: undefined, amount_cents: '+500' }, 'credit'],
    [{ amount: -500 }, 'debit'],
    ...['balance_before', 'previous_balance', 'old_balance', 'opening_balance'].flatMap((name) => [
      [{ [name]: 1000, balance_after: 1500 }, 'credit'] as const,
      [{ [name]: 1500, balance_after: 1000 }, 'debit'] as const,
    ]),
    // What the balances say is more than a word.
    [{ balance_before: 1000, balance_after: 1500, type: 'charge' }, 'credit'],
    [{ type: 'other', category: 'refund' }, 'credit'],
    [{ type: 'charge', amount: -500 }, 'debit'],
    [{ type: 'refund', amount: -500 }, 'unknown'],
    [{}, 'unknown'],
  ] as const)('without that word is told by %j: %s', (fields, kind) => {
    expect(kindOf({ type: undefined, ...fields })).toBe(kind);
  });
});
