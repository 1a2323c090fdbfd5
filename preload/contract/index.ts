import * as z from 'zod/mini';
import type { AccountsState, SignedOut } from './account.ts';
import type { Activity } from './activity.ts';
import { agentCalls } from './agent-calls.ts';
import { automaticRuleCalls } from './automatic-rules.ts';
import { alertRuleId, alertRuleInput, type AlertState } from './alerts.ts';
import { pageError, type AppInfo, type WindowRequest } from './app.ts';
import type { AccountId, Cents, InstanceId, SessionId } from './brands.ts';
import type { PublicCatalog } from './catalog.ts';
import { connectionCheckCalls } from './connection-check.ts';
import type { ConsoleSession } from './console.ts';
import { createDraft, fundsWanted, newInstance, type CreateState } from './create.ts';
import { call, push, shape, type ClientOf } from './define.ts';
import { dockCalls } from './dock-calls.ts';
import { savedFile } from './files.ts';
import { powerActions } from './instance.ts';
import {
  labelText,
  tokenAbilities,
  publicKeyText,
  type GeneratedKey,
  type LocalKey,
  type MintedToken,
  type PickedKey,
  type PublicKeyFacts,
  type SshKey,
} from './keys.ts';
import {
  deletionModes,
  type BulkPower,
  type PendingAction,
  type PendingActionId,
  type RevealedPassword,
} from './lifecycle.ts';
import { instanceAnnotationsPatch, type AnnotationsById } from './annotations.ts';
import { keyAccessCalls } from './key-access.ts';
import { knownHostCalls } from './known-hosts.ts';
import type { Locales } from './locales.ts';
import type { Forecast } from './runway.ts';
import { settingsPatch, type Settings } from './settings.ts';
import { shieldCalls } from './shield-calls.ts';
import { snippetCalls } from './snippets.ts';
import type { Notice, SnapshotUpdate } from './snapshot.ts';
import { portForwardCalls } from './port-forwards.ts';
import { remotePath, type EditFailure, type RemotePath, type UnsentEdit } from './remote-files.ts';
import type { Result } from './result.ts';
import {
  sshSettings,
  type OpenedOutside,
  type SshCommandText,
  type SshRoute,
  type SshSettingsById,
  type SshSettings,
  type TerminalSession,
} from './terminal.ts';
import {
  apiTokenId,
  instanceId,
  osTemplateId,
  packageId,
  sshKeyId,
  watchKey,
  type WatchUpdate,
} from './watch.ts';
import { wafCalls } from './waf-calls.ts';

const nothing = z.undefined();
const accountId = z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<AccountId>;
const sessionId = z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<SessionId>;
const pendingActionId = z
  .string()
  .check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<PendingActionId>;
const done = shape<undefined>();
const downloaded = z.object({ sessionId, transferId: z.int() });
const unsentEdit = z.object({ id: z.int() });
/** What was paid, null where the answer names no charge; `wasLost` where nobody knows whether it was. */
const charged = shape<{ readonly wasLost: boolean; readonly chargedCents: Cents | null }>();

/**
 * Everything that crosses between main and the renderer. Main's handlers and publishers, the preload's
 * client and the renderer's types are derived from this value. Each call takes one argument and answers
 * with a `Result`; each push brings the whole truth of its part, so that a lost one does no harm.
 */
