import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { enterToken, instanceRow } from '../support/window-steps.ts';

test('plans, cycles and regions can be seen before signing in', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await sandbox.control.addFault({ endpoint: 'catalog.plans', kind: 'status', status: 404 });
  await window.getByRole('button', { name: 'See plans and prices' }).click();
  await expect(window.getByRole('heading', { name: 'The plans could not be loaded.' })).toBeVisible();
  await expectAccessible(window, 'plans that could not be loaded');
  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Retry' }).click();

  const plans = window.getByRole('list', { name: 'Plans' }).getByRole('listitem');
  await expect(plans).toHaveCount(7);
  await expect(plans.filter({ hasText: 'Scout 2' })).toContainText('$10.00 per month');
  await window.getByRole('radiogroup', { name: 'Billing cycle' }).getByText('Yearly').click();
  await expect(plans.filter({ hasText: 'Scout 2' })).toContainText('$102.00 per year');
  await expect(plans.filter({ hasText: 'Scout 2' })).toContainText('Saves $18.00 (15%)');
  await window.getByRole('radiogroup', { name: 'Category' }).getByText('CPU optimized').click();
  await expect(plans).toHaveCount(3);
  await expect(window.getByRole('list', { name: 'Regions' })).toContainText('Frankfurt');
  await expectAccessible(window, 'plans before the sign-in');

  await window.getByRole('button', { name: 'Back to sign-in' }).click();
  await enterToken(window, sandbox.tokens.full);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
});

test('parts that are missing, and a catalog that is empty, say so', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  await sandbox.control.addFault({ endpoint: 'catalog.regions', kind: 'html' });
  await sandbox.control.addFault({ endpoint: 'catalog.billingCycles', kind: 'truncated' });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await window.getByRole('button', { name: 'See plans and prices' }).click();
  await expect(window.getByText('The regions could not be loaded.')).toBeVisible();
  // The cycles are told by the plans' own prices then.
  await expect(window.getByRole('radiogroup', { name: 'Billing cycle' })).toContainText('6 months');
});
