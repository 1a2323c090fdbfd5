import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNotificationDaemon, type NotificationDaemon } from '../support/notification-daemon.ts';
import { launchApp, currentRuntime } from '../support/launch.ts';
import { openTestSession } from '../support/session.ts';
import { startTrayHost, type TrayHost } from '../support/tray-host.ts';
import { completeReport, type TourReport } from './report.ts';
import { readTray, waitForNews } from './desktop.ts';
import { tourWindow } from './window.ts';

/*
 * The tour: goes through the demo account by itself in a session of its own, saves a picture of each view in light and
 * dark, and tour.json with what it saw. Ends with 0 only if all of it was there.
 */

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('The tour needs a folder to save its pictures in.');
process.exitCode = await tour(folder);

/** The equipment around the app, where the system's can be replaced for the tour. */
interface Desktop {
  readonly tray: TrayHost;
  readonly notifications: NotificationDaemon;
}

async function openDesktop(busAddress: string): Promise<Desktop> {
  return { tray: await startTrayHost(busAddress), notifications: await startNotificationDaemon(busAddress) };
}

async function tour(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const runtime = await currentRuntime();
  const session = await openTestSession();
  const desktop = session.keyring === undefined ? null : await openDesktop(session.keyring.busAddress);
  if (desktop === null)
    console.log('Tray and notifications are left out: only on Linux can the tour have its own.');
  try {
    const startedMs = performance.now();
    const launched = await launchApp(session, { args: ['--demo'] });
    try {
      const seen = await tourWindow(launched, folder, startedMs);
      const report: TourReport = {
        runtime: { version: runtime.version, source: runtime.source },
        ...seen,
        tray: desktop === null ? null : await readTray(desktop.tray),
        notifications: desktop === null ? null : await waitForNews(desktop.notifications),
      };
      await writeFile(join(folder, 'tour.json'), `${JSON.stringify(report, null, 2)}\n`);
      const missing = completeReport(report);
      for (const what of missing) console.error(`Missing: ${what}`);
      if (missing.length === 0) console.log(`The tour is complete: pictures and tour.json are in ${folder}.`);
      return missing.length === 0 ? 0 : 1;
    } finally {
      await launched.close();
    }
  } finally {
    desktop?.tray.close();
    desktop?.notifications.close();
    await session.close();
  }
}
