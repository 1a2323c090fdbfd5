import { describe, expect, it } from 'vitest';
import type { InstanceId, OsTemplateId } from '../../../../../preload/contract/brands.ts';
import { formatDay } from '../../../../../preload/contract/format.ts';
import {
  balanceAfterRefund,
  estimateBasis,
  paidToast,
  proofOf,
  unpaidText,
} from '../../../../../renderer/views/instance-system/lifecycle-words.ts';
import { osChoices } from '../../../../../renderer/views/instance-system/os-choices.ts';
import { cents } from '../../../monitor/builders.ts';

const now = Date.UTC(2026, 10, 25, 12);
const dayMs = 86_400_000;

describe('what is typed to prove which instance is meant', () => {
  const server = (name: string, mainIp: string | null = '203.0.113.7') =>
    proofOf({ id: '17' as InstanceId, name, mainIp });

  it('is its name as it is shown', () => {
    expect(server('api-prod-1')).toBe('api-prod-1');
    expect(server('x'.repeat(40))).toBe('x'.repeat(40));
    expect(server('web\u202e-1')).toBe('web -1');
  });

  it('is its address, or its id, where the name is too long: what is cut cannot be typed', () => {
    expect(server('x'.repeat(41))).toBe('203.0.113.7');
    expect(server('x'.repeat(300))).toBe('203.0.113.7');
    expect(server('x'.repeat(300), null)).toBe('17');
  });

  it('is never empty: an empty field would be proof enough', () => {
    expect(server('\u202e')).toBe('17');
  });
});

describe('money that is estimated', () => {
  it('says what it stands on', () => {
    const end = formatDay(now + 21 * dayMs, now);
    expect(estimateBasis(now + 21 * dayMs, now)).toBe(
      `Estimate at monthly prices, for the 21 d paid until ${end}. A longer cycle may cost less.`,
    );
    expect(estimateBasis(now + 21 * dayMs, now, 'refund')).toContain(
      'With a longer cycle the refund may be smaller.',
    );
    expect(estimateBasis(now - dayMs, now)).toBe('Estimate: its paid period is over.');
    expect(estimateBasis(null, now)).toContain('cannot be estimated');
  });

  it('is added to the balance, or not known', () => {
    expect(balanceAfterRefund(5240, 700)).toBe('$59.40');
    expect(balanceAfterRefund(5240, null)).toBe('—');
  });
});

it('what was paid is said, and what nobody knows is not', () => {
  expect(paidToast({ wasLost: false, chargedCents: 700 }, 'It is upgraded.', 'It reboots.')).toEqual({
    message: 'It is upgraded. $7.00 was charged.',
    next: 'It reboots.',
  });
  expect(paidToast({ wasLost: false, chargedCents: null }, 'It is upgraded.', '').message).toBe(
    'It is upgraded.',
  );
  expect(paidToast({ wasLost: true, chargedCents: null }, 'It is upgraded.', '')).toMatchObject({
    tone: 'warn',
    message: 'The answer was lost: it is not known whether this took effect.',
  });
});

describe('what was not paid', () => {
  it('says that nothing was charged, and what to do', () => {
    expect(
      unpaidText({ kind: 'insufficient-funds', message: '', balanceCents: cents(100) }, 'the upgrade'),
    ).toBe(
      'The balance of $1.00 does not cover the upgrade. Nothing was charged. Add funds on the web dashboard, then try again.',
    );
    expect(
      unpaidText({ kind: 'invalid', message: 'Bad.', fields: { package_id: ['A smaller plan.'] } }, 'it'),
    ).toBe('Evorxa refused this: A smaller plan. Nothing was charged.');
    expect(unpaidText({ kind: 'invalid', message: 'Sold out.', fields: {} }, 'it')).toContain('Sold out.');
    expect(unpaidText({ kind: 'offline', message: '' }, 'it')).toContain('could not be reached');
  });
});

it('systems are offered by the name that the API files them under', () => {
  const template = (id: string, name: string, version: string | null) => ({
    id: id as OsTemplateId,
    name,
    version,
  });
  expect(
    osChoices([
      { name: 'Debian', templates: [template('1', 'Debian', '12'), template('2', 'Debian 13', '13')] },
      { name: 'Other', templates: [template('3', 'Alpine', null)] },
    ]).map(({ label }) => label),
  ).toEqual(['Debian 12', 'Debian 13', 'Alpine']);
});
