import { readFileSync } from 'node:fs';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { chooseForInstance, instanceRow, openInstance, signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

test('metrics are seen in the list, kept as files, and told of when they stay too high', async ({
  launch,
  startSandbox,
  notifications,
}, testInfo) => {
  const { app, window } = await launch();
  await signIn(window, await startSandbox({ speed: 50 }));
  const saveAs = async (name: string): Promise<string> => {
    const path = testInfo.outputPath(name);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    return path;
  };

  await expect(
    instanceRow(window, 'api-prod-1').getByRole('img', { name: /^CPU, last hour: \d+%$/ }),
  ).toBeVisible();
  await expect(instanceRow(window, 'staging').getByRole('img', { name: /^CPU/ })).toHaveCount(0);
  await chooseForInstance(window, 'staging', /^Start/);

  await openInstance(window, 'api-prod-1');
  const table = await saveAs('metrics.csv');
  await window.getByRole('main').getByRole('button', { name: 'Export' }).click();
  await window.getByRole('menuitem', { name: 'CSV' }).click();
  await expect(window.getByText('Metrics saved to metrics.csv.')).toBeVisible();
  const [header, ...rows] = readFileSync(table, 'utf8').trimEnd().split('\r\n');
  expect(header).toMatch(/^time,cpu_percent,memory_used_bytes,disk_used_bytes,rx_bits_per_second/);
  expect(rows.length).toBeGreaterThan(100);
  expect(rows[0]).toMatch(/^"\d{4}-\d\d-\d\dT[\d:.]+Z",[\d.]+,\d+,\d+,/);

  const picture = await saveAs('metrics.png');
  await window.getByRole('main').getByRole('button', { name: 'Export' }).click();
  await window.getByRole('menuitem', { name: 'PNG image' }).click();
  await expect(window.getByText('Metrics saved to metrics.png.')).toBeVisible();
  const bytes = readFileSync(picture);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  // Its width and height, in the first chunk.
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(500);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(300);

  const alerts = window.getByRole('region', { name: 'Alerts' });
  await alerts.getByRole('button', { name: 'Add' }).click();
  const dialog = window.getByRole('alertdialog');
  await dialog.getByLabel('Above, in %').fill('0');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByText('Enter a number above 0, up to 100%.')).toBeVisible();
  await dialog.getByLabel('Above, in %').fill('1');
  await dialog.getByLabel('For').click();
  await window.getByRole('option', { name: '5 minutes', exact: true }).click();
  await expectAccessible(window, 'the form of an alert');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await notifications.waitFor(({ title }) => title === 'api-prod-1: CPU above 1%');
  await expect(alerts.getByText(/^too high since \d\d:\d\d$/)).toBeVisible();
  await expect(window.getByRole('region', { name: 'Activity' })).toContainText('api-prod-1: CPU above 1%');

  await window.getByRole('link', { name: 'Activity' }).click();
  const timeline = window.getByRole('group', { name: 'Activity', exact: true });
  await expect(timeline).toContainText('You started staging');
  await expect(timeline).toContainText('api-prod-1: CPU above 1%');
  await expectAccessible(window, 'activity');
  await expect(timeline.getByRole('region', { name: 'Today' })).toBeVisible();
  await expect(timeline.getByRole('link', { name: 'staging' })).toHaveAttribute('href', /^#\/instance\//);
  await window.getByText('Actions', { exact: true }).click();
  await expect(timeline).not.toContainText('api-prod-1');
  const kept = await saveAs('activity.csv');
  await window.getByRole('button', { name: 'Export CSV' }).click();
  await expect(window.getByText('Activity saved to activity.csv.')).toBeVisible();
  expect(readFileSync(kept, 'utf8')).toMatch(/,"done","You started staging",,"staging"\r\n$/);

  await window.getByRole('link', { name: 'Settings' }).click();
  const rules = window.getByRole('region', { name: 'Alerts' });
  await expect(rules.getByText(/^api-prod-1 · too high since/)).toBeVisible();
  await rules.getByRole('button', { name: 'Delete: CPU above 1% for 5 minutes' }).click();
  await expect(rules).toContainText('No alerts yet.');
  expect(notifications.received().filter(({ title }) => title.includes('CPU'))).toHaveLength(1);
});
