import type { NotificationDaemon } from '../support/notification-daemon.ts';
import type { TrayHost } from '../support/tray-host.ts';

/** The tray icon as a desktop shell reads it over D-Bus. */
export interface TrayReport {
  readonly tooltip: string;
  /** The labels of the first level of the menu. */
  readonly menu: readonly string[];
  readonly iconSizesPx: readonly number[];
}

/** Reads the app's tray icon. */
export async function readTray(host: TrayHost): Promise<TrayReport> {
  const item = await host.item();
  const lines = await item.menu();
  return {
    tooltip: await item.tooltip(),
    menu: lines.map(({ label }) => label).filter((label) => label !== ''),
    iconSizesPx: (await item.iconPixmaps()).map(({ width }) => width),
  };
}

/** The demo account's own events come in its first two minutes; a slow machine gets half a minute more. */
const newsTimeoutMs = 150_000;

/** Waits for what happens in the demo account without anybody's doing, and gives all notifications. */
export async function waitForNews(
  daemon: NotificationDaemon,
): Promise<readonly { readonly title: string; readonly body: string }[]> {
  for (const news of [/ready/i, /stopped/]) {
    try {
      await daemon.waitFor(({ title }) => news.test(title), newsTimeoutMs);
    } catch {
      // The report says what is missing.
    }
  }
  return daemon.received().map(({ title, body }) => ({ title, body }));
}
