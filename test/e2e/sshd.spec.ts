import { expect, test } from '../support/journey.ts';
import { makeKey, publicKeyOf, sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';
import { findInMenu } from '../support/tray-menu.ts';
import { chooseForInstance, terminalRows, typeLine } from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
test.afterEach(() => sshd.stop());

test('a password: a wrong one is asked again, the right one opens a shell', async ({
  launch,
  startSandbox,
}) => {
  sshd = await startSshd();
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  const form = window.getByRole('form', { name: /^Password of/ });
  await expect(form.getByLabel('Password', { exact: true })).toBeFocused();
  // Escape elsewhere is about what has the focus there.
  await window.getByRole('link', { name: /^Wallet/ }).press('Escape');
  await form.getByLabel('Password', { exact: true }).click();
  await window.keyboard.type('not the password');
  await window.keyboard.press('Enter');
  // sshd takes its time over a wrong one.
  await expect(form.getByText('The server did not accept that password. Try again.')).toBeVisible();
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('');
  await form.getByLabel('Password', { exact: true }).fill(sshd.password);
  await form.getByRole('button', { name: 'Continue' }).click();
  await expectShell(window);
});

test('a key file opens with its passphrase', async ({ launch, startSandbox, session }) => {
  const folder = session.keyring?.home ?? '';
  const path = makeKey(folder, 'ed25519', 'open sesame');
  sshd = await startSshd({ authorizedKeys: [publicKeyOf(path)] });
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'key-file', path });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await window.getByLabel('Passphrase', { exact: true }).fill('open barley');
  await window.keyboard.press('Enter');
  await expect(window.getByText(/That passphrase did not open/)).toBeVisible();
  await window.getByLabel('Passphrase', { exact: true }).fill('open sesame');
  await window.keyboard.press('Enter');
  await expectShell(window);
});

test('a changed host key is refused with both fingerprints, and forgotten as a step of its own', async ({
  launch,
  startSandbox,
}) => {
  sshd = await startSshd();
  const { port } = sshd;
  const { window } = await launch();
  const sandbox = await startSandbox();
  await connectTo(window, sandbox, sshd, { method: 'password' });
  const known = (await window.getByText(/^SHA256:/).textContent()) ?? '';
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(window.getByRole('form', { name: /^Password of/ })).toBeVisible();
  await window.getByRole('tab', { name: /api-prod-1/ }).press('Delete');
  await sshd.stop();

  sshd = await startSshd({ port });
  await connectTo(window, sandbox, sshd, { method: 'password' });
  const refusal = window.getByRole('tabpanel').getByRole('status');
  await expect(refusal).toContainText(known);
  expect((await refusal.textContent())?.match(/SHA256:[\w+/]{43}/g)).toHaveLength(2);
  await expect(window.getByRole('button', { name: /Trust/ })).toHaveCount(0);
  await expect(window.getByRole('button', { name: 'Connect again' })).toHaveCount(0);

  await window.getByRole('button', { name: 'Forget the old key' }).click();
  await chooseForInstance(window, 'api-prod-1', /^SSH/);
  await expect(window.getByRole('button', { name: 'Trust and connect' })).toBeVisible();
});

test('200 MB of output leave the list and the tray alive', async ({ launch, startSandbox, tray }) => {
  test.setTimeout(180_000);
  sshd = await startSshd();
  const sandbox = await startSandbox();
  const { window } = await launch();
  await connectTo(window, sandbox, sshd, { method: 'password' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await window.getByLabel('Password', { exact: true }).fill(sshd.password);
  await window.keyboard.press('Enter');
  await expectShell(window);
  const item = await tray.item();
  await item.waitForMenu((menu) => findInMenu(menu, 'api-prod-1') !== undefined);
  await typeLine(window, 'head -c 200000000 /dev/zero | base64 > big; cat big; echo "all"-"of it"');
  await expect(terminalRows(window)).toContainText('AAAAAAAAAAAAAAAA', { timeout: 60_000 });

  // Both answer while the output is on its way.
  await item.tooltip();
  const search = window.getByLabel('Search instances');
  await search.fill('metrics');
  await expect(window.getByRole('grid', { name: 'Instances' }).getByRole('row')).toHaveCount(2);
  await expect(terminalRows(window)).not.toContainText('all-of it');
  await search.fill('');
  await expect(terminalRows(window)).toContainText('all-of it', { timeout: 120_000 });
});

test('a flood that the window cannot follow leaves every line that is kept, and is read in its middle', async ({
  launch,
  startSandbox,
}) => {
  test.setTimeout(180_000);
  const last = 1_500_000;
  sshd = await startSshd();
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await window.getByLabel('Password', { exact: true }).fill(sshd.password);
  await window.keyboard.press('Enter');
  await expectShell(window);
  const rows = terminalRows(window);
  /** The numbers that are seen, from the top. */
  const numbers = async (): Promise<number[]> =>
    [...(await rows.innerText()).matchAll(/row (\d+) of the flood/g)].map(([, number]) => Number(number));
  const areInOrder = (seen: readonly number[]): boolean =>
    seen.length > 2 && seen.every((number, index) => number === (seen[0] ?? 0) + index);
  await typeLine(window, `seq -f 'row %.0f of the flood' ${last}; echo "all"-"of it"`);
  await expect.poll(numbers).not.toHaveLength(0);
  await window.locator('.xterm-screen').filter({ visible: true }).hover();
  await window.mouse.wheel(0, -400);
  await expect.poll(async () => areInOrder(await numbers())).toBe(true);
  // Down to the end, however many lines came meanwhile.
  await window.mouse.wheel(0, 2_000_000);
  await expect(rows).toContainText('all-of it', { timeout: 120_000 });
  // Ten thousand lines are kept above the screen, and a search has all of them at once.
  await window.keyboard.press('Control+Shift+f');
  const bar = window.getByRole('search');
  const field = bar.getByLabel('Find in the terminal');
  await field.fill(`row ${last - 9_950} of the flood`);
  await expect(bar.getByRole('status')).toHaveText('1 of 1');
  await expect.poll(numbers).toContain(last - 9_950);
  expect(areInOrder(await numbers())).toBe(true);
  await field.fill(`row ${last - 10_050} of the flood`);
  await expect(bar.getByRole('status')).toHaveText('Not found');
});
