import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';
import { chooseForInstance, middleOf, terminalRows, typeLine } from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
test.afterEach(() => sshd.stop());

const tabs = (page: Page): Locator => page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');
const screen = (page: Page): Locator =>
  page.getByRole('tabpanel').filter({ visible: true }).locator('.xterm-helper-textarea');
const bar = (page: Page): Locator =>
  page.getByText(/^Typing goes to \d+ terminals$/).filter({ visible: true });
const dialog = (page: Page): Locator =>
  page.getByRole('alertdialog', { name: 'Type into several terminals' });

/** What a program has read so far, a character for each byte. */
const got = (index: number): Promise<string> =>
  readFile(join(sshd.home, `got-${index}`), 'latin1').catch(() => '');

/** A text as it comes to a program. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

async function goTo(page: Page, index: number): Promise<void> {
  await tabs(page).nth(index).click();
  await expect(tabs(page).nth(index)).toHaveAttribute('aria-selected', 'true');
  await expect(screen(page)).toBeFocused();
}

/** Chooses the terminals of these tabs, of so many. */
async function choose(page: Page, chosen: readonly number[], count: number): Promise<void> {
  await page.keyboard.press('Control+Shift+b');
  for (let index = 0; index < count; index += 1)
    await dialog(page)
      .getByRole('checkbox', { name: /^api-prod-1/ })
      .nth(index)
      .setChecked(chosen.includes(index));
  await dialog(page)
    .getByRole('button', { name: `Broadcast to ${chosen.length} terminals` })
    .click();
  await expect(dialog(page)).toBeHidden();
}

/** What is left without a terminal's reports that it has the focus, or no longer. */
const withoutFocus = (text: string): string => text.replaceAll('\x1b[I', '').replaceAll('\x1b[O', '');

/** The terminal reports the mouse and the focus, takes a paste in brackets, and is asked what it is. */
const withQuestions = String.raw`printf '\033[?1000h\033[?1006h\033[?1004h\033[?2004h\033[c\033[6n'; `;

test('what is typed and pasted goes to each terminal of a broadcast byte by byte, and to no other', async ({
  launch,
  startSandbox,
}) => {
  test.setTimeout(180_000);
  sshd = await startSshd();
  const { app, window: page } = await launch();
  await connectTo(page, await startSandbox(), sshd, { method: 'password' });
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await page.getByLabel('Password', { exact: true }).fill(sshd.password);
  await page.keyboard.press('Enter');
  await expectShell(page);
  for (const count of [2, 3, 4]) {
    await chooseForInstance(page, 'api-prod-1', /^SSH/);
    await expect(tabs(page)).toHaveCount(count);
    await expect(tabs(page).nth(count - 1)).toHaveAccessibleName(/, open/);
    await expect(terminalRows(page)).toContainText('$');
    await expect(screen(page)).toBeFocused();
  }

  await test.step('three programs read their keyboards raw, and one terminal has answered its program', async () => {
    for (const index of [0, 1, 2]) {
      await goTo(page, index);
      const questions = index === 0 ? withQuestions : '';
      await typeLine(page, `stty raw -echo; ${questions}tee got-${index} > /dev/null; exit`);
      if (index === 0) await expect.poll(() => got(0)).toMatch(/\[\?1;2c.*\d+;\d+R/s);
    }
  });

  await test.step('three of four are chosen, and each is marked', async () => {
    await page.keyboard.press('Control+Shift+b');
    await expect(dialog(page).getByRole('button', { name: 'Broadcast', exact: true })).toBeDisabled();
    await page.keyboard.press('Escape');
    await choose(page, [0, 1, 2], 4);
    for (const index of [0, 1, 2]) {
      await goTo(page, index);
      await expect(tabs(page).nth(index)).toHaveAccessibleName(/, broadcast$/);
      await expect(bar(page)).toHaveText('Typing goes to 3 terminals');
    }
    await goTo(page, 3);
    await expect(tabs(page).nth(3)).not.toHaveAccessibleName(/broadcast/);
    await expect(bar(page)).toBeHidden();
  });

  const typed = `ls 'ü€😀'\t~`;
  let expected = bytesOf(`${typed}\x1b[A\r\x03\x1b\x1bb\x7f`);
  await test.step('what is typed comes to all three as it is; what a terminal says by itself does not', async () => {
    await goTo(page, 0);
    const before = await got(0);
    expect(before).toContain('\x1b[I');
    await page.keyboard.type(typed);
    for (const key of ['ArrowUp', 'Enter', 'Control+c', 'Escape', 'Alt+b', 'Backspace'])
      await page.keyboard.press(key);
    await expect.poll(async () => (await got(0)).slice(before.length)).toBe(expected);
    const { x, y } = await middleOf(terminalRows(page));
    await page.mouse.click(x, y);
    await expect.poll(() => got(0)).toMatch(/\[<0;\d+;\d+m$/);
    for (const index of [1, 2]) await expect.poll(() => got(index)).toBe(expected);
  });

  await test.step('a paste is asked about once, and comes to each as its program takes it', async () => {
    await app.evaluate(({ clipboard }) => clipboard.writeText('first ü\nsecond\u001b[201~'));
    const before = await got(0);
    await page.keyboard.press('Control+Shift+v');
    const question = page.getByRole('alertdialog', { name: 'Paste 2 lines into 3 terminals?' });
    await question.getByRole('button', { name: 'Paste', exact: true }).click();
    const pasted = bytesOf('first ü\rsecond[201~');
    expected += pasted;
    await expect
      .poll(async () => withoutFocus((await got(0)).slice(before.length)))
      .toBe(`\x1b[200~${pasted}\x1b[201~`);
    for (const index of [1, 2]) await expect.poll(() => got(index)).toBe(expected);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  await test.step('a terminal leaves, and another one ends: it is typed into by itself', async () => {
    await goTo(page, 2);
    await page.keyboard.type('from the third');
    expected += 'from the third';
    await expect.poll(() => got(1)).toBe(expected);
    await expect.poll(() => got(0)).toContain('from the third');
    await page.getByRole('button', { name: 'Leave', exact: true }).filter({ visible: true }).click();
    await expect(bar(page)).toBeHidden();
    await page.keyboard.type('alone');
    await expect.poll(() => got(2)).toBe(`${expected}alone`);
    expect(await got(1)).toBe(expected);

    await goTo(page, 3);
    await expect(terminalRows(page)).not.toContainText('third');
    await typeLine(page, "pkill -f 'tee got-1'");
    await expect(tabs(page).nth(1)).toHaveAccessibleName(/ended/);
    await goTo(page, 0);
    await expect(bar(page)).toBeHidden();
    await page.keyboard.type('last');
    await expect.poll(() => got(0)).toMatch(/last$/);
    expect(await got(1)).toBe(expected);
  });

  await test.step('it is over when the page is loaded again', async () => {
    await choose(page, [0, 1], 3);
    await page.keyboard.type('both');
    await expect.poll(() => got(2)).toBe(`${expected}aloneboth`);
    await page.reload();
    await expect(tabs(page)).toHaveCount(4);
    await goTo(page, 0);
    await expect(tabs(page).nth(0)).not.toHaveAccessibleName(/broadcast/);
    await page.keyboard.type('alone');
    await expect.poll(async () => withoutFocus(await got(0))).toMatch(/bothalone$/);
    expect(await got(2)).toBe(`${expected}aloneboth`);
  });
});
