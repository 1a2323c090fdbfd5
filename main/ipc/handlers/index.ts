import type { WebContents } from 'electron';
import type { PublicCatalog } from '../../../preload/contract/catalog.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { Accounts } from '../../accounts/index.ts';
import type { Leaving } from '../../app/leaving.ts';
import type { ActivityLog } from '../../activity/index.ts';
import type { Alerts } from '../../alerts/index.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import type { ConnectionChecks } from '../../connection-check/index.ts';
import type { AppConsoles } from '../../console/index.ts';
import type { DockLayouts } from '../../dock/index.ts';
import type { PendingActions } from '../../instances/index.ts';
import type { OneClickAccess } from '../../key-access/index.ts';
import type { RunKeyJob } from '../../keys/index.ts';
import type { Annotations } from '../../annotations/index.ts';
import type { NoticeLog } from '../../notices/index.ts';
import type { AutomaticRuleStore } from '../../shield/index.ts';
import type { SettingsStore } from '../../settings/index.ts';
import type { SshSettingsStore, AppTerminals } from '../../terminal/index.ts';
import type { Handlers } from '../bind.ts';
import { createAboutHandlers, createDiagnosticsHandlers, type AboutHandlerParts } from './about.ts';
import { createAccountHandlers } from './accounts.ts';
import { createActivityHandlers } from './activity.ts';
import { createAgentHandlers } from './agent.ts';
import { createAlertHandlers } from './alerts.ts';
import { createTokenHandlers } from './api-tokens.ts';
import { createAppLockHandlers, type AppLockHandlerParts } from './app-lock.ts';
import { createAppHandlers, type AppHandlerParts } from './app.ts';
import { createCatalogHandlers } from './catalog.ts';
import { createConnectionCheckHandlers } from './connection-check.ts';
import { createConsoleHandlers } from './console.ts';
import { createFileHandlers, type FileHandlerParts } from './files.ts';
import { createCreationHandlers } from './create.ts';
import { createDockHandlers } from './dock.ts';
import { createPendingActionHandlers } from './pending-actions.ts';
import { createInstanceHandlers, type InstanceHandlerParts } from './instances.ts';
import { createAutomaticRuleHandlers } from './automatic-rules.ts';
import { createAnnotationHandlers } from './annotations.ts';
import { createKeyAccessHandlers } from './key-access.ts';
import { createKnownHostHandlers } from './known-hosts.ts';
import { createNoticeHandlers } from './notices.ts';
import { createPortForwardHandlers, type PortForwardHandlerParts } from './port-forwards.ts';
import { createSettingsHandlers } from './settings.ts';
import { createShieldHandlers } from './shield.ts';
import { createSnapshotHandlers } from './snapshot.ts';
import { createSnippetHandlers, type SnippetHandlerParts } from './snippets.ts';
import { createKeyHandlers } from './ssh-keys.ts';
import { createTerminalHandlers } from './terminal.ts';
import { createUpdateHandlers, type UpdateHandlerParts } from './updates.ts';
import { createWafHandlers } from './waf.ts';
import { createWalletHandlers } from './wallet.ts';
import { createWatchHandlers } from './watch.ts';

