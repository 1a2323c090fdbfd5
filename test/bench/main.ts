import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../scripts/lib/files.mjs';
import {
  startSandboxProcess,
  type RunningSandbox,
  type SandboxRunOptions,
} from '../support/sandbox-runner.ts';
import { openTestSession, type TestSession } from '../support/session.ts';
import { measureBigList } from './big-list.ts';
import { firstListedName, signedInApp, withFolder, type BenchApp } from './bench-app.ts';
import { lineOf, progress, type Verdict } from './figures.ts';
import { measureFirstView } from './first-view.ts';
import { measureLongTurn } from './long-turn.ts';
import { measureRetained } from './retained-after-visits.ts';
import { measureMainDelay } from './main-delay.ts';
import { measurePagedAccount } from './paged-account.ts';
import { measurePoll } from './poll-cost.ts';
import { measureRestingCost } from './resting-cost.ts';
import { copyFile } from './ssh/copy-file.ts';
import { measureFloodBeside, measureShells } from './ssh/index.ts';
import { measureMainStall } from './ssh/main-stall.ts';
import { measureSftp, type CopyTask } from './ssh/sftp.ts';
import { measureStartUp } from './start-up.ts';

/*
 * Measures the goals 1 to 7, 9 to 11 and 13 to 16, each beside its baseline in the same run. Prints a line for
 * each and exits 1 when one is missed. `npm run bench -- 1 9` measures these alone, `-- ssh` those of shells and files, and
 * `--beside FOLDER` with rows 1, 2, 3 and ssh also another build of the app that lies in a folder. `--sftp-megabytes 50` copies a smaller file.
 */

if (process.platform !== 'linux') {
  progress('The bench reads /proc and asks an X server: it runs on Linux.');
  process.exit(1);
}

interface Subject {
  readonly session: TestSession;
  readonly sandbox: RunningSandbox;
  readonly app: BenchApp;
  /** The name of a server in its list. */
  readonly listedName: string;
  readonly folder: string;
}

const pagedServers = 1_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    beside: { type: 'string' },
    'sftp-megabytes': { type: 'string', default: '1000' },
    copy: { type: 'string' },
  },
});
// This program is also the one that copies, as a process of its own.
if (options.copy !== undefined) {
  await copyFile(JSON.parse(options.copy) as CopyTask);
  process.exit(0);
}
const wanted = new Set(positionals.flatMap((name) => (name === 'ssh' ? [5, 6, 10, 16] : [Number(name)])));
const isWanted = (...goals: readonly number[]): boolean =>
  wanted.size === 0 || goals.some((goal) => wanted.has(goal));

const verdicts: Verdict[] = [];
function report(fresh: readonly Verdict[]): void {
  for (const verdict of fresh) process.stdout.write(`${lineOf(verdict)}\n`);
  verdicts.push(...fresh);
}

if (isWanted(9)) {
  progress('Decoding polls.');
  await withSandbox({ instances: 10_000 }, async (sandbox) => report(await measurePoll(sandbox)));
}
if (isWanted(1, 2, 3, 4)) {
  await withSubject({}, async ({ session, sandbox, app, listedName, folder }) => {
    if (isWanted(4)) progress('Looking at the first view.');
    if (isWanted(4)) report(await measureFirstView(session, app, listedName));
    if (isWanted(1)) progress('Starting the app and an empty window in turn.');
    if (isWanted(1))
      report(
        await measureStartUp({
          session,
          sandbox,
          app,
          folder: join(folder, 'start'),
          otherFolder: options.beside,
        }),
      );
    if (isWanted(2, 3)) progress('Letting the app and empty ones rest.');
    if (isWanted(2, 3)) {
      const other =
        options.beside === undefined
          ? null
          : await signedInApp(session, sandbox, join(folder, 'other'), resolve(options.beside));
      report(await measureRestingCost(session, sandbox, app, join(folder, 'empty'), other));
    }
  });
}
if (isWanted(5)) {
  progress('Flooding a shell.');
  report(await measureShells(5));
  if (options.beside !== undefined) report(await measureFloodBeside(options.beside));
}
if (isWanted(6)) {
  progress('Typing in one shell while another one floods.');
  report(await measureShells(6));
}
if (isWanted(10)) {
  progress('Flooding a shell while 10,000 servers change and charts are drawn.');
  report(await measureMainStall());
}
if (isWanted(16)) {
  progress('Copying a large file over SFTP.');
  report(await measureSftp(Number(options['sftp-megabytes']) * 1_000_000));
}
if (isWanted(7)) {
  progress('Opening a list of 10,000.');
  await withSubject({ instances: 10_000 }, async ({ session, sandbox, app, listedName }) =>
    report(await measureBigList(session, sandbox, app, listedName)),
  );
}
if (isWanted(11)) {
  progress('Signing in to 1,000 servers in pages of 15.');
  const session = await openTestSession();
  try {
    await withSandbox({ instances: pagedServers, pageSize: 15 }, (sandbox) =>
      withFolder(async (folder) => {
        const env = { EVORXA_API_URL: sandbox.apiUrl };
        const app = { folder: projectRoot, userDataDir: join(folder, 'app'), args: [], env };
        report(await measurePagedAccount(session, sandbox, app, pagedServers));
      }),
    );
  } finally {
    await session.close();
  }
}
if (isWanted(13)) {
  progress('Visiting every page, and opening every dialog.');
  const session = await openTestSession();
  try {
    report(await measureRetained(session));
  } finally {
    await session.close();
  }
}
if (isWanted(14)) {
  progress('Watching the main thread while all of 10,000 servers change.');
  const session = await openTestSession();
  try {
    await withSandbox({ instances: 10_000 }, (sandbox) =>
      withFolder(async (folder) => report(await measureMainDelay(session, sandbox, folder))),
    );
  } finally {
    await session.close();
  }
}
if (isWanted(15)) {
  progress('Watching a turn of 200 commands and 20 MB of output.');
  await withSubject({}, async ({ session, sandbox, app, listedName }) =>
    report(await measureLongTurn(session, sandbox, app, listedName)),
  );
}
process.exitCode = verdicts.every(({ isMet }) => isMet) ? 0 : 1;

async function withSandbox(
  options: SandboxRunOptions,
  use: (sandbox: RunningSandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandboxProcess({ ...options, sshHosts: false });
  try {
    await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** The app signed in to a sandbox, in a session of its own. */
async function withSubject(
  options: SandboxRunOptions,
  use: (subject: Subject) => Promise<void>,
): Promise<void> {
  const session = await openTestSession();
  try {
    await withSandbox(options, (sandbox) =>
      withFolder(async (folder) => {
        const app = await signedInApp(session, sandbox, join(folder, 'app'));
        await use({ session, sandbox, app, listedName: await firstListedName(sandbox), folder });
      }),
    );
  } finally {
    await session.close();
  }
}
