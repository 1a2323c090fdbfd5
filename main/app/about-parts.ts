import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, hostname, release, userInfo, version } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { AboutApp } from '../../preload/contract/about.ts';
import { currentLocales } from '../../preload/contract/locales.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Accounts } from '../accounts/index.ts';
import type { ActivityLog } from '../activity/index.ts';
import { buildInfo } from '../build-info/index.ts';
import type { PrivateText } from '../diagnostics/index.ts';
import type { AboutHandlerParts } from '../ipc/handlers/about.ts';
import { redact } from '../log/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { Updates } from '../updates/index.ts';
import type { AppStatus } from './app-status.ts';
import type { Runtimes } from './runtimes.ts';

/** What the report is gathered from. */
export interface AboutPartsOptions {
  /** The folder of the built main process. */
  readonly out: string;
  /** The app's data folder. */
  readonly folder: string;
  readonly accounts: Pick<Accounts, 'state'>;
  readonly runtimes: Pick<Runtimes, 'of' | 'currentSnapshot'>;
  readonly activity: Pick<ActivityLog, 'of'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly status: Pick<AppStatus, 'info'>;
  readonly updates: Pick<Updates, 'state'>;
}

/** Says what this build is, and gathers the report for whoever looks for a fault. */
export function createAboutParts(options: AboutPartsOptions): AboutHandlerParts {
  const { out, folder } = options;
  return {
    about: aboutThisApp,
    readLicences: async () => {
      try {
        return ok(await readFile(join(out, 'licences.txt'), 'utf8'));
      } catch {
        return fail({ kind: 'refused', message: 'This build comes without its licence notices.' });
      }
    },
    diagnose: async () => {
      // With the list of all endings of host names, which nobody needs to start the app.
      const { createPrivacy, lastErrors, readLogTail, writeReport } = await import('../diagnostics/index.ts');
      const { accounts } = options.accounts.state();
      const hosts = accounts.map(({ apiUrl }) => new URL(apiUrl).hostname);
      const hide = createPrivacy(privateTexts(options), [...hosts, 'api.evorxa.com', 'evorxa.com']);
      const logs = await Promise.all(
        ['main.old.log', 'main.log'].map((name) => readLogTail(join(folder, 'logs', name))),
      );
      const { missing, warnings } = options.status.info();
      return redact(
        writeReport({
          about: aboutThisApp(),
          atMs: Date.now(),
          session: sessionFacts(process.env),
          settings: options.settings.get(),
          accounts: accounts.map(({ id, kind, access, storage, apiUrl, writeToken }) => {
            const snapshot = snapshotOf(options, id);
            return {
              kind,
              access,
              storage,
              apiHost: new URL(apiUrl).host,
              hasWriteToken: writeToken !== null,
              instanceCount: snapshot?.instances.length ?? 0,
              apiStatus: snapshot?.apiStatus ?? 'not loaded',
            };
          }),
          drift: accounts.flatMap(({ id }) => driftOf(options, id)),
          missing,
          warnings,
          updates: options.updates.state(),
          errors: logs.flatMap(lastErrors).map((entry) => hide(redact(entry))),
        }),
      );
    },
  };
}

type AccountId = Parameters<Runtimes['of']>[0];

function snapshotOf({ runtimes }: AboutPartsOptions, id: AccountId): Snapshot | null {
  const shown = runtimes.currentSnapshot();
  return runtimes.of(id)?.monitor.snapshot() ?? (shown?.accountId === id ? shown : null);
}

function driftOf(options: AboutPartsOptions, id: AccountId) {
  const gaps = snapshotOf(options, id)?.instancesGaps ?? null;
  const watched = options.runtimes.of(id)?.watches.incomplete() ?? [];
  return [
    ...(gaps === null ? [] : [{ resource: 'instances', gaps }]),
    ...watched.map(({ kind, gaps: missing }) => ({ resource: kind, gaps: missing })),
  ];
}

/** Who the user is, and what their servers are called, as far as this computer knows; also those that are gone. */
function privateTexts(options: AboutPartsOptions): readonly PrivateText[] {
  const { accounts } = options.accounts.state();
  const ofAccounts = accounts.flatMap(({ id, name, email, projects }) => [
    { text: name, what: 'account' },
    { text: email ?? '', what: 'email' },
    ...projects.map((project) => ({ text: project.name, what: 'project' })),
    ...(snapshotOf(options, id)?.instances ?? []).flatMap((instance) => [
      { text: instance.name, what: 'instance' },
      { text: instance.hostname ?? '', what: 'instance' },
      ...[instance.mainIp ?? '', ...instance.addresses].map((text) => ({ text, what: 'address' })),
    ]),
    ...options.activity.of(id).map((entry) => ({ text: entry.name ?? '', what: 'name' })),
  ]);
  return [
    ...ofAccounts,
    { text: homedir(), what: 'home' },
    { text: userInfo().username, what: 'user' },
    { text: hostname(), what: 'computer' },
  ];
}

function sessionFacts(env: NodeJS.ProcessEnv): readonly (readonly [string, string])[] {
  const { dates, numbers, names } = currentLocales();
  return [
    ['Desktop', env['XDG_CURRENT_DESKTOP'] ?? 'unknown'],
    ['Session type', env['XDG_SESSION_TYPE'] ?? 'unknown'],
    ['Locales', `${dates} (dates), ${numbers} (numbers), ${names} (names)`],
    ['Time zone', Intl.DateTimeFormat().resolvedOptions().timeZone],
    ['Packaged', app.isPackaged ? 'yes' : 'no, runs from its sources'],
    ['AppImage', env['APPIMAGE'] === undefined ? 'no' : 'yes'],
  ];
}

function aboutThisApp(): AboutApp {
  const { electron, chrome, node } = process.versions;
  return {
    version: app.getVersion(),
    commit: buildInfo.commit,
    builtAtMs: buildInfo.dateMs,
    electron,
    chromium: chrome,
    node,
    system: systemName(),
    arch: process.arch,
  };
}

function systemName(): string {
  if (process.platform === 'win32') return `${version()} ${release()}`;
  if (process.platform === 'darwin') return `macOS ${process.getSystemVersion()}`;
  try {
    const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return `${name ?? 'Linux'}, kernel ${release()}`;
  } catch {
    return `Linux, kernel ${release()}`;
  }
}
