import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';

function read(body: unknown) {
  const said: string[] = [];
  const cycles = endpoints['catalog.billingCycles'].decode(body, (path) => said.push(path), {});
  return { cycles, said };
}

describe('a billing cycle', () => {
  it.each([
    [{ cycle: 'monthly', label: 'Monthly', months: 1 }, 'monthly', 1],
    [{ id: 1, name: 'Yearly', months: 12 }, 'yearly', 12],
    [{ id: 6, slug: 'yearly', label: 'A year' }, 'yearly', 12],
    [{ interval: 'month', interval_count: 6 }, '6months', 6],
    [{ id: 1, interval: 'month', interval_count: 6 }, '6months', 6],
    [{ id: 12, period: 1, unit: 'month' }, 'monthly', 1],
    [{ key: 'semi-annually', label: 'Half a year' }, '6months', 6],
    [{ billing_cycle: 'annually' }, 'yearly', 12],
    [{ cycle: 'quarterly', months: 3 }, 'quarterly', 3],
    [{ cycle: 'hourly' }, 'hourly', null],
    [{ cycle: 'lifetime', label: 'For ever' }, 'lifetime', null],
    [{ years: 2, name: 'Two years' }, '24months', 24],
  ])('%j is %s, of %j months', (raw, cycle, months) => {
    expect(read([raw])).toMatchObject({ cycles: [{ cycle, months }], said: [] });
  });

  it('in a map is known by its key', () => {
    const { cycles } = read({
      monthly: { label: 'A month' },
      yearly: { label: 'A year', discount_percent: 20 },
    });
    expect(cycles).toMatchObject([{ cycle: 'monthly' }, { cycle: 'yearly', discountPercent: 20 }]);
  });

  it.each([
    { cycle: 'monthly', months: 12 },
    { interval: 'month', interval_count: 0 },
    { id: 1 },
    { id: 3, label: 'Our offer' },
    { cycle: 'offer', interval: 'week', interval_count: 5 },
  ])('%j says none, or two: it is told of', (raw) => {
    const { cycles, said } = read([raw, { cycle: 'yearly' }]);
    expect(cycles).toMatchObject([{ cycle: 'yearly' }]);
    expect(said).toHaveLength(1);
  });
});
