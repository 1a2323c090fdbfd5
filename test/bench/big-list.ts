import { setTimeout as sleep } from 'node:timers/promises';
import type { TestSession } from '../support/session.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { measureAddressChooser } from './address-chooser.ts';
import { withObserved, type BenchApp } from './bench-app.ts';
import type { Page } from './devtools.ts';
import { figureVerdict, median, progress, type Verdict } from './figures.ts';
import { observeTexts } from './page-observer.ts';

const mounts = 9;
/** Each letter narrows the list further. */
const searched = 'worker-77';
const wheelSteps = 60;
/** A fast wheel; the table is 48 px a row. */
const wheelStepPx = 480;
const frameMs = 16;

/** A poll that brings a change, while somebody types. */
const pollEveryMs = 300;

/**
 * Goal 7: a list of 10,000 servers in the real window: mounting, filtering by each key while polls go on, scrolling;
 * the chooser of Shield's addresses, and the memory.
 */
export async function measureBigList(
  session: TestSession,
  sandbox: RunningSandbox,
  app: BenchApp,
  listedName: string,
): Promise<readonly Verdict[]> {
  return withObserved(session, app, async (page, started) => {
    await (await observeTexts(page, [listedName])).seen();
    await page.takeKeyboard();
    const mountsMs: number[] = [];
    for (let count = 0; count < mounts; count += 1) mountsMs.push(await page.run(remountList));
    const keysMs: number[] = [];
    const stopPolls = keepPolling(page, sandbox);
    for (let count = 0; count < 3; count += 1) keysMs.push(...(await filterByKeys(page)));
    await stopPolls();
    const { frames, blankRows } = await scroll(page);
    progress(
      `  list of 10,000: ${keysMs.length} keys, the slowest ${Math.max(...keysMs).toFixed(1)} ms; ${frames} frames scrolled`,
    );
    const chooser = await measureAddressChooser(page, started);
    return [
      figureVerdict(7, 'List of 10,000 mounts', { value: median(mountsMs), limit: 60, unit: 'ms' }),
      figureVerdict(7, 'List of 10,000 filters, by each key, polls going', {
        value: median(keysMs),
        limit: 50,
        unit: 'ms',
      }),
      figureVerdict(7, 'Blank rows while 10,000 are scrolled', {
        value: blankRows,
        limit: 0,
        unit: 'rows',
        digits: 0,
      }),
      ...chooser,
    ];
  });
}

/** Lets the window poll a list in which a server changes each time; gives what ends that. */
function keepPolling(page: Page, { control }: RunningSandbox): () => Promise<void> {
  const over = new AbortController();
  const polls = (async (): Promise<void> => {
    const { instances } = await control.state();
    const [, changing] = instances.filter(({ status }) => status === 'running');
    if (changing === undefined) throw new Error('No server runs.');
    for (let count = 0; !over.signal.aborted; count += 1) {
      await control.patchInstance(changing.id, { status: count % 2 === 0 ? 'stopped' : 'running' });
      await page.run(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
      await sleep(pollEveryMs);
    }
  })();
  return async () => {
    over.abort();
    await polls;
  };
}

/**
 * Runs in the page: leaves the list and comes back to it. Gives the milliseconds from the click on its link until its
 * rows are there and laid out.
 */
async function remountList(): Promise<number> {
  const go = async (href: string, isThere: () => boolean): Promise<number> => {
    const changed = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document, { subtree: true, childList: true });
    });
    const sinceMs = performance.now();
    document.querySelector<HTMLElement>(`a[href="${href}"]`)?.click();
    await changed;
    document.body.getBoundingClientRect();
    return performance.now() - sinceMs;
  };
  const rows = (): number => document.querySelectorAll('[role=grid] [aria-rowindex]').length;
  await go('#/wallet', () => rows() === 0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  return go('#/instances', () => rows() > 5);
}

