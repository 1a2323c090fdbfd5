import { enterToken, expect, test } from '../support/signed-in.ts';
import { startStandInApi } from '../support/stand-in-api.ts';
import { openInstance, setSize } from '../support/window-steps.ts';

const periods = [
  ['5m', 'last 5 minutes'],
  ['30m', 'last 30 minutes'],
  ['1h', 'last hour'],
  ['6h', 'last 6 hours'],
  ['12h', 'last 12 hours'],
  ['24h', 'last 24 hours'],
] as const;

test('the metrics of an instance, in all six periods, with what was not measured left open', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openInstance(window, 'api-prod-1');

  const memory = window.getByRole('slider', { name: 'Memory, last hour' });
  await expect(memory).toBeVisible();
  await expect(memory.locator('canvas')).toBeVisible();
  // The sandbox's collector was away for five minutes: ten or eleven points of half a minute.
  await expect(memory).toHaveAccessibleDescription(/\b1[01] of 120 points have no data\./);
  await expect(window.getByRole('slider', { name: 'CPU, last hour' })).not.toHaveAccessibleDescription(
    /no data/,
  );

  for (const [label, words] of periods) {
    await window.getByRole('radiogroup', { name: 'Period' }).getByText(label, { exact: true }).click();
    for (const title of ['CPU', 'Memory', 'Disk', 'Network'])
      await expect(window.getByRole('slider', { name: `${title}, ${words}` })).toBeVisible();
  }
  const asked = (await sandbox.control.log()).filter(({ endpoint }) => endpoint === 'instances.metrics');
  expect(new Set(asked.map(({ path }) => new URL(path, sandbox.apiUrl).searchParams.get('period')))).toEqual(
    new Set(periods.map(([label]) => label)),
  );
});

test('one cursor for the four charts, by pointer and by keyboard', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await openInstance(window, 'api-prod-1');
  const cpu = window.getByRole('slider', { name: /^CPU/ });
  const memory = window.getByRole('slider', { name: /^Memory/ });
  const cards = window.getByRole('region', { name: /^(CPU|Memory|Disk|Network)$/ });
  const clock = /\d\d:\d\d · /;

  await expect(cards.filter({ hasText: clock })).toHaveCount(0);
  await cpu.hover({ position: { x: 200, y: 40 } });
  await expect(cards.filter({ hasText: clock })).toHaveCount(4);
  await window.getByRole('heading', { name: 'Metrics' }).hover();
  await expect(cards.filter({ hasText: clock })).toHaveCount(0);

  await cpu.focus();
  await window.keyboard.press('Home');
  await expect(cpu).toHaveAttribute('aria-valuenow', '0');
  await expect(memory).toHaveAttribute('aria-valuenow', '0');
  await window.keyboard.press('Shift+ArrowRight');
  await expect(memory).toHaveAttribute('aria-valuenow', '10');
  await expect(cpu).toHaveAttribute('aria-valuetext', /^\d\d:\d\d, \d+\.\d%$/);
  await window.keyboard.press('Escape');
  await expect(cards.filter({ hasText: clock })).toHaveCount(0);
});

test('the page uses the height that is there: charts grow, and what happened stands below them', async ({
  launchSignedIn,
}) => {
  const { app, window } = await launchSignedIn();
  await openInstance(window, 'api-prod-1');
  const cpu = window.getByRole('slider', { name: 'CPU, last hour' });
  const activity = window.getByRole('main').getByRole('region', { name: 'Activity' });
  for (const [width, height] of [
    [1280, 800],
    [1280, 1000],
  ] as const) {
    await setSize(app, width, height);
    // What is below the last card is the page's margin, not white.
    await expect
      .poll(async () => {
        const box = await activity.boundingBox();
        return box === null ? null : height - (box.y + box.height);
      })
      .toBe(20);
    const canvas = await cpu.locator('canvas').boundingBox();
    const chart = await cpu.boundingBox();
    expect(chart?.height).toBeGreaterThan(180);
    expect(Math.abs((canvas?.height ?? 0) - (chart?.height ?? 0))).toBeLessThan(2);
  }
  await setSize(app, 900, 600);
  await expect.poll(async () => Math.round((await cpu.boundingBox())?.height ?? 0)).toBeLessThan(105);
  expect((await cpu.boundingBox())?.height).toBeGreaterThanOrEqual(100);
});

test('a part of the metrics without history says so and keeps its figure', async ({ launch }) => {
  const atSeconds = Math.floor(Date.now() / 1000);
  const row = { id: 'a1', name: 'web', status: 'running', plan: 'scout-1', main_ip: '203.0.113.5' };
  const api = await startStandInApi({
    'GET /me': { user: { id: 1, name: 'Jane' }, projects: [] },
    'GET /wallet/balance': { balance_cents: 5_000 },
    'GET /instances': [row],
    'GET /instances/a1': row,
    'GET /instances/a1/metrics?period=1h': {
      current: { cpu_percent: 12.5, disk_used_bytes: 3 * 1024 ** 3, disk_total_bytes: 30 * 1024 ** 3 },
      history: [60, 30, 0].map((ago) => ({ timestamp: atSeconds - ago, cpu_percent: 12.5 })),
    },
  });
  try {
    const { window } = await launch();
    await enterToken(window, '1|any', api.apiUrl);
    await openInstance(window, 'web');
    await expect(window.getByRole('slider', { name: 'CPU, last hour' })).toBeVisible();
    for (const title of ['Memory', 'Disk', 'Network']) {
      const card = window.getByRole('region', { name: title, exact: true }).first();
      await expect(card).toContainText('No history for the last hour.');
      await expect(card.locator('canvas')).toHaveCount(0);
    }
    await expect(window.getByRole('region', { name: 'Disk', exact: true })).toContainText('3.00 of 30 GB');
  } finally {
    await api.close();
  }
});

