import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AccountId } from '../../preload/contract/brands.ts';
import { terminalThemeIn } from '../../preload/contract/settings.ts';
import { systemClock } from '../clock/index.ts';
import { createConnectionChecks, type ConnectionChecks } from '../connection-check/index.ts';
import { createAppConsoles, type AppConsoles } from '../console/index.ts';
import { createDockLayouts, type DockLayouts } from '../dock/index.ts';
import { createFreshPasswords, type FreshPasswords } from '../instances/index.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import type { PortForwards } from '../../preload/contract/port-forwards.ts';
import { AppPortForwards } from '../port-forwards/index.ts';
import type { Publishers } from '../ipc/bind.ts';
import { createKeyAccess, type OneClickAccess } from '../key-access/index.ts';
import type { RunKeyJob } from '../keys/index.ts';
import { registerSecret } from '../log/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { Storage } from '../storage/index.ts';
import {
  createAppTerminals,
  createExpectedHostKeys,
  createDownloads,
  createFileEdits,
  type AppTerminals,
  type Downloads,
  type FileEdits,
  type SshSecrets,
  type SshSettingsStore,
} from '../terminal/index.ts';
import type { ForkProcess } from '../utility-process/index.ts';
import type { Runtimes } from './runtimes.ts';
import { createSignal } from './signal.ts';

/** What sessions on instances take. */
export interface SessionPartsOptions {
  /** The folder of the built main process. */
  readonly out: string;
  /** The app's data folder. */
  readonly folder: string;
  readonly fork: ForkProcess;
  readonly storage: Pick<Storage, 'accountFiles'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  /** The app is drawn dark, as chosen or as the system is. */
  readonly isDark: () => boolean;
  readonly sshSettings: SshSettingsStore;
  readonly sshSecrets: SshSecrets;
  readonly runKeyJob: RunKeyJob;
  readonly runtimes: Pick<Runtimes, 'find' | 'of'>;
  readonly accountIds: () => readonly AccountId[];
  /** The port forwards of an account changed. */
  readonly onPortForwards: (accountId: AccountId, all: PortForwards) => void;
  readonly isSignedIn: (accountId: AccountId) => boolean;
  readonly publish: Pick<Publishers, 'connectionCheck' | 'console' | 'files' | 'keyAccess' | 'terminal'>;
  /** Beside the window: what hears of sessions. */
  readonly onSessions: (sessions: readonly TerminalSession[]) => void;
  /** Opens a file in the system's editor; gives what went wrong, or an empty text. */
  readonly openPath: (path: string) => Promise<string>;
  /** Shows a file in the system's file manager. */
  readonly showInFolder: (path: string) => void;
  readonly report: (cause: unknown) => void;
}

/** Terminals and consoles, and the reset passwords that both sign in with. */
export interface SessionParts {
  readonly terminals: AppTerminals;
  readonly consoles: AppConsoles;
  readonly fileEdits: FileEdits;
  readonly portForwards: AppPortForwards;
  readonly downloads: Downloads;
  readonly connectionChecks: ConnectionChecks;
  readonly keyAccess: OneClickAccess;
  readonly freshPasswords: FreshPasswords;
  /** How terminals and consoles stand in the dock. */
  readonly dock: DockLayouts;
}