/** Types into the search and gives what each key took: from the event until the new rows are laid out. */
async function filterByKeys(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  await page.run(clearSearch);
  for (const letter of searched) {
    const before = await page.run(listenForInput);
    await page.type(letter);
    const { tookMs, rowCount } = await page.run(takeInput);
    // A search that is put off, to be done after this, would make the figure worthless.
    await sleep(10 * frameMs);
    const settled = await page.run(countRows);
    if (settled !== rowCount || rowCount > before)
      throw new Error(`The search for ${letter} was not done in time.`);
    times.push(tookMs);
  }
  if ((await page.run(countRows)) > 200) throw new Error('The search has found too much.');
  return times;
}

interface Typed {
  readonly tookMs: number;
  readonly rowCount: number;
}

type BenchWindow = Window & { benchTyped?: Promise<Typed> };

/** Runs in the page. */
function clearSearch(): void {
  const field = document.querySelector<HTMLInputElement>('[role=searchbox]');
  if (field === null) return;
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

/** Runs in the page: measures the next input. Gives how many rows there are now. */
function listenForInput(): number {
  const count = (): number =>
    Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0);
  const host: BenchWindow = window;
  host.benchTyped = new Promise((resolve) => {
    const listen = (): void => {
      const sinceMs = performance.now();
      const { port1, port2 } = new MessageChannel();
      // The next task: all that the event leads to, Svelte's microtasks too, is done by then.
      port1.onmessage = (): void => {
        document.body.getBoundingClientRect();
        resolve({ tookMs: performance.now() - sinceMs, rowCount: count() });
      };
      port2.postMessage(null);
    };
    window.addEventListener('input', listen, { capture: true, once: true });
  });
  return count();
}

/** Runs in the page. */
function takeInput(): Promise<Typed> {
  const host: BenchWindow = window;
  return host.benchTyped ?? Promise.reject(new Error('Nothing was measured.'));
}

/** Runs in the page. */
function countRows(): number {
  return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0);
}

interface Scrolled {
  readonly frames: number;
  readonly blankRows: number;
}

/** Turns the wheel, down and up again, while the page looks at each of its frames. */
async function scroll(page: Page): Promise<Scrolled> {
  await page.run(clearSearch);
  await sleep(20 * frameMs);
  await page.run(watchFrames);
  for (let step = 0; step < wheelSteps; step += 1) {
    const deltaY = step < wheelSteps / 2 ? wheelStepPx : -wheelStepPx;
    await page.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 700, y: 500, deltaX: 0, deltaY });
    await sleep(frameMs);
  }
  return page.run(takeFrames);
}

interface FrameWatch {
  frames: number;
  blankRows: number;
  farthestPx: number;
  done: boolean;
}

type ScrollWindow = Window & { benchFrames?: FrameWatch };

/** Runs in the page: after each frame, counts the places in the table where a row should be and none is. */
function watchFrames(): void {
  const scroller = document.querySelector('[role=grid]');
  const first = scroller?.querySelector('[aria-rowindex]');
  if (scroller === null || !first) throw new Error('There is no list.');
  const rowPx = first.getBoundingClientRect().height;
  const { left, top, bottom } = scroller.getBoundingClientRect();
  const header = scroller.querySelector('[role=rowgroup]')?.getBoundingClientRect().height ?? 0;
  const watch: FrameWatch = { frames: 0, blankRows: 0, farthestPx: 0, done: false };
  const host: ScrollWindow = window;
  host.benchFrames = watch;
  const look = (): void => {
    watch.frames += 1;
    watch.farthestPx = Math.max(watch.farthestPx, scroller.scrollTop);
    for (let y = top + header + 1; y < bottom - 1; y += rowPx / 2) {
      const isRow = document.elementFromPoint(left + 40, y)?.closest('[role=row]') !== null;
      if (!isRow) watch.blankRows += 1;
    }
    if (!watch.done) next();
  };
  // The task after a frame finds the page as it was drawn.
  const next = (): void => void requestAnimationFrame(() => setTimeout(look));
  next();
}

/** Runs in the page. */
function takeFrames(): Scrolled {
  const host: ScrollWindow = window;
  const watch = host.benchFrames;
  if (watch === undefined || watch.farthestPx < 1000) throw new Error('The list did not scroll.');
  watch.done = true;
  return { frames: watch.frames, blankRows: watch.blankRows };
}
