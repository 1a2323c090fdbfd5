import { join, resolve } from 'node:path';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { watchWindows, type XWindows } from '../support/x-windows.ts';
import { fixtureApp, signedInApp, withObserved, type BenchApp } from './bench-app.ts';
import { median, progress, ratioVerdict, type Verdict } from './figures.ts';
import { observeTexts } from './page-observer.ts';

/** Enough that a median stands above the noise of a machine that does other things. */
const rounds = 7;

interface Start {
  readonly windowMs: number;
  readonly listMs: number;
  readonly liveMs: number;
}

/** A round: each of them was started once, one after the other. */
interface Round {
  readonly emptyMs: number;
  readonly now: Start;
  readonly other: Start | null;
}

/** What is started, and where its data is. */
export interface StartUpSubject {
  readonly session: TestSession;
  readonly sandbox: RunningSandbox;
  readonly app: BenchApp;
  /** Empty, for the data of others. */
  readonly folder: string;
  /** The folder of another build, with its `out` and `node_modules`, that is started in turn. */
  readonly otherFolder: string | undefined;
}

/**
 * Goal 1: how soon the window, the last list and the live list are there, each as a multiple of how soon an empty
 * window is. Both show their window at `ready-to-show`; the X server says when it came, so that neither app has to
 * hold a switch for this. They take turns, and each round has its own ratio: what slows the machine slows both.
 */
export async function measureStartUp(subject: StartUpSubject): Promise<readonly Verdict[]> {
  const { session, sandbox, app, folder, otherFolder } = subject;
  const windows = await watchWindows(session.env);
  const empty = fixtureApp('empty-window', join(folder, 'empty'));
  const other =
    otherFolder === undefined
      ? null
      : await signedInApp(session, sandbox, join(folder, 'other'), resolve(otherFolder));
  const measured: Round[] = [];
  try {
    // The first start of each reads its files from the disk, which says more of the disk than of the app.
    for (let round = 0; round <= rounds; round += 1) {
      const emptyMs = await startEmpty(session, empty, windows);
      const now = await startSignedIn(session, sandbox, app, windows, `now-${round}`);
      const before =
        other === null ? null : await startSignedIn(session, sandbox, other, windows, `other-${round}`);
      if (round === 0) continue;
      const beside = before === null ? '' : `; the other build: ${inWords(before)}`;
      progress(`  start ${round} of ${rounds}: empty ${emptyMs.toFixed(0)} ms; ${inWords(now)}${beside}`);
      measured.push({ emptyMs, now, other: before });
    }
  } finally {
    await windows.close();
  }
  return [...verdictsOf(measured), ...(other === null ? [] : verdictsBeside(measured))];
}

const inWords = ({ windowMs, listMs, liveMs }: Start): string =>
  `window ${windowMs.toFixed(0)}, list ${listMs.toFixed(0)}, live ${liveMs.toFixed(0)} ms`;

function verdictsOf(rounds: readonly Round[]): readonly Verdict[] {
  const ratio = (of: keyof Start): number => median(rounds.map(({ emptyMs, now }) => now[of] / emptyMs));
  return [
    ratioVerdict(1, 'Window on the screen, of an empty window’s time', ratio('windowMs'), 1.1),
    ratioVerdict(1, 'Last list on the screen, of an empty window’s time', ratio('listMs'), 1.2),
    ratioVerdict(1, 'Live list on the screen, of an empty window’s time', ratio('liveMs'), 1.45),
  ];
}

/** Beside commit 0302691 the lists have to be sooner by so much, whatever the machine makes of an empty window. */
function verdictsBeside(rounds: readonly Round[]): readonly Verdict[] {
  const ratio = (of: keyof Start): number =>
    median(rounds.flatMap(({ now, other }) => (other === null ? [] : now[of] / other[of])));
  return [
    ratioVerdict(1, 'Window on the screen, of the other build’s time', ratio('windowMs'), 1),
    ratioVerdict(1, 'Last list on the screen, of the other build’s time', ratio('listMs'), 0.7),
    ratioVerdict(1, 'Live list on the screen, of the other build’s time', ratio('liveMs'), 0.85),
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
  liveName: string,
): Promise<Start> {
  const [constant, renamed] = (await sandbox.control.state()).instances;
  if (constant === undefined || renamed === undefined) throw new Error('The sandbox has too few servers.');
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
