import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, treeCost } from '../support/process-tree.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { withObserved, type BenchApp } from './bench-app.ts';
import type { Page } from './devtools.ts';
import { figureVerdict, progress, type Verdict } from './figures.ts';
import { observeTexts } from './page-observer.ts';
import { longestTaskWhile } from './trace.ts';

const message = 'Read every log of this instance';
const lastWords = 'I have read all 200 logs.';
/** A call takes 320 ms of Evorxa's time: six or so come between two polls. */
const stepMs = 320;
const stepEveryMs = 300;
const calls = 200;
const frameMs = 16;
const wheelStepPx = 480;
const restMs = 30_000;
const bytesPerMegabyte = 1024 * 1024;
const limitMs = 50;

/**
 * Goal 15: a turn of 200 commands with 20 MB of output, in the real window: while they come, opened again, scrolled
 * through, and with all of them unfolded; and what the page holds after all of that.
 */
export async function measureLongTurn(
  session: TestSession,
  sandbox: RunningSandbox,
  app: BenchApp,
  listedName: string,
): Promise<readonly Verdict[]> {
  const { control } = sandbox;
  const { instances } = await control.state();
  const instance = instances.find(({ name }) => name === 'api-prod-2');
  if (instance === undefined) throw new Error('The sandbox has no api-prod-2.');
  await control.setCredits(100_000);
  return withObserved(session, app, async (page, { pid }) => {
    await (await observeTexts(page, [listedName])).seen();
    await page.takeKeyboard();
    const place = `#/instance/${instance.id}/agent`;
    await page.run(goTo, place, 'textarea');
    await sleep(5_000);
    const before = await rendererBytes(pid);
    const figures: [string, Awaited<ReturnType<typeof longestTaskWhile>>][] = [];
    const measure = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      const longest = await longestTaskWhile(page, act);
      figures.push([what, longest]);
      const words = `${longest.cpuMs.toFixed(1)} ms on the processor, ${longest.wallMs.toFixed(1)} by the clock`;
      progress(`  ${what}: longest task ${words}; ${megabytes(await rendererBytes(pid))} MB`);
    };
    await measure('while they come', async () => {
      await control.hold(true);
      await page.run(() => document.querySelector('textarea')?.focus());
      await page.type(message);
      await page.pressEnter();
      await page.run(waitForText, message);
      for (let count = 0; count < calls + 10; count += 1) {
        await control.advance(stepMs);
        await sleep(stepEveryMs);
      }
      await control.hold(false);
      await page.run(waitForText, lastWords);
    });
    await measure('opened again', async () => {
      await page.run(goTo, '#/wallet', 'main header');
      await page.run(goTo, place, 'textarea');
      await page.run(waitForText, lastWords);
    });
    await measure('scrolled', () => scrollThrough(page));
    await measure('all unfolded', async () => {
      await page.run(clickButton, 'Expand all commands');
      await page.run(waitForOutputs);
    });
    await measure('scrolled, unfolded', () => scrollThrough(page));
    await measure('an output whole', async () => {
      await page.run(showLastWhole);
      await sleep(1_000);
    });
    await sleep(restMs);
    const grown = (await rendererBytes(pid)) - before;
    return [
      ...figures.map(([what, { cpuMs }]) =>
        figureVerdict(15, `Longest frame, 200 commands and 20 MB, ${what}`, {
          value: cpuMs,
          limit: limitMs,
          unit: 'ms',
        }),
      ),
      figureVerdict(15, 'Memory that the page gained by them, at rest', {
        value: grown / bytesPerMegabyte,
        limit: 60,
        unit: 'MB',
        digits: 0,
      }),
    ];
  });
}

async function rendererBytes(pid: number): Promise<number> {
  const renderer = (await processTree(pid)).find(({ command }) => command.includes('--type=renderer'));
  if (renderer === undefined) throw new Error('The app has no page.');
  return (await treeCost(renderer.pid)).allocatedBytes;
}

function megabytes(bytes: number): string {
  return (bytes / bytesPerMegabyte).toFixed(0);
}

/** Turns the wheel to the top of the transcript and back to its end. */
async function scrollThrough(page: Page): Promise<void> {
  for (const deltaY of [-wheelStepPx, wheelStepPx]) {
    for (let steps = 0; ; steps += 1) {
      if (steps > 2_000) throw new Error('The transcript does not end.');
      await page.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 700, y: 350, deltaX: 0, deltaY });
      await sleep(frameMs);
      if (steps % 10 === 9 && (await page.run(isAtEdge, deltaY < 0))) break;
    }
  }
}

/** Runs in the page. */
function isAtEdge(isTop: boolean): boolean {
  const scroller = document.querySelector('[role=region][aria-label=Transcript]');
  if (scroller === null) throw new Error('There is no transcript.');
  const { scrollTop, scrollHeight, clientHeight } = scroller;
  return isTop ? scrollTop <= 0 : scrollHeight - scrollTop - clientHeight < 2;
}

/** Runs in the page: goes to a place, and waits for what is there. */
async function goTo(hash: string, selector: string): Promise<void> {
  window.location.hash = hash;
  while (document.querySelector(selector) === null) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Runs in the page. */
async function waitForText(text: string): Promise<void> {
  const shown = (): string =>
    document.querySelector('[role=region][aria-label=Transcript]')?.textContent ?? '';
  while (!shown().includes(text)) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Runs in the page: waits until something is unfolded, and nothing of it is still on its way. */
async function waitForOutputs(): Promise<void> {
  const transcript = document.querySelector('[role=region][aria-label=Transcript]');
  const isThere = (): boolean =>
    transcript?.querySelector('.output') !== null &&
    transcript?.textContent.includes('Loading the output') === false;
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Runs in the page. */
function clickButton(name: string): void {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
    textContent.includes(name),
  );
  if (button === undefined) throw new Error(`There is no button ${name}.`);
  button.click();
}

/** Runs in the page: shows the last output that is folded as a whole. */
function showLastWhole(): void {
  const buttons = [...document.querySelectorAll('button')].filter(({ textContent }) =>
    textContent.includes('Show all'),
  );
  const last = buttons.at(-1);
  if (last === undefined) throw new Error('No output is folded.');
  last.click();
}
