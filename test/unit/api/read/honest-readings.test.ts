import { describe, expect, it } from 'vitest';
import { catalogEndpoints } from '../../../../main/api/endpoints/catalog.ts';
import { deletionOf, hasSign } from '../../../../main/api/read/deletion.ts';
import { readOsGroups } from '../../../../main/api/read/os-templates.ts';
import { readPlans } from '../../../../main/api/read/plans.ts';
import { readTranscript } from '../../../../main/api/read/transcript.ts';

/** What a reader gives, and how much it reported. */
function read<T>(decode: (report: () => void) => T): readonly [value: T, said: number] {
  let said = 0;
  const value = decode(() => (said += 1));
  return [value, said];
}

describe('a message of a transcript', () => {
  it.each([
    [{ from: 'user', body: 'hi' }, 'user'],
    [{ is_user: true, message: 'hi' }, 'user'],
    [{ isBot: false, text: 'hi' }, 'user'],
    [{ author: { role: 'user' }, text: 'hi' }, 'user'],
    [{ sender_type: 'customer', text: 'hi' }, 'user'],
    [{ role: 'user', content: { parts: ['hi'] } }, 'user'],
    [{ role: 'model', parts: [{ text: 'hi' }] }, 'assistant'],
    [{ is_user: 0, message: 'hi' }, 'assistant'],
    [{ reply: 'hi' }, 'assistant'],
  ])('%j is by whom it says', (message, kind) =>
    expect(read((report) => readTranscript([message], report))).toMatchObject([[{ kind, text: 'hi' }], 0]),
  );

  it.each([[{ text: 'hi' }], [{ type: 'message', text: 'hi' }], ['hi'], [null], [{ role: 'user', blob: 1 }]])(
    '%j that says nothing of it is reported, and all such are no empty transcript',
    (message) => {
      expect(read((report) => readTranscript([message], report))).toEqual([null, 1]);
      const known = { role: 'user', content: 'x' };
      expect(read((report) => readTranscript([known, message], report))).toMatchObject([[{ text: 'x' }], 1]);
    },
  );

  it('can be a question with its answer, or a call of a function', () => {
    const turn = { prompt: 'hi', steps: [{ tool: 'shell', command: ['ls', '-l'], output: { stdout: 'a', exit_code: 2 } }], answer: 'yo' }; // prettier-ignore
    expect(readTranscript({ turns: [turn] })).toMatchObject([
      { kind: 'user', text: 'hi' },
      { kind: 'tool', title: 'ls -l', output: 'a', exitCode: 2 },
      { kind: 'assistant', text: 'yo' },
    ]);
    expect(
      readTranscript([
        { type: 'function_call', call_id: 'c', name: 'shell', arguments: '{"command":"ls"}' },
        { type: 'function_call_output', call_id: 'c', output: 'out' },
      ]),
    ).toMatchObject([{ kind: 'tool', title: 'ls', output: 'out' }]);
  });
});

describe('prices', () => {
  const prices = (...all: readonly object[]) =>
    read((report) =>
      readPlans(
        all.map((fields, index) => ({ id: index + 1, name: `Plan ${index}`, vcpu: 1, ...fields })),
        report,
      )?.map((plan) => plan.prices.map(({ cents }) => cents)),
    );

  it('that are too low for cents are not known, with those beside them', () => {
    expect(prices({ price_monthly: 5 }, { price_monthly: 96 })).toEqual([[[], []], 1]);
    expect(prices({ prices: { monthly: 5, yearly: 50 }, price_formatted: '$5' })).toEqual([[[]], 1]);
    expect(prices({ pricing: { usd: { monthly: 5 } } })).toEqual([[[]], 1]);
    expect(prices({ price_monthly: 500 }, { price_monthly: 9_600 })).toEqual([[[500], [9_600]], 0]);
    expect(prices({ price_monthly_cents: 5 }, { price_monthly_cents: 500 })).toEqual([[[5], [500]], 0]);
  });

  it('of a longer cycle that are lower are by the month, and left out', () => {
    expect(prices({ prices: { monthly: 500, yearly: 450 } })).toEqual([[[500]], 1]);
    expect(prices({ prices: { monthly: 500, yearly: 5_400 } })).toEqual([[[500, 5_400]], 0]);
  });

  it.each([
    [{ discount: 10 }, 10],
    [{ discount: 0 }, 0],
    [{ discount: { type: 'percentage', value: 10 } }, 10],
    [{ discount: 0.1 }, null],
    [{ discount: { type: 'fixed', value: 10 } }, null],
  ])('have the discount of %j', (fields, percent) => {
    const [cycles] = read((report) =>
      catalogEndpoints['catalog.billingCycles'].decode([{ cycle: 'yearly', ...fields }], report, {}),
    );
    expect(cycles?.[0]?.discountPercent).toBe(percent);
  });
});

describe('systems by their ids', () => {
  it.each([
    [{ debian: { 1: 'Debian 12' } }, '1', 'Debian 12'],
    [{ options: { Debian: { 1: '12' } } }, '1', '12'],
    [[{ family: 'Debian', versions: [{ template_id: 1, version: '12' }] }], '1', 'Debian 12'],
    [[{ distro: 'Debian', release: '12', id: 4 }], '4', 'Debian 12'],
  ])('%j', (body, id, name) => {
    const groups = readOsGroups(body, () => undefined);
    expect(groups?.flatMap(({ templates }) => templates)).toMatchObject([{ id, name }]);
  });
});

describe('a deletion to come', () => {
  it.each([
    { auto_renew: false },
    { autoRenew: 0 },
    { billing: { auto_renewal: 'off' } },
    { will_renew: 'no' },
    { renewal: 'cancelled' },
    { billing_status: 'non_renewing' },
    { cancels_at: '2026-06-14' },
    { delete_after: '2026-06-14' },
  ])('is what %j says', (fields) => expect(deletionOf(fields).isPending).toBe(true));

  it.each([
    { auto_renew: true },
    { auto_renew: null },
    { renews_at: '2026-06-14' },
    { renewal: 'active' },
    { renewal_price: 0 },
    { delete_after: '30 days' },
    { billing_status: 'renewing' },
    { name: 'non-renewing' },
  ])('is not what %j says', (fields) => expect(deletionOf(fields).isPending).toBe(false));

  it('is looked for in a row only where a field can say it', () => {
    expect(hasSign({ id: 1, auto_renew: false })).toBe(true);
    expect(hasSign({ id: 1, cancel_at_period_end: true })).toBe(true);
    expect(hasSign({ id: 1, cancel_at_period_end: false })).toBe(false);
    expect(hasSign({ id: 1, auto_renew: null })).toBe(false);
  });
});