export const contract = {
  app: {
    info: call(nothing, shape<AppInfo>()),
    infoChanged: push(shape<AppInfo>()),
    /** Opens an https address in the user's browser. */
    openExternal: call(z.object({ url: z.string().check(z.maxLength(2048)) }), done),
    /** The same for a link that the user saw whole and confirmed: to an address or a local name too. */
    openConfirmed: call(z.object({ url: z.string().check(z.maxLength(2048)) }), done),
    /** A click in the tray or on a notification, or a deep link, asks something of the window. */
    windowRequested: push(shape<WindowRequest>()),
    /** What a click asked for before the window was there: given once. */
    takeWindowRequest: call(nothing, shape<WindowRequest | null>()),
    /** What the system says of the network: "offline" is believed, "online" is a hint to try. */
    networkChanged: call(z.object({ online: z.boolean() }), done),
    /** Asks where to keep a file and writes it; `name` null: the user changed their mind. */
    saveFile: call(savedFile, shape<{ readonly name: string | null }>()),
    /** Lets the window fill the screen, or no longer. */
    setFullScreen: call(z.object({ on: z.boolean() }), done),
    /** Starts the app at login, or no longer. Errors: `refused`, with what the system said. */
    setStartsAtLogin: call(z.object({ on: z.boolean() }), done),
    /** Logs an error of the page that nobody caught; gives what was logged, redacted, to be copied into a report. */
    reportError: call(pageError, shape<{ readonly details: string }>()),
    /** Loads the window's page again. Terminals go on. */
    reload: call(nothing, done),
    quit: call(nothing, done),
  },
  accounts: {
    state: call(nothing, shape<AccountsState>()),
    changed: push(shape<AccountsState>()),
    /** Checks the token against `GET /me` and keeps it. `apiUrl` null: the official address. */
    signIn: call(
      z.object({
        token: z.string().check(z.maxLength(4096)),
        apiUrl: z.nullable(z.string().check(z.maxLength(2048))),
      }),
      shape<{ readonly accountId: AccountId }>(),
    ),
    openDemo: call(nothing, shape<{ readonly accountId: AccountId }>()),
    switchTo: call(z.object({ accountId }), done),
    /** The addresses whose firewall's change waits to be confirmed. */
    openChanges: call(z.object({ accountId }), shape<readonly string[]>()),
    /**
     * Ends the account in the app, and removes its secrets as far as the keychain lets go of them. Changes of firewalls that
     * wait to be confirmed are taken back first, unless they are left. Error: `refused` where that could not be done.
     */
    signOut: call(z.object({ accountId, leaveChanges: z.boolean() }), shape<SignedOut>()),
    /** Checks a second token of the same person and keeps it in the keychain, for what changes something. */
    addWriteToken: call(z.object({ accountId, token: z.string().check(z.maxLength(4096)) }), done),
    removeWriteToken: call(z.object({ accountId }), done),
    /** Asks the keychain once more, after it was locked or away. May show the system's own prompt. */
    retryKeychain: call(z.object({ accountId }), done),
  },
  snapshot: {
    current: call(nothing, shape<SnapshotUpdate>()),
    changed: push(shape<SnapshotUpdate>()),
    /** Polls the list and the wallet now. */
    refresh: call(nothing, done),
  },
  watch: {
    /** Keeps a resource fresh until `stop`; answers with what is known already. Counted: two starts want two stops. */
    start: call(watchKey, shape<WatchUpdate>()),
    stop: call(watchKey, done),
    refresh: call(watchKey, done),
    changed: push(shape<WatchUpdate>()),
  },
  instances: {
    power: call(z.object({ instanceId, action: z.enum(powerActions) }), done),
    /** The same for several, sent one after the other; what came of each is pushed. */
    bulkPower: call(
      z.object({
        instanceIds: z.array(instanceId).check(z.minLength(1), z.maxLength(1_000)),
        action: z.enum(powerActions),
      }),
      done,
    ),
    /** Does not send what has not been sent yet. */
    cancelBulkPower: call(nothing, done),
    closeBulkPower: call(nothing, done),
    bulkPowerState: call(nothing, shape<BulkPower | null>()),
    bulkPowerChanged: push(shape<BulkPower | null>()),
    /** Debits the wallet at once. Without `reboot` the plan works after the next one. */
    upgrade: call(z.object({ instanceId, packageId, reboot: z.boolean() }), charged),
    /** The user has rebooted it: the badge goes, where Evorxa does not say otherwise. */
    noteRebooted: call(z.object({ instanceId }), done),
    /** Erases its data. Held for some seconds before it leaves: see `pendingActions`. */
    reinstall: call(
      z.object({
        instanceId,
        osTemplateId,
        osName: z.string().check(z.minLength(1), z.maxLength(200)),
      }),
      done,
    ),
    /** Held for some seconds before it leaves: see `pendingActions`. */
    delete: call(z.object({ instanceId, mode: z.enum(deletionModes) }), done),
    cancelDeletion: call(z.object({ instanceId }), done),
    reactivate: call(z.object({ instanceId }), charged),
    /** Given once. Main holds it in memory for SSH and the console. */
    resetPassword: call(z.object({ instanceId }), shape<RevealedPassword>()),
    /** Puts the password of the last reset on the clipboard for a minute. */
    copyPassword: call(z.object({ instanceId }), done),
    /** Takes it off the clipboard, and out of main's memory. */
    forgetPassword: call(z.object({ instanceId }), done),
    /** Keeps it in the keychain as the SSH password of that instance. */
    keepPassword: call(z.object({ instanceId }), done),
  },
  pendingActions: {
    list: call(nothing, shape<readonly PendingAction[]>()),
    changed: push(shape<readonly PendingAction[]>()),
    undo: call(z.object({ pendingActionId }), done),
    /** One that has ended was read. */
    dismiss: call(z.object({ pendingActionId }), done),
  },
  wallet: {
    /** The renewals to come against the balance; null until instances and prices were asked for. Asks the API for nothing. */
    forecast: call(nothing, shape<Forecast | null>()),
  },
  catalog: {
    /** What can be bought, where and for how long, for somebody who is not signed in. No token is sent. */
    browse: call(
      z.object({ apiUrl: z.nullable(z.string().check(z.maxLength(2048))) }),
      shape<PublicCatalog>(),
    ),
  },
  create: {
    /** Null while the account cannot be used. */
    state: call(nothing, shape<CreateState | null>()),
    changed: push(shape<CreateState | null>()),
    saveDraft: call(createDraft, done),
    /** Sends a creation, once. `instanceId` null: the answer was lost, and `changed` tells what is found out. */
    send: call(newInstance, shape<{ readonly instanceId: InstanceId | null }>()),
    /** Compares list and ledger once more, where it could not be told whether an instance was created. */
    checkAgain: call(nothing, done),
    /** The user has read how the last one ended: the form works again. */
    dismiss: call(nothing, done),
    /** Tells by a notification, once, when the wallet holds this much. Nothing is sent then. */
    tellWhenFunded: call(fundsWanted, done),
    forgetFunds: call(nothing, done),
    /** Tries once more whether a new instance answers on SSH. */
    tryShell: call(z.object({ instanceId }), done),
  },
  agent: agentCalls,
  shield: shieldCalls,
  automaticRules: automaticRuleCalls,
  terminal: {
    sessions: call(nothing, shape<readonly TerminalSession[]>()),
    changed: push(shape<readonly TerminalSession[]>()),
    /** Opens a shell on an instance, as its connection settings say. */
    open: call(z.object({ instanceId }), shape<{ readonly sessionId: SessionId }>()),
    /** Asks for the session's port, which then comes as a message of the page's own window. A later one replaces it. */
    attach: call(z.object({ sessionId }), done),
    close: call(z.object({ sessionId }), done),
    /** Asks for a file and adds to it what a shell prints from now on; `path` null: the user changed their mind. */
    startLog: call(
      z.object({ sessionId, format: z.enum(['text', 'raw']) }),
      shape<{ readonly path: string | null }>(),
    ),
    /** Ends the log of a session, or takes away what is said of one that has failed. */
    stopLog: call(z.object({ sessionId }), done),
    settings: call(z.object({ instanceId }), shape<SshSettings>()),
    /** By which way it is reached now; null where it has no address. */
    route: call(z.object({ instanceId }), shape<SshRoute | null>()),
    /** How ssh(1) is called for that way, as a text to paste into a shell, and in what it will differ. */
    sshCommand: call(z.object({ instanceId }), shape<SshCommandText>()),
    /** Opens the system's own terminal on it. Error: `refused` where there is none. */
    openOutside: call(z.object({ instanceId }), shape<OpenedOutside>()),
    /** How every instance of the current account is reached. */
    allSettings: call(nothing, shape<SshSettingsById>()),
    saveSettings: call(z.object({ instanceId, settings: sshSettings }), done),
    /** Forgets the host key that was trusted for this instance's address; the next connect asks again. */
    forgetHostKey: call(z.object({ instanceId }), done),
  },
  dock: dockCalls,
  snippets: snippetCalls,
  files: {
    /** Opens the files of an instance, as a session among `terminal.sessions`; `terminal.close` closes it. */
    open: call(z.object({ instanceId }), shape<{ readonly sessionId: SessionId }>()),
    /** Asks for the session's port, as `terminal.attach` does. */
    attach: call(z.object({ sessionId }), done),
    /** Asks the user what to copy into a folder of the instance. */
    upload: call(z.object({ sessionId, folder: remotePath, what: z.enum(['files', 'folder']) }), done),
    /** Copies what was dropped on the window. The preload alone calls this: it knows the paths, the page does not. */
    uploadDropped: call(
      z.object({
        sessionId,
        folder: remotePath,
        localPaths: z.array(z.string().check(z.minLength(1), z.maxLength(32_768))).check(z.maxLength(10_000)),
      }),
      done,
    ),
    /** Asks the user where to copy files and folders of the instance to. */
    download: call(
      z.object({ sessionId, paths: z.array(remotePath).check(z.minLength(1), z.maxLength(10_000)) }),
      done,
    ),
    /** Shows what a transfer has downloaded in the system's file manager. */
    showDownload: call(downloaded, done),
    /** Drags what a transfer has downloaded out of the window: a drag needs a file of this computer as it begins. */
    dragDownload: call(downloaded, done),
    /** Opens a file in the system's editor; each save is sent back. */
    edit: call(z.object({ sessionId, path: remotePath }), done),
    editFailed: push(shape<EditFailure>()),
    /** Edited files whose last save is not on their instance, also of a former run. */
    unsent: call(nothing, shape<readonly UnsentEdit[]>()),
    unsentChanged: push(shape<readonly UnsentEdit[]>()),
    /** Sends one to where it belongs, by a session with files that is open, or a new one. */
    uploadUnsent: call(unsentEdit, shape<{ readonly sessionId: SessionId }>()),
    /** Shows one in the system's file manager. */
    showUnsent: call(unsentEdit, done),
    /** Deletes one from this computer. */
    discardUnsent: call(unsentEdit, done),
  },
  portForwards: portForwardCalls,
  connectionCheck: connectionCheckCalls,
  console: {
    sessions: call(nothing, shape<readonly ConsoleSession[]>()),
    changed: push(shape<readonly ConsoleSession[]>()),
    /** Opens a console on an instance; it connects once its port is asked for. */
    open: call(z.object({ instanceId }), shape<{ readonly sessionId: SessionId }>()),
    /** Asks for the console's port, as `terminal.attach` does, and connects again: a screen cannot be joined midway. */
    attach: call(z.object({ sessionId }), done),
    close: call(z.object({ sessionId }), done),
  },
  waf: wafCalls,
  sshKeys: {
    /** Reads a public key on this machine. Error: `refused` where it is none. */
    describe: call(z.object({ publicKey: publicKeyText }), shape<PublicKeyFacts>()),
    /** Registers a public key. Error: `refused` for one that the account has. */
    add: call(z.object({ name: labelText, publicKey: publicKeyText }), shape<SshKey>()),
    /** Makes an ed25519 key, writes it to ~/.ssh by its name, over nothing, and registers it. Passphrase null: none. */
    generate: call(
      z.object({
        name: labelText,
        passphrase: z.nullable(z.string().check(z.minLength(1), z.maxLength(1024))),
      }),
      shape<GeneratedKey>(),
    ),
    remove: call(z.object({ keyId: sshKeyId }), done),
    /** The keys of ~/.ssh and of the SSH agent. */
    local: call(nothing, shape<readonly LocalKey[]>()),
    /** Asks for a file and reads the public key of it; null: the user changed their mind. */
    pick: call(nothing, shape<PickedKey | null>()),
    /** Which key opened each instance of the current account the last time, as fingerprints. */
    openedWith: call(nothing, shape<Readonly<Record<InstanceId, string>>>()),
  },
  knownHosts: knownHostCalls,
  keyAccess: keyAccessCalls,
  apiTokens: {
    /** Makes a token. Its secret is shown once and kept by nobody. */
    mint: call(z.object({ name: labelText, abilities: tokenAbilities }), shape<MintedToken>()),
    /**
     * Revokes a token. Error: `refused` for one that the app itself uses, unless `ownToo`: then the account is signed
     * out, or its write token forgotten, and the answer names what the keychain still holds.
     */
    revoke: call(z.object({ tokenId: apiTokenId, ownToo: z.boolean() }), shape<SignedOut>()),
    /** Puts a secret on the clipboard, which is cleared of it after a minute. */
    copySecret: call(z.object({ secret: z.string().check(z.minLength(1), z.maxLength(20_000)) }), done),
  },
  annotations: {
    /** What was noted of the current account's instances. */
    all: call(nothing, shape<AnnotationsById>()),
    update: call(z.object({ instanceId, patch: instanceAnnotationsPatch }), done),
    changed: push(shape<AnnotationsById>()),
  },
  alerts: {
    /** The current account's rules, and which of them fire. */
    book: call(nothing, shape<AlertState>()),
    /** Keeps a rule, a new one where `ruleId` is null, and looks at it at once. */
    save: call(z.object({ ruleId: z.nullable(alertRuleId), input: alertRuleInput }), done),
    remove: call(z.object({ ruleId: alertRuleId }), done),
    changed: push(shape<AlertState>()),
  },
  settings: {
    get: call(nothing, shape<Settings>()),
    update: call(settingsPatch, shape<Settings>()),
    changed: push(shape<Settings>()),
  },
  activity: {
    /** What the user did from this app with the current account, newest first. */
    list: call(nothing, shape<readonly Activity[]>()),
    changed: push(shape<readonly Activity[]>()),
  },
  notices: {
    /** What was told of the current account, newest first. */
    list: call(nothing, shape<readonly Notice[]>()),
    changed: push(shape<readonly Notice[]>()),
  },
} as const;

/** The contract as a type: all calls and pushes by domain. */
export type Contract = typeof contract;

/** What the preload puts on `window.evorxa`. */
export interface Bridge {
  readonly calls: Omit<ClientOf<Contract>, 'files'> & {
    readonly files: Omit<ClientOf<Contract>['files'], 'uploadDropped'>;
  };
  /** Copies what was dropped on the page into a folder of an instance: files of the drop itself, and no others. */
  readonly uploadDropped: (drop: {
    readonly sessionId: SessionId;
    readonly folder: RemotePath;
    readonly files: readonly File[];
  }) => Promise<Result<undefined>>;
  /** Gives back what the page has used and uses no more: its pause is felt, so only where nothing goes on. */
  readonly giveBackMemory: () => void;
  /** What the page writes figures in: what main does. */
  readonly locales: Locales;
}