test('a restart shows what is expected, then what Evorxa confirms', async ({ launchSignedIn, sandbox }) => {
  // Several polls have to come and go.
  test.slow();
  const { window } = await launchSignedIn();
  await openInstance(window, 'api-prod-1');
  const header = window.locator('main > header');
  await expect(header).toContainText('Running');

  await window.getByRole('button', { name: 'Power' }).click();
  await window.getByRole('menuitem', { name: /^Restart/ }).click();
  await window.getByRole('button', { name: 'Restart api-prod-1' }).click();
  await expect(header).toContainText('Restarting');
  await expect(window.getByText(/^Restarting/).and(window.locator('strong'))).toBeVisible();

  const { instances } = await sandbox.control.state();
  const id = instances.find(({ name }) => name === 'api-prod-1')?.id ?? '';
  const answersSince = async (): Promise<number> => {
    const log = await sandbox.control.log();
    const sent = log.findIndex(({ endpoint }) => endpoint === 'instances.power');
    if (sent === -1) return 0;
    return log.slice(sent).filter(({ endpoint, status }) => endpoint === 'instances.get' && status === 200)
      .length;
  };
  await expect
    .poll(async () => (await sandbox.control.log()).some(({ endpoint }) => endpoint === 'instances.power'))
    .toBe(true);
  // It stays away until the app has seen it away: the first answer may be older than the action, the second is not.
  await sandbox.control.patchInstance(id, { status: 'restarting' });
  await expect.poll(answersSince, { timeout: 30_000 }).toBeGreaterThan(1);
  await sandbox.control.patchInstance(id, { status: 'running' });
  await expect(header).toContainText('Running', { timeout: 30_000 });
});

test('facts, and the login that can be changed', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await openInstance(window, 'api-prod-1');
  const facts = window.getByRole('complementary', { name: 'Details' });
  for (const fact of ['Scout 2', '2 vCPU · 4 GB · 60 GB', 'default', '$10.00/month', 'estimate', 'running'])
    await expect(facts.getByText(fact, { exact: true })).toBeVisible();
  await expect(facts.getByText('root · any key or password')).toBeVisible();

  await facts.getByRole('button', { name: 'Edit SSH settings' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'SSH settings of api-prod-1' });
  await dialog.getByLabel('Port').fill('70000');
  await dialog.getByLabel('User').fill('two words');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Enter a number from 1 to 65535.')).toBeVisible();
  await expect(dialog.getByLabel('User')).toHaveAttribute('aria-invalid', 'true');

  await dialog.getByLabel('Port').fill('2222');
  await dialog.getByLabel('User').fill('deploy');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(facts.getByText('deploy · any key or password')).toBeVisible();
  await expect(facts.getByText('203.0.113.42:2222')).toBeVisible();
});

test('what cannot be shown is said, with what to do', async ({ launchSignedIn, sandbox }) => {
  const { window } = await launchSignedIn();
  await sandbox.control.addFault({
    kind: 'status',
    endpoint: 'instances.metrics',
    status: 403,
    message: 'Invalid ability provided.',
  });
  await openInstance(window, 'api-prod-1');
  await expect(window.getByText('The token lacks the ability analytics:read.')).toBeVisible();

  await window.goBack();
  await sandbox.control.clearFaults();
  await sandbox.control.addFault({ kind: 'status', endpoint: 'instances.metrics', status: 500 });
  await openInstance(window, 'db-primary');
  await expect(window.getByRole('alert')).toContainText('The metrics could not be loaded.', {
    timeout: 30_000,
  });
  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Retry' }).click();
  await expect(window.getByRole('slider', { name: /^CPU/ })).toBeVisible();

  await window.goBack();
  await openInstance(window, 'staging');
  await expect(window.getByText('Metrics are collected while the instance runs.')).toBeVisible();
  await expect(window.getByRole('button', { name: 'SSH', exact: true })).toHaveAttribute(
    'data-tooltip',
    'staging is stopped',
  );

  const { instances } = await sandbox.control.state();
  const staging = instances.find(({ name }) => name === 'staging');
  await sandbox.control.removeInstance(staging?.id ?? '');
  await expect(window.getByText('This instance is not in this account')).toBeVisible({ timeout: 40_000 });
  await window.getByRole('button', { name: 'Show all instances' }).click();
  await expect(window.getByRole('heading', { name: 'Instances', level: 1 })).toBeVisible();
});