/** The parts that calls of the window are answered by. */
export interface HandlerParts {
  readonly app: Omit<AppHandlerParts, 'networkChanged'>;
  readonly appLock: AppLockHandlerParts;
  readonly accounts: Accounts;
  readonly leaving: Leaving;
  readonly runtimes: Runtimes;
  readonly instances: Omit<InstanceHandlerParts, 'runtimes' | 'annotations' | 'pendingActions'>;
  readonly pendingActions: PendingActions;
  readonly terminals: AppTerminals;
  readonly sshSettings: SshSettingsStore;
  readonly connectionChecks: ConnectionChecks;
  readonly keyAccess: OneClickAccess;
  readonly consoles: AppConsoles;
  readonly dock: DockLayouts;
  readonly snippets: Omit<SnippetHandlerParts, 'saveFile'>;
  readonly settings: SettingsStore;
  readonly updates: UpdateHandlerParts;
  readonly about: AboutHandlerParts;
  readonly notices: NoticeLog;
  readonly activity: ActivityLog;
  readonly annotations: Annotations;
  readonly alerts: Alerts;
  readonly keptAutomaticRules: AutomaticRuleStore;
  /** What can be bought, for somebody who is not signed in; null: at the default address. */
  readonly browseCatalog: (apiUrl: string | null) => Promise<Result<PublicCatalog>>;
  /** Does what is to be done with key files. */
  readonly runKeyJob: RunKeyJob;
  /** Asks the user for a key's file; null: they changed their mind. */
  readonly pickKeyFile: () => Promise<string | null>;
  /** Asks where to log a terminal to, by the name that is suggested; null: they changed their mind. */
  readonly pickLogFile: (name: string) => Promise<string | null>;
  /** Asks the user for a file of firewall rules; null: they changed their mind. */
  readonly pickRulesFile: () => Promise<string | null>;
  readonly files: Omit<FileHandlerParts, 'terminals' | 'contents'>;
  readonly ports: Pick<PortForwardHandlerParts, 'portForwards' | 'openPort'>;
  /** Lends a secret to the clipboard. */
  readonly copySecret: (secret: string) => void;
  /** The window's page; null while no window is open. */
  readonly contents: () => WebContents | null;
}

/** Answers each call of the contract: `contract.X` by the file of that name. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { accounts, runtimes, sshSettings, annotations, pendingActions, contents } = parts;
  const currentId = () => accounts.state().currentId;
  const current = () => runtimes.current();
  return {
    app: createAppHandlers({ ...parts.app, networkChanged: (online) => runtimes.networkChanged(online) }),
    appLock: createAppLockHandlers(parts.appLock),
    accounts: createAccountHandlers(accounts, parts.leaving),
    snapshot: createSnapshotHandlers(runtimes),
    watch: createWatchHandlers(current),
    instances: createInstanceHandlers({ ...parts.instances, runtimes, annotations, pendingActions }),
    pendingActions: createPendingActionHandlers(pendingActions),
    wallet: createWalletHandlers(current),
    catalog: createCatalogHandlers(parts.browseCatalog),
    create: createCreationHandlers(() => current()?.creation ?? null),
    agent: createAgentHandlers(current),
    shield: createShieldHandlers(current, parts.pickRulesFile),
    automaticRules: createAutomaticRuleHandlers(current, parts.keptAutomaticRules),
    terminal: createTerminalHandlers({
      terminals: parts.terminals,
      sshSettings,
      system: process,
      pickLogFile: parts.pickLogFile,
      current,
      contents,
    }),
    files: createFileHandlers({ ...parts.files, terminals: parts.terminals, contents }),
    portForwards: createPortForwardHandlers({
      ...parts.ports,
      terminals: parts.terminals,
      currentId,
      contents,
    }),
    connectionCheck: createConnectionCheckHandlers(parts.connectionChecks),
    console: createConsoleHandlers(parts.consoles, contents),
    dock: createDockHandlers(parts.dock, current),
    snippets: createSnippetHandlers({ ...parts.snippets, saveFile: parts.app.saveFile }),
    waf: createWafHandlers(current),
    sshKeys: createKeyHandlers({ current, sshSettings, run: parts.runKeyJob, pickFile: parts.pickKeyFile }),
    keyAccess: createKeyAccessHandlers(parts.keyAccess),
    knownHosts: createKnownHostHandlers({ terminals: parts.terminals, sshSettings, current }),
    apiTokens: createTokenHandlers({
      current,
      own: () => accounts.ownTokens(),
      openChanges: () => current()?.shield.open() ?? [],
      copySecret: parts.copySecret,
    }),
    annotations: createAnnotationHandlers(annotations, currentId),
    alerts: createAlertHandlers(parts.alerts, currentId),
    settings: createSettingsHandlers(parts.settings),
    updates: createUpdateHandlers(parts.updates),
    about: createAboutHandlers(parts.about),
    diagnostics: createDiagnosticsHandlers(parts.about),
    activity: createActivityHandlers(parts.activity, currentId),
    notices: createNoticeHandlers(parts.notices, currentId),
  };
}
