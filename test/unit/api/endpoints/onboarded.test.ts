import { describe, expect, it } from 'vitest';
import { meEndpoints } from '../../../../main/api/endpoints/me.ts';

const user = { id: 42, email: 'jane@example.com', name: 'Jane Operator' };

function isOnboarded(fields: object, beside: object = {}): boolean | undefined {
  return meEndpoints['me.get'].decode({ user: { ...user, ...fields }, ...beside }, () => undefined, {})
    ?.onboarded;
}

describe('an account', () => {
  it.each([
    { onboarded: false },
    { is_onboarded: 0 },
    { onboarded: 'no' },
    { onboarded: { value: false, label: 'No' } },
    { onboardedAt: null },
    { onboarded_at: null },
    { onboarding_completed_at: null },
    { needs_onboarding: true },
    { requiresOnboarding: 1 },
    { onboarding_required: true },
    { onboarding: { completed: false } },
    { onboarding: { is_complete: false, step: 2 } },
    { onboarding: { completed_at: null } },
    { onboarding: { status: 'in_progress' } },
    { onboarding: false },
    { onboarding_status: 'pending' },
    { onboarding_complete: false },
    { has_completed_onboarding: false },
    { setup_completed: false },
  ])('that says %j is not set up', (fields) => {
    expect(isOnboarded(fields)).toBe(false);
    expect(isOnboarded({}, fields)).toBe(false);
  });

  it.each([
    {},
    { onboarded: true },
    { onboarded_at: '2026-05-01T00:00:00Z' },
    { needs_onboarding: false },
    { onboarding: { completed: true } },
    { onboarding: { completed_at: 1_781_395_200 } },
    { onboarding_status: 'completed' },
    { onboarding: 'done' },
    // What says nothing of it.
    { onboarding: { step: 0 } },
    { onboarding_emails: false },
    { setup_fee: 0 },
    { onboarded: null },
  ])('that says %j counts as set up', (fields) => expect(isOnboarded(fields)).toBe(true));
});
