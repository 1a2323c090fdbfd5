import { join, resolve } from 'node:path';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { startSandboxProcess } from '../../support/sandbox-runner.ts';
import { openTestSession } from '../../support/session.ts';
import { withFolder } from '../bench-app.ts';
import { atLeastVerdict, progress, type Verdict } from '../figures.ts';
import { measureEcho } from './echo.ts';
import { floodOnce, measureFlood, writeLog } from './flood.ts';
import { measureIdleSessions } from './idle-sessions.ts';
import { withShells, type ShellSubject } from './shell-subject.ts';

const floodsBeside = 3;

/** The goals of a shell: a flood (5), and how it answers (6). Each in an app of its own. */
export async function measureShells(goal: 5 | 6): Promise<readonly Verdict[]> {
  const measures = goal === 5 ? [measureFlood] : [measureEcho, measureIdleSessions];
  const verdicts: Verdict[] = [];
  for (const measure of measures) verdicts.push(...(await withSubject(projectRoot, measure)));
  return verdicts;
}

/** The flood of this build, of that of another one: `otherFolder` holds that build, with its `out` and `node_modules`. */
export async function measureFloodBeside(otherFolder: string): Promise<readonly Verdict[]> {
  const rates: { readonly now: number[]; readonly other: number[] } = { now: [], other: [] };
  for (let round = 0; round < floodsBeside; round += 1) {
    rates.now.push(...(await withSubject(projectRoot, flood)));
    rates.other.push(...(await withSubject(resolve(otherFolder), flood)));
  }
  const best = { now: Math.max(...rates.now), other: Math.max(...rates.other) };
  progress(`  floods in MB/s: ${inWords(rates.now)}; the other build: ${inWords(rates.other)}`);
  return [atLeastVerdict(5, 'Flood of 200 MB, of the other build', best.now / best.other, 1.4)];
}

const inWords = (rates: readonly number[]): string => rates.map((rate) => rate.toFixed(1)).join(', ');

async function flood(subject: ShellSubject): Promise<readonly number[]> {
  const bytes = await writeLog(subject);
  const shell = await subject.openShell();
  return [await floodOnce(shell, bytes)];
}

async function withSubject<T>(folder: string, use: (subject: ShellSubject) => Promise<T>): Promise<T> {
  const session = await openTestSession();
  try {
    const sandbox = await startSandboxProcess({ sshHosts: false });
    try {
      return await withFolder(async (home) =>
        withShells(session, sandbox, { folder, userDataDir: join(home) }, use),
      );
    } finally {
      await sandbox.close();
    }
  } finally {
    await session.close();
  }
}
