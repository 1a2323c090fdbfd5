import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { MenuItem } from '../support/dbus/menu.ts';
import { launchApp, type LaunchedApp } from '../support/launch.ts';
import { startNotificationDaemon, type NotificationDaemon } from '../support/notification-daemon.ts';
import { openTestSession } from '../support/session.ts';
import { startTrayHost, type TrayHost } from '../support/tray-host.ts';
import { instanceRow } from '../support/window-steps.ts';
import { shellTour, takePictures } from './views.ts';

/** The demo's own events come within two minutes; a server that is ready is told once its SSH was tried. */
const eventsTimeoutMs = 150_000;

/** What the demo does by itself, as its notifications say it. */
const expectedTitles = [/^build-7 is ready$/, /^cache-1 stopped$/] as const;

interface Desktop {
  readonly tray: TrayHost;
  readonly notifications: NotificationDaemon;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: tour DIR');
await mkdir(folder, { recursive: true });

const session = await openTestSession();
const desktop = await openDesktopParts(session.keyring?.busAddress);
const startMs = performance.now();
const launched = await launchApp(session, { args: ['--demo'] });
try {
  await instanceRow(launched.window, 'api-prod-1').waitFor();
  const timeToFirstListMs = Math.round(performance.now() - startMs);
  const report = { timeToFirstListMs, ...(await goThrough(launched, folder, desktop)) };
  await writeFile(join(folder, 'tour.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`The pictures and tour.json are in ${folder}.`);
} finally {
  await launched.close();
  desktop?.tray.close();
  desktop?.notifications.close();
  await session.close();
}

/** Elsewhere than on Linux the tray and the notifications are the person's own, and are left out. */
async function openDesktopParts(busAddress: string | undefined): Promise<Desktop | null> {
  if (busAddress === undefined) {
    console.log('Left out: the tray and the notifications, which are read over D-Bus on Linux only.');
    return null;
  }
  return {
    tray: await startTrayHost(busAddress),
    notifications: await startNotificationDaemon(busAddress),
  };
}

/** Walks through the app and gives what it saw. Throws when something of it was not there. */
async function goThrough(
  { app, window }: LaunchedApp,
  to: string,
  parts: Desktop | null,
): Promise<Readonly<Record<string, unknown>>> {
  const { electron, version } = await app.evaluate(({ app: self }) => ({
    electron: process.versions.electron,
    version: self.getVersion(),
  }));
  const balanceBefore = await walletFigure(window);
  const uname = await shellTour(window);
  await takePictures(window, to);

  const seen = {
    runtime: `Electron ${electron}`,
    version,
    instancesSeen: await countInstances(window),
    uname,
  };
  if (parts === null) return { ...seen, tray: null, notifications: null };
  for (const title of expectedTitles) {
    await parts.notifications.waitFor((notification) => title.test(notification.title), eventsTimeoutMs);
  }
  // The third event: a renewal is paid, which the balance shows.
  await window
    .getByRole('link', { name: /^Wallet/ })
    .filter({ hasNotText: balanceBefore })
    .waitFor({ timeout: eventsTimeoutMs });
  const item = await parts.tray.item();
  return {
    ...seen,
    tray: { tooltip: await item.tooltip(), menu: linesOf(await item.menu()) },
    notifications: parts.notifications.received().map(({ title, body }) => ({ title, body })),
  };
}

/** A menu as a person reads it. */
function linesOf(menu: readonly MenuItem[]): readonly unknown[] {
  return menu.map(({ label, type, enabled, children }) =>
    type === 'separator'
      ? '—'
      : { label, enabled, ...(children.length > 0 ? { items: linesOf(children) } : {}) },
  );
}

async function walletFigure(window: LaunchedApp['window']): Promise<string> {
  const text = (await window.getByRole('link', { name: /^Wallet/ }).textContent()) ?? '';
  const [figure] = /\$[\d.,]+/.exec(text) ?? [];
  if (figure === undefined) throw new Error('The sidebar shows no balance.');
  return figure;
}

async function countInstances(window: LaunchedApp['window']): Promise<number> {
  await window.getByRole('link', { name: /^Instances/ }).click();
  const rowCount = await window.getByRole('grid', { name: 'Instances' }).getAttribute('aria-rowcount');
  const instances = Number(rowCount) - 1;
  if (!(instances > 0)) throw new Error('The list shows no instances.');
  return instances;
}
