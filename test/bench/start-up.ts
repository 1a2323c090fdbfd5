import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { watchWindows, type XWindows } from '../support/x-windows.ts';
import { fixtureApp, withObserved, type BenchApp } from './bench-app.ts';
import { median, progress, ratioVerdict, type Verdict } from './figures.ts';
import { observeTexts } from './page-observer.ts';

/** Enough that a median stands above the noise of a machine that does other things. */
const rounds = 7;

interface Start {
  readonly windowMs: number;
  readonly listMs: number;
  readonly liveMs: number;
}

/**
 * Goal 1: how soon the window, the last list and the live list are there, each as a multiple of how soon an empty
 * window is. Both show their window at `ready-to-show`; the X server says when it came, so that neither app has to
 * hold a switch for this. They take turns, and each round has its own ratio: what slows the machine slows both.
 */
export async function measureStartUp(
  session: TestSession,
  sandbox: RunningSandbox,
  app: BenchApp,
  emptyData: string,
): Promise<readonly Verdict[]> {
  const windows = await watchWindows(session.env);
  const empty = fixtureApp('empty-window', emptyData);
  const ratios: Start[] = [];
  try {
    // The first start of each reads its files from the disk, which says more of the disk than of the app.
    await startEmpty(session, empty, windows);
    await startSignedIn(session, sandbox, app, windows, 0);
    for (let round = 1; round <= rounds; round += 1) {
      const emptyMs = await startEmpty(session, empty, windows);
      const start = await startSignedIn(session, sandbox, app, windows, round);
      progress(
        `  start ${round} of ${rounds}: empty ${emptyMs.toFixed(0)} ms; window ${start.windowMs.toFixed(0)}, ` +
          `list ${start.listMs.toFixed(0)}, live ${start.liveMs.toFixed(0)} ms`,
      );
      ratios.push({
        windowMs: start.windowMs / emptyMs,
        listMs: start.listMs / emptyMs,
        liveMs: start.liveMs / emptyMs,
      });
    }
  } finally {
    await windows.close();
  }
  const middle = (of: (start: Start) => number): number => median(ratios.map(of));
  return [
    ratioVerdict(
      1,
      'Window on the screen, of an empty window’s time',
      middle(({ windowMs }) => windowMs),
      1.1,
    ),
    ratioVerdict(
      1,
      'Last list on the screen, of an empty window’s time',
      middle(({ listMs }) => listMs),
      1.2,
    ),
    ratioVerdict(
      1,
      'Live list on the screen, of an empty window’s time',
      middle(({ liveMs }) => liveMs),
      1.4,
    ),
  ];
}

async function startEmpty(session: TestSession, app: BenchApp, windows: XWindows): Promise<number> {
  return withObserved(session, app, async (page, { startedAtMs }) => {
    await page.release();
    return (await windows.first(startedAtMs)).shownAtMs - startedAtMs;
  });
}

/** Before each start a server gets another name: the list of the last run has the old one, the live list the new. */
async function startSignedIn(
  session: TestSession,
  sandbox: RunningSandbox,
  app: BenchApp,
  windows: XWindows,
  round: number,
): Promise<Start> {
  const [constant, renamed] = (await sandbox.control.state()).instances;
  if (constant === undefined || renamed === undefined) throw new Error('The sandbox has too few servers.');
  const liveName = `renamed-${round}`;
  await sandbox.control.patchInstance(renamed.id, { name: liveName });
  return withObserved(session, app, async (page, { startedAtMs }) => {
    const seen = await (await observeTexts(page, [constant.name, liveName])).seen();
    const { shownAtMs } = await windows.first(startedAtMs);
    // A page draws itself before its window is shown: nobody sees it until then.
    const since = (atMs: number | undefined): number => Math.max(atMs ?? Number.NaN, shownAtMs) - startedAtMs;
    return {
      windowMs: shownAtMs - startedAtMs,
      listMs: since(seen.get(constant.name)),
      liveMs: since(seen.get(liveName)),
    };
  });
}
