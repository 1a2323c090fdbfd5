import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { typeToken, withObserved, type BenchApp } from './bench-app.ts';
import type { Page } from './devtools.ts';
import { figureVerdict, type Verdict } from './figures.ts';

/** Goal 11: 1,000 servers in pages of 15, from the sign-in to the first rows and to all of them. */
export async function measurePagedAccount(
  session: TestSession,
  sandbox: RunningSandbox,
  app: BenchApp,
  count: number,
): Promise<readonly Verdict[]> {
  return withObserved(session, app, async (page) => {
    await page.send('Page.enable');
    await page.send('Runtime.enable');
    await page.release();
    await page.takeKeyboard();
    await typeToken(page, sandbox.tokens.full);
    const sinceMs = performance.now();
    await page.pressEnter();
    const firstMs = (await until(page, hasRows, 0)) - sinceMs;
    const allMs = (await until(page, hasCount, count)) - sinceMs;
    return [
      figureVerdict(11, 'First rows of 1,000 servers in pages of 15', {
        value: firstMs,
        limit: 1_000,
        unit: 'ms',
        digits: 0,
      }),
      figureVerdict(11, 'All of 1,000 servers in pages of 15', {
        value: allMs,
        limit: 5_000,
        unit: 'ms',
        digits: 0,
      }),
    ];
  });
}

const lookEveryMs = 20;
const longestMs = 60_000;

/** When something is so; a look costs the page next to nothing. */
async function until(page: Page, isSo: (count: number) => boolean, count: number): Promise<number> {
  const giveUpAtMs = performance.now() + longestMs;
  while (!(await page.run(isSo, count))) {
    if (performance.now() > giveUpAtMs) throw new Error('The servers did not come.');
    await sleep(lookEveryMs);
  }
  return performance.now();
}

/** Runs in the page. */
function hasRows(): boolean {
  return document.querySelectorAll('[role=grid] [aria-rowindex]').length > 0;
}

/** Runs in the page: the table has so many rows, and its header. */
function hasCount(count: number): boolean {
  const rows = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
  return Number(rows ?? 0) > count;
}
