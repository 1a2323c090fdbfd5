import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChangedApi } from '../support/changed-api.ts';
import { choose, createButton, creations, fillCreate, openCreate, plan } from '../support/create-steps.ts';
import { enterToken, expect, instanceRow, test } from '../support/signed-in.ts';

/** The plans' answer, with a change to each plan; null takes it out of the list. */
const eachPlan = (body: unknown, change: (plan: Plan) => Plan | null): unknown =>
  (body as readonly { readonly plans: readonly Plan[] }[]).map((category) => ({
    ...category,
    plans: category.plans.flatMap((each) => change(each) ?? []),
  }));

type Plan = Readonly<Record<string, unknown>>;

test('an account that is not set up says so on every page, and what is missing to create an instance', async ({
  launch,
  sandbox,
}) => {
  const api = await startChangedApi(sandbox.apiUrl, {
    'GET /me': (body) => ({
      user: { ...(body as { readonly user: object }).user, onboarded: false },
      projects: [],
    }),
  });
  try {
    const { window } = await launch({ env: { EVORXA_API_URL: api.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    const banner = window.getByText('This account is not set up yet.');
    await expect(banner).toBeVisible();
    await expect(window.getByRole('button', { name: 'Open the web dashboard' })).toBeVisible();
    await window.getByRole('link', { name: 'Wallet' }).click();
    await expect(window.getByRole('heading', { name: 'Wallet', level: 1 })).toBeVisible();
    await expect(banner).toBeVisible();

    await window.getByRole('link', { name: 'Instances' }).click();
    await openCreate(window);
    await expect(banner).toBeVisible();
    const project = window.getByRole('combobox', { name: 'Project' });
    await expect(project).toBeDisabled();
    await expect(project).toHaveText('This account has no project');
    await expect(project).toHaveAccessibleDescription(/Create one on the web dashboard/);
    await choose(window, 'Scout 1');
    await choose(window, 'Debian');
    await window.getByLabel('Name', { exact: true }).fill('web-1');
    await createButton(window).click();
    await expect(project).toHaveAccessibleDescription(/Choose a project/);
    expect(await creations(sandbox)).toBe(0);
  } finally {
    await api.close();
  }
});

test('a plan that is sold out is named so and cannot be chosen; a draft of one that is gone is not sent', async ({
  launch,
  sandbox,
}) => {
  let offer = (each: Plan): Plan | null => (each['name'] === 'Ranger 2' ? { ...each, in_stock: 0 } : each);
  const plans = (body: unknown): unknown => eachPlan(body, offer);
  const api = await startChangedApi(sandbox.apiUrl, {
    'GET /catalog/plans': plans,
    'GET /me/catalog/plans': plans,
  });
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  try {
    const env = { EVORXA_API_URL: api.apiUrl };
    const first = await launch({ env, userDataDir });
    await enterToken(first.window, sandbox.tokens.full);
    await expect(instanceRow(first.window, 'api-prod-1')).toBeVisible();
    await openCreate(first.window);
    await expect(plan(first.window, 'Ranger 2')).toBeDisabled();
    await expect(first.window.getByText('Sold out', { exact: true })).toHaveCount(1);
    await fillCreate(first.window, 'web-1');
    const summary = first.window.getByRole('complementary', { name: 'Summary' });
    await expect(summary).toContainText('Scout 1');
    await first.window.getByRole('link', { name: 'Wallet' }).click();
    await first.close();

    // The plan that the draft names is offered no longer.
    offer = (each) => (each['name'] === 'Scout 1' ? null : each);
    const { window } = await launch({ env, userDataDir });
    await window.getByRole('button', { name: 'Create instance' }).click();
    await expect(plan(window, 'Scout 2')).toBeVisible();
    await expect(window.getByLabel('Name', { exact: true })).toHaveValue('web-1');
    await expect(window.getByRole('radio', { name: /^Scout /, checked: true })).toHaveCount(0);
    await window.getByRole('button', { name: 'Create instance' }).click();
    await expect(window.getByText('Choose a plan.')).toBeVisible();
    await choose(window, 'Scout 2');
    await choose(window, 'Debian');
    expect(await creations(sandbox)).toBe(0);
    await createButton(window).click();
    await expect(window.getByRole('heading', { name: 'web-1', level: 1 })).toBeVisible();
    expect(await creations(sandbox)).toBe(1);
  } finally {
    await api.close();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
  }
});