/** Makes what opens a session on an instance. */
export function createSessionParts(options: SessionPartsOptions): SessionParts {
  const { out, folder, fork, storage, settings, isDark, sshSettings, sshSecrets, runtimes, publish } =
    options;
  const { onSessions, openPath, report } = options;
  const passwordsChanged = createSignal<undefined>();
  const freshPasswords = createFreshPasswords(registerSecret, () => passwordsChanged.tell(undefined));
  const consoles = createAppConsoles({
    find: (instanceId) => {
      const found = runtimes.find(instanceId);
      return found === null ? null : { accountId: found.account.id, title: found.instance.name };
    },
    client: (accountId) => runtimes.of(accountId)?.client ?? null,
    password: (accountId, instanceId) => freshPasswords.get(accountId, instanceId),
    mask: registerSecret,
    onChanged: publish.console.changed,
  });
  const downloads = createDownloads();
  const fileEdits = createFileEdits({
    folder: join(folder, 'edited-files'),
    clock: systemClock,
    order: (sessionId, order) => terminals.orderFiles(sessionId, order),
    ownerOf: (sessionId) => terminals.ownerOf(sessionId),
    sessions: () => terminals.sessions(),
    openFiles: (instanceId) => terminals.open(instanceId, 'files'),
    openPath,
    showInFolder: options.showInFolder,
    onFailure: publish.files.editFailed,
    onUnsent: publish.files.unsentChanged,
    report,
  });
  const terminals: AppTerminals = createAppTerminals({
    fork,
    modulePath: join(out, 'ssh.js'),
    knownHostsPath: join(folder, 'known_hosts'),
    sshSettings,
    secrets: sshSecrets,
    newKeys: createExpectedHostKeys(storage.accountFiles, () => Date.now()),
    freshPassword: (accountId, instanceId) => freshPasswords.get(accountId, instanceId),
    find: (instanceId) => runtimes.find(instanceId),
    scrollbackLines: () => settings.get().terminal.scrollbackLines,
    reconnects: () => settings.get().terminal.reconnectsWhenLost,
    theme: () => terminalThemeIn(settings.get().terminal, isDark()),
    onChanged: (sessions) => {
      publish.terminal.changed(sessions);
      fileEdits.sessionsChanged();
      downloads.sessionsChanged(sessions);
      onSessions(sessions);
    },
    onConnection: (connection) => portForwards.connectionChanged(connection),
    onForwards: (sessionId, reports) => portForwards.reported(sessionId, reports),
    onFileNews: (news, sessionId) => {
      if (news.type !== 'downloaded') fileEdits.news(news);
      else downloads.downloaded(sessionId, news.transferId, news.localPath);
    },
    report,
  });
  const portForwards = new AppPortForwards({
    files: storage.accountFiles,
    clock: systemClock,
    newId: randomUUID,
    terminals,
    find: (instanceId) => {
      const found = runtimes.find(instanceId);
      return found === null ? null : { accountId: found.account.id, name: found.instance.name };
    },
    accountIds: options.accountIds,
    onChange: options.onPortForwards,
  });
  passwordsChanged.listen(() => consoles.passwordsChanged());
  const dock = createDockLayouts({
    files: storage.accountFiles,
    terminals,
    consoles,
    isSignedIn: options.isSignedIn,
    connectsAtStart: () => settings.get().terminal.reconnectsAtStart,
  });
  const connectionChecks = createConnectionChecks({
    find: (instanceId) => {
      const found = runtimes.find(instanceId);
      const runtime = found === null ? null : runtimes.of(found.account.id);
      if (found === null || runtime === null) return null;
      return { ...found, client: runtime.client, instances: runtime.monitor.snapshot().instances };
    },
    terminals,
    onChange: publish.connectionCheck.changed,
    report,
  });
  const keyAccess = createKeyAccess({
    find: (instanceId) => {
      const found = runtimes.find(instanceId);
      const runtime = found === null ? null : runtimes.of(found.account.id);
      if (found === null || runtime === null) return null;
      const { client, record, watches } = runtime;
      return {
        ...found,
        client,
        record,
        keysChanged: () => watches.refreshAfterCurrent({ kind: 'ssh-keys' }),
      };
    },
    run: options.runKeyJob,
    terminals,
    sshSettings,
    onChange: publish.keyAccess.changed,
    mask: registerSecret,
    report,
  });
  return {
    terminals,
    consoles,
    connectionChecks,
    keyAccess,
    fileEdits,
    downloads,
    portForwards,
    freshPasswords,
    dock,
  };
}
