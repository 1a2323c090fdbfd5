import { setTimeout as sleep } from 'node:timers/promises';
import { callOf, type Page } from './devtools.ts';

const askEveryMs = 100;

/** When each text was there to be seen, in milliseconds since the epoch. */
export type Sightings = ReadonlyMap<string, number>;

/** A page that is looked at. */
interface Observed {
  /** Resolves when all texts were shown; rejects, with what is shown instead, when that takes too long. */
  readonly seen: () => Promise<Sightings>;
}

/** Lets a held page go, and looks for each of some texts in a table of it. */
export async function observeTexts(
  page: Page,
  texts: readonly string[],
  timeoutMs = 20_000,
): Promise<Observed> {
  // What falls between two documents is lost without a word: each sign of a new one starts the watch again.
  const watch = (): void => void page.send('Runtime.evaluate', { expression: callOf(watchTable, texts) });
  page.on('Runtime.executionContextCreated', watch);
  const loaded = new Promise<void>((resolve) => page.on('Page.domContentEventFired', () => resolve()));
  await page.send('Page.enable');
  await page.send('Runtime.enable');
  await page.release();
  await loaded;
  const seen = async (): Promise<Sightings> => {
    const giveUpAtMs = performance.now() + timeoutMs;
    for (;;) {
      const times = new Map(await page.run(watchTable, texts));
      if (times.size === texts.length) return times;
      if (performance.now() > giveUpAtMs) break;
      await sleep(askEveryMs);
    }
    const text = await page.run(() => document.body.innerText);
    throw new Error(`Not all of ${texts.join(', ')} was shown in ${timeoutMs} ms, but: ${text}`);
  };
  return { seen };
}

type WatchedDocument = Document & { benchTimes?: [text: string, atMs: number][] };

/**
 * Runs in the page. The first time it starts to watch the document; each time it gives what was seen until then. A
 * text counts when it is laid out: the frame with it cannot be waited for, since a hidden window may draw none.
 */
function watchTable(texts: readonly string[]): readonly (readonly [text: string, atMs: number])[] {
  const host: WatchedDocument = document;
  if (host.benchTimes !== undefined) return host.benchTimes;
  const times: [text: string, atMs: number][] = [];
  host.benchTimes = times;
  const look = (): void => {
    // What is in the page itself: half of it, without its sheet, is laid out for nothing.
    if (document.readyState === 'loading') return;
    const shown = document.querySelector('[role=grid]')?.textContent ?? '';
    for (const text of texts) {
      if (!shown.includes(text) || times.some(([known]) => known === text)) continue;
      document.body.getBoundingClientRect();
      times.push([text, performance.timeOrigin + performance.now()]);
    }
    if (times.length < texts.length) return;
    observer.disconnect();
    document.removeEventListener('readystatechange', look);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  document.addEventListener('readystatechange', look);
  look();
  return times;
}
