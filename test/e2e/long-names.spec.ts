import type { Page } from '@playwright/test';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { pageHashes } from '../support/kept-memory.ts';
import { refresh, setSize, signIn } from '../support/window-steps.ts';

/** A name without a place to break at, and one of many words. */
const names = { solid: 'x'.repeat(300), worded: 'a server with a name of many words '.repeat(9).trim() };

/** What is wrong with the page as it is drawn: it is wider than the window, or cuts words that nothing tells whole. */
function flaws(window: Page): Promise<readonly string[]> {
  return window.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('.visually-hidden, .xterm') !== null) continue;
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (element.scrollWidth - element.clientWidth <= 1 || element.clientWidth === 0) continue;
      const words = element.textContent.trim().slice(0, 40);
      if (overflowX === 'auto' || overflowX === 'scroll') found.push(`scrolls sideways: ${words}`);
      const isCut = overflowX !== 'visible' && textOverflow === 'ellipsis' && words !== '';
      const tells = '[title], [data-tooltip], [aria-label]';
      if (isCut && element.closest(tells) === null && element.querySelector(tells) === null)
        found.push(`cut without a title: ${words}`);
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
}
