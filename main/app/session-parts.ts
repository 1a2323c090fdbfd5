import { join } from 'node:path';
import type { AccountId } from '../../preload/contract/brands.ts';
import { terminalThemeIn } from '../../preload/contract/settings.ts';
import { systemClock } from '../clock/index.ts';
import { createAppConsoles, type AppConsoles } from '../console/index.ts';
import { createDockLayouts, type DockLayouts } from '../dock/index.ts';
import { createFreshPasswords, type FreshPasswords } from '../instances/index.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import type { Publishers } from '../ipc/bind.ts';
import { registerSecret } from '../log/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { Storage } from '../storage/index.ts';
import {
  createAppTerminals,
  createExpectedHostKeys,
  createFileEdits,
  type AppTerminals,
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
  readonly runtimes: Pick<Runtimes, 'find' | 'of'>;
  readonly isSignedIn: (accountId: AccountId) => boolean;
  readonly publish: Pick<Publishers, 'console' | 'terminal' | 'files'>;
  /** Beside the window: what hears of sessions. */
  readonly onSessions: (sessions: readonly TerminalSession[]) => void;
  /** Opens a file in the system's editor; gives what went wrong, or an empty text. */
  readonly openPath: (path: string) => Promise<string>;
  readonly report: (cause: unknown) => void;
}

/** Terminals and consoles, and the reset passwords that both sign in with. */
export interface SessionParts {
  readonly terminals: AppTerminals;
  readonly consoles: AppConsoles;
  readonly fileEdits: FileEdits;
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
  const fileEdits = createFileEdits({
    folder: join(folder, 'edited-files'),
    clock: systemClock,
    order: (sessionId, order) => terminals.orderFiles(sessionId, order),
    openPath,
    onFailure: publish.files.editFailed,
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
    theme: () => terminalThemeIn(settings.get().terminal, isDark()),
    onChanged: (sessions) => {
      publish.terminal.changed(sessions);
      onSessions(sessions);
    },
    onEdit: (news) => fileEdits.news(news),
    report,
  });
  passwordsChanged.listen(() => consoles.passwordsChanged());
  const dock = createDockLayouts({
    files: storage.accountFiles,
    terminals,
    consoles,
    isSignedIn: options.isSignedIn,
    connectsAtStart: () => settings.get().terminal.reconnectsAtStart,
  });
  return { terminals, consoles, fileEdits, freshPasswords, dock };
}
