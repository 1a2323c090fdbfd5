import { expect, test } from '../support/journey.ts';
import { connectShell, openInstance, setSize, terminalRows, typeLine } from '../support/window-steps.ts';

test('a terminal takes the whole place of the page, and gives it back', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  const dock = window.getByRole('region', { name: 'Terminal', exact: true });
  const page = window.locator('main');
  const heightOf = async (): Promise<number> => (await dock.boundingBox())?.height ?? 0;
  const small = await heightOf();

  await window.getByRole('button', { name: 'Maximize terminals' }).click();
  await expect(page).toBeHidden();
  const windowPx = await window.evaluate(() => innerHeight);
  await expect.poll(heightOf).toBe(windowPx);
  await expect(terminalRows(window)).toContainText('root@api-prod-1');
  // The shell is told of its new size.
  await window.getByRole('tabpanel').filter({ visible: true }).locator('.xterm-screen').click();
  await typeLine(window, 'echo "still"-"here"');
  await expect(terminalRows(window)).toContainText('still-here');

  await window.getByRole('button', { name: 'Restore terminals' }).click();
  await expect(page).toBeVisible();
  await expect.poll(heightOf).toBe(small);

  // Who asks for a page sees it.
  await window.getByRole('button', { name: 'Maximize terminals' }).click();
  await window.getByRole('link', { name: 'Wallet' }).click();
  await expect(window.getByRole('heading', { name: 'Wallet' })).toBeVisible();
});

test('what has no room above an open dock is scrolled to, and drawn over nothing', async ({ launch }) => {
  const { app, window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  await setSize(app, 900, 600);
  await openInstance(window, 'api-prod-1');
  await window.getByRole('tab', { name: 'Agent', exact: true }).click();
  const message = window.getByRole('textbox', { name: /^Message to the agent/ });
  await expect(message).toBeVisible();
  const dock = window.getByRole('region', { name: 'Terminal', exact: true });
  const top = (await dock.boundingBox())?.y ?? 0;
  const isPageBelow = await window.evaluate(
    (y) => [100, 450, 800].some((x) => (document.elementFromPoint(x, y)?.closest('main') ?? null) !== null),
    top + 12,
  );
  expect(isPageBelow).toBe(false);
  await message.scrollIntoViewIfNeeded();
  const box = await message.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(top);
  await message.click();
  await expect(message).toBeFocused();
});

test('while the dock is hidden, the page asks nothing of localStorage, which would hold it at the start', async ({
  launch,
}) => {
  const { window } = await launch({ args: ['--demo'] });
  await expect(window.getByRole('row', { name: /api-prod-1/ }).first()).toBeVisible();
  await window.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    Storage.prototype.getItem = new Proxy(
      Object.getOwnPropertyDescriptor(Storage.prototype, 'getItem')?.value as Storage['getItem'],
      {
        apply: (getItem, storage, [key]: [string]) => {
          asked.push(key);
          return Reflect.apply(getItem, storage, [key]);
        },
      },
    );
  });
  await window.reload();
  await expect(window.getByRole('row', { name: /api-prod-1/ }).first()).toBeVisible();
  const asked = (): Promise<unknown> => window.evaluate((): unknown => Reflect.get(globalThis, 'asked'));
  expect(await asked()).toEqual([]);
  await connectShell(window, 'api-prod-1');
  expect(await asked()).toContain('dock-height-px');
});
