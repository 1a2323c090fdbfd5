import type { Page } from '@playwright/test';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { pageHashes } from '../support/retained-memory.ts';
import { refresh, setSize, signIn } from '../support/window-steps.ts';

/** A name without a place to break at, and one of many words. */
const names = { solid: 'x'.repeat(300), worded: 'an instance with a name of many words '.repeat(9).trim() };

/** What is wrong with the page as it is drawn: it is wider than the window, or cuts words that no title or tooltip tells whole. */
function flaws(window: Page): Promise<readonly string[]> {
  return window.evaluate(() => {
    const found: string[] = [];
    const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();
    /** The texts in an element, each for itself. */
    const textsOf = (element: Element): readonly string[] => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const texts: string[] = [];
      while (walker.nextNode() !== null) texts.push(plain(walker.currentNode.textContent ?? ''));
      return texts;
    };
    const isToldWhole = (element: HTMLElement): boolean => {
      const tellers = [
        element.closest<HTMLElement>('[title], [data-tooltip]'),
        ...element.querySelectorAll<HTMLElement>('[title], [data-tooltip]'),
      ];
      const told = tellers.map((each) => plain(`${each?.title ?? ''} ${each?.dataset['tooltip'] ?? ''}`));
      // A text that was cut before it was drawn is told further, to some length.
      return textsOf(element).every((text) => told.some((each) => each.includes(text.replace(/…$/u, ''))));
    };
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide`);
    const scrollsDown = (element: HTMLElement, overflow = getComputedStyle(element).overflowY): boolean =>
      (overflow === 'auto' || overflow === 'scroll') && element.scrollHeight - element.clientHeight > 1;
    const parents = (element: HTMLElement): readonly HTMLElement[] => {
      const parent = element.parentElement;
      return parent === null ? [] : [parent, ...parents(parent)];
    };
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('.visually-hidden, .xterm') !== null) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      if (scrollsDown(element, overflowY) && parents(element).some((each) => scrollsDown(each)))
        found.push(`two scrollbars: ${element.ariaLabel ?? element.className}`);
      if (element.scrollWidth - element.clientWidth <= 1 || element.clientWidth === 0) continue;
      const words = element.textContent.trim().slice(0, 40);
      if (overflowX === 'auto' || overflowX === 'scroll') found.push(`scrolls sideways: ${words}`);
      const isCut = overflowX !== 'visible' && textOverflow === 'ellipsis' && words !== '';
      if (isCut && !isToldWhole(element)) found.push(`cut without a title: ${words}`);
    }
    return found;
  });
}

for (const [kind, name] of Object.entries(names)) {
  test(`a ${kind} name of ${name.length} letters pushes no page apart, and is told whole where it is cut`, async ({
    launch,
    startSandbox,
  }) => {
    test.slow();
    const sandbox = await startSandbox();
    const { app, window } = await launch();
    await signIn(window, sandbox);
    const id = await instanceId(sandbox, 'api-prod-1');
    await sandbox.control.patchInstance(id, { name, hostname: `${'h'.repeat(60)}.example.com` });
    await refresh(window);
    await expect(window.getByTitle(name.slice(0, 40)).first()).toBeVisible();
    await setSize(app, 900, 600);
    for (const hash of pageHashes(id)) {
      await test.step(hash, async () => {
        await window.evaluate((next) => {
          location.hash = next;
        }, hash);
        await expect(window.locator('main').getByRole('heading').first()).toBeVisible();
        await expect(window.locator('main [role=status] .skeleton')).toHaveCount(0);
        await expect
          .configure({ soft: true })
          .poll(() => flaws(window))
          .toEqual([]);
      });
    }
  });
  test(`a ${kind} name of ${name.length} letters fits each dialog about its instance, whose button keeps its verb`, async ({
    launch,
    startSandbox,
  }) => {
    const sandbox = await startSandbox({ sshHosts: false });
    const { app, window } = await launch();
    await signIn(window, sandbox);
    const id = await instanceId(sandbox, 'api-prod-1');
    await sandbox.control.patchInstance(id, { name });
    await refresh(window);
    await setSize(app, 900, 600);
    await window.evaluate(
      (hash) => {
        location.hash = hash;
      },
      pageHashes(id).find((hash) => hash.endsWith('/system')) ?? '',
    );
    for (const [opener, verb] of [
      ['Upgrade', 'Upgrade'],
      ['Reset root password', 'Reset root password'],
      ['Reinstall OS', 'Reinstall'],
      ['Delete instance', 'Delete'],
    ] as const) {
      await test.step(opener, async () => {
        await window.getByRole('button', { name: opener, exact: true }).click();
        const dialog = window.getByRole('alertdialog');
        const button = dialog.locator('button[type=submit]');
        await expect(button).toHaveAccessibleName(new RegExp(`^${verb}`));
        const inside = await button.evaluate((element) => {
          const [box, frame] = [element, element.closest('.ui-dialog')].map((each) =>
            each?.getBoundingClientRect(),
          );
          return (
            box !== undefined && frame !== undefined && box.left >= frame.left && box.right <= frame.right
          );
        });
        expect(inside).toBe(true);
        await expect.poll(() => flaws(window)).toEqual([]);
        await window.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      });
    }
    await window.getByRole('button', { name: 'Delete instance', exact: true }).click();
    const send = window.getByRole('alertdialog').locator('button[type=submit]');
    await expect(send).toHaveAttribute('aria-disabled', 'true');
    await window.getByLabel('Type 203.0.113.42 to confirm').fill('203.0.113.42');
    await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  });
}
