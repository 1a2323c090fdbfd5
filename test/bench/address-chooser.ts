import { setTimeout as sleep } from 'node:timers/promises';
import { treeCost } from '../support/process-tree.ts';
import type { StartedBenchApp } from './bench-app.ts';
import type { Page } from './devtools.ts';
import { figureVerdict, median, progress, type Verdict } from './figures.ts';

const openings = 7;
const bytesPerMegabyte = 1024 * 1024;
/** Until V8 has collected what the mounts, the keys and the frames of this bench left: some 200 MB of garbage. */
const restMs = 30_000;

/** Goal 7: opening the chooser of Shield's 10,000 addresses, and what the app holds with it open, at rest. */
export async function measureAddressChooser(
  page: Page,
  { pid }: StartedBenchApp,
): Promise<readonly Verdict[]> {
  const timesMs: number[] = [];
  for (let count = 0; count < openings; count += 1) timesMs.push(await page.run(openChooser));
  const busy = await treeCost(pid);
  await sleep(restMs);
  const { pssBytes } = await treeCost(pid);
  progress(
    `  list of 10,000: ${megabytes(busy.pssBytes)} MB after all of that, ${megabytes(pssBytes)} MB at rest`,
  );
  return [
    figureVerdict(7, 'Chooser of 10,000 addresses opens', {
      value: median(timesMs),
      limit: 50,
      unit: 'ms',
    }),
    figureVerdict(7, 'Memory with 10,000 servers and the chooser open, at rest', {
      value: pssBytes / bytesPerMegabyte,
      limit: 350,
      unit: 'MB',
      digits: 0,
    }),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / bytesPerMegabyte).toFixed(0);
}

/** Runs in the page: opens Shield's chooser and leaves it open. Gives the milliseconds until its choices are laid out. */
async function openChooser(): Promise<number> {
  const when = async <T>(find: () => T | null): Promise<T> => {
    for (;;) {
      const found = find();
      if (found !== null) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  window.location.hash = '#/instances';
  await when(() => document.querySelector('[role=grid]'));
  window.location.hash = '#/shield';
  const chooser = await when(() => document.querySelector<HTMLElement>('main header [role=combobox]'));
  const isThere = (): boolean => document.querySelectorAll('[role=listbox] [role=option]').length > 5;
  const changed = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document, { subtree: true, childList: true });
  });
  const sinceMs = performance.now();
  chooser.click();
  await changed;
  document.body.getBoundingClientRect();
  return performance.now() - sinceMs;
}
