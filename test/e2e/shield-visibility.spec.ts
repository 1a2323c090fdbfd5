import { readFileSync } from 'node:fs';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';

const part = (window: Page, name: string): Locator => window.getByRole('region', { name, exact: true });
const entries = (window: Page, name: string): Locator =>
  part(window, name)
    .getByRole('list', { name: new RegExp(`^${name} by`) })
    .getByRole('listitem');

async function openShield(window: Page): Promise<void> {
  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(entries(window, 'Top sources').first()).toContainText('198.51.100.14');
}

async function saveTo(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

test('a ranking is filtered, an entry is excluded from its shares, and what is left is copied and saved', async ({
  launchSignedIn,
}, testInfo) => {
  const { app, window } = await launchSignedIn();
  await openShield(window);
  const sources = part(window, 'Top sources');
  await expect(entries(window, 'Top sources')).toHaveCount(7);
  await expect(entries(window, 'Countries').first()).toContainText(/Germany\s*DE/);

  await sources.getByRole('button', { name: 'Filter top sources' }).click();
  await expect(sources.getByRole('searchbox')).toBeFocused();
  await sources.getByRole('searchbox').fill('AS64502');
  await expect(entries(window, 'Top sources')).toHaveCount(2);
  await expect(sources.getByRole('status')).toHaveText(/^2 of 7 match: \d+% of the total$/);
  await window.keyboard.press('Escape');
  await expect(entries(window, 'Top sources')).toHaveCount(7);
  await window.keyboard.press('Escape');
  await expect(sources.getByRole('button', { name: 'Filter top sources' })).toBeFocused();

  await sources.getByRole('button', { name: 'More for 198.51.100.14' }).click();
  await window.getByRole('menuitem', { name: 'Exclude' }).click();
  await expect(entries(window, 'Top sources')).toHaveCount(6);
  await expect(entries(window, 'Top sources').first()).toContainText('198.51.100.7');
  await expectAccessible(window, 'rankings');

  await sources.getByRole('button', { name: 'More for top sources' }).click();
  await window.getByRole('menuitem', { name: 'Copy all' }).click();
  await expect(window.getByText('Top sources copied.')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n')).toHaveLength(6);
  expect(copied).toMatch(/^198\.51\.100\.7\tAS64496\t.+\t\d+%\n/);

  const file = testInfo.outputPath('sources.csv');
  await saveTo(app, file);
  await sources.getByRole('button', { name: 'More for top sources' }).click();
  await window.getByRole('menuitem', { name: 'Save as CSV' }).click();
  await expect(window.getByText('Saved as sources.csv')).toBeVisible();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toBe('rank,entry,name,detail,value,unit,share_percent');
  expect(lines[1]).toMatch(/^1,"198\.51\.100\.7","198\.51\.100\.7","64496",\d+,"bytes",[\d.]+$/);
  expect(lines).toHaveLength(7);

  await sources.getByRole('button', { name: 'Include 198.51.100.14 again' }).click();
  await expect(entries(window, 'Top sources')).toHaveCount(7);
});

test('a top source is blocked in two clicks and taken back; an own address is not', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openShield(window);
  const rules = window.getByRole('table', { name: 'Rules' }).getByRole('row');
  await expect(rules).toHaveCount(3);

  await part(window, 'Top sources').getByRole('button', { name: 'Block 192.0.2.88' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Block 192.0.2.88?' });
  await expect(dialog).toContainText('Matches 192.0.2.88 alone.');
  await expect(dialog).toContainText('It cannot be proved that your SSH access stays.');
  await expectAccessible(window, 'block a source');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(window.getByText('192.0.2.88/32 is blocked on 203.0.113.42.')).toBeVisible();
  await expect(rules.nth(3)).toHaveText(/Block\s*any protocol\s*192\.0\.2\.88\/32\s*any port/);
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);

  await window.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(rules).toHaveCount(3);
  expect(await askedCount(sandbox, 'shield.deleteRule')).toBe(1);

  // What the user says of their own address in a review holds here too.
  await window.getByRole('button', { name: 'Add rule' }).click();
  const form = rules.last();
  await form.getByRole('textbox', { name: 'Source' }).fill('192.0.2.200');
  await form.getByRole('textbox', { name: 'Port' }).fill('8080');
  await form.getByRole('button', { name: 'Stage rule' }).click();
  await window.getByRole('button', { name: 'Review changes' }).click();
  const review = window.getByRole('alertdialog', { name: 'Review changes of 203.0.113.42' });
  await review.getByRole('textbox', { name: 'Your address' }).fill('198.51.100.7');
  await review.getByRole('button', { name: 'Cancel' }).click();
  await part(window, 'Top sources').getByRole('button', { name: 'Block 198.51.100.7' }).click();
  const own = window.getByRole('alertdialog', { name: 'Block 198.51.100.7?' });
  await expect(own).toContainText('198.51.100.7 is your address, so it is not blocked from here.');
  await expect(own.getByRole('button', { name: 'Block', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await own.getByRole('button', { name: 'Cancel' }).click();
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);

  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('You added a firewall rule to 203.0.113.42').first()).toBeVisible();
  await expect(window.getByText('You deleted a firewall rule of 203.0.113.42').first()).toBeVisible();
});

test('a block is still listed after a restart, and taken back then', async ({
  launchSignedIn,
  sandbox,
}, testInfo) => {
  const userDataDir = testInfo.outputPath('data');
  const first = await launchSignedIn({ userDataDir });
  await openShield(first.window);
  await part(first.window, 'Top sources').getByRole('button', { name: 'Block 192.0.2.88' }).click();
  const dialog = first.window.getByRole('alertdialog', { name: 'Block 192.0.2.88?' });
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(first.window.getByText('192.0.2.88/32 is blocked on 203.0.113.42.')).toBeVisible();
  await first.close();

  const { window } = await launchSignedIn({ userDataDir });
  await openShield(window);
  const blocked = part(window, 'Blocked sources');
  await expect(blocked.getByRole('listitem')).toHaveText(/192\.0\.2\.88\/32/);
  await expectAccessible(window, 'blocked sources');
  await window.screenshot({ path: testInfo.outputPath('blocked.png') });
  await blocked.getByRole('button', { name: 'Undo the block of 192.0.2.88/32' }).click();
  await expect(blocked).toHaveCount(0);
  await expect(window.getByRole('table', { name: 'Rules' }).getByRole('row')).toHaveCount(3);
  expect(await askedCount(sandbox, 'shield.deleteRule')).toBe(1);
});

test('charts are live with what is usual, countries are on a map, and all of it is kept as one file', async ({
  launchSignedIn,
  sandbox,
}, testInfo) => {
  const { app, window } = await launchSignedIn();
  await openShield(window);
  const bandwidth = part(window, 'Bandwidth');
  await expect(bandwidth).toContainText(
    /Usual in: [\d.]+ [kM]?bit\/s to [\d.]+ Mbit\/s\. Now [\d.]+ Mbit\/s/,
  );
  await expect(window.getByRole('main').getByText('Live', { exact: true })).toBeVisible();
  await expect(part(window, 'Packets per second')).toContainText(
    /Usual: [\d.]+ k to [\d.]+ k packets per second\. Now [\d.]+ k/,
  );
  const map = part(window, 'Map');
  await expect(map.getByRole('img', { name: /^World map .*Germany \d+%/ })).toBeVisible();
  await expect(map).toContainText(/Not on the map: Singapore/);
  await expect(map.getByRole('list', { name: 'Share of the total' }).getByRole('listitem')).toHaveCount(5);

  // The charts are read again by themselves; the rankings are not read each time.
  await expect.poll(() => askedCount(sandbox, 'shield.pps'), { timeout: 60_000 }).toBeGreaterThan(1);

  const file = testInfo.outputPath('snapshot.html');
  await saveTo(app, file);
  await window.getByRole('button', { name: 'Save snapshot' }).click();
  await expect(window.getByText('Saved as snapshot.html')).toBeVisible();
  const text = readFileSync(file, 'utf8');
  const found = await window.evaluate((markup) => {
    const page = new DOMParser().parseFromString(markup, 'text/html');
    return {
      heading: page.querySelector('h1')?.textContent,
      captions: [...page.querySelectorAll('caption')].map(({ textContent }) => textContent.trim()),
      pictures: page.querySelectorAll('svg').length,
      loads: page.querySelectorAll('script, img, link, iframe, [src], [href], [onclick], [onload]').length,
    };
  }, text);
  expect(found).toEqual({
    heading: 'Shield snapshot of 203.0.113.42',
    captions: [
      'Bandwidth, times in UTC',
      'Packets per second, times in UTC',
      'Top sources by bytes',
      'Networks by bytes',
      'Countries by %',
      'Ports by hits',
      'Rules in the order of the API',
    ],
    pictures: 2,
    loads: 0,
  });
  expect(text).toContain('api-prod-1');
  expect(text).not.toContain(sandbox.tokens.full);
});
