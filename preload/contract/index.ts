import * as z from 'zod/mini';
import type { AccountsState, SignedOut } from './account.ts';
import type { Activity } from './activity.ts';
import { agentCalls } from './agent-calls.ts';
import { appLockCalls } from './app-lock.ts';
import { automaticRuleCalls } from './automatic-rules.ts';
import { alertRuleId, alertRuleInput, type AlertState } from './alerts.ts';
import { pageError, type AppInfo, type WindowRequest } from './app.ts';
import type { AccountId, InstanceId, SessionId } from './brands.ts';
import type { PublicCatalog } from './catalog.ts';
import { connectionCheckCalls } from './connection-check.ts';
import type { ConsoleSession } from './console.ts';
import { createDraft, fundsWanted, newInstance, type CreateState } from './create.ts';
import { call, push, shape, type ClientOf } from './define.ts';
import { dockCalls } from './dock-calls.ts';
import { fileCalls } from './file-calls.ts';
import { instanceCalls } from './instance-calls.ts';
import { sessionId } from './session-id.ts';
import { terminalCalls } from './terminal-calls.ts';
import { updateCalls } from './updates.ts';
import { aboutCalls } from './about.ts';
import { diagnosticsCalls } from './diagnostics.ts';
import { savedFile } from './files.ts';
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
import type { PendingAction, PendingActionId } from './lifecycle.ts';
import { instanceAnnotationsPatch, type AnnotationsById } from './annotations.ts';
import { listSize } from './first-picture.ts';
import { keyAccessCalls } from './key-access.ts';
import { knownHostCalls } from './known-hosts.ts';
import type { Locales } from './locales.ts';
import type { Forecast } from './runway.ts';
import { settingsPatch, type Settings } from './settings.ts';
import { shieldCalls } from './shield-calls.ts';
import { snippetCalls } from './snippets.ts';
import type { Notice, SnapshotPush, SnapshotUpdate } from './snapshot.ts';
import { portForwardCalls } from './port-forwards.ts';
import type { RemotePath } from './remote-files.ts';
import type { Result } from './result.ts';
import { apiTokenId, instanceId, sshKeyId, watchKey, type WatchUpdate } from './watch.ts';
import { wafCalls } from './waf-calls.ts';

const nothing = z.undefined();
const accountId = z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<AccountId>;
const pendingActionId = z
  .string()
  .check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<PendingActionId>;
const done = shape<undefined>();

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
    /** How large the list is in the window: the first picture of the next start is drawn for it. */
    listMeasured: call(listSize, done),
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
    /** Quits, and starts what is installed by then. */
    restart: call(nothing, done),
  },
  appLock: appLockCalls,
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
    changed: push(shape<SnapshotPush>()),
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
  instances: instanceCalls,
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
  terminal: terminalCalls,
  dock: dockCalls,
  snippets: snippetCalls,
  files: fileCalls,
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
  updates: updateCalls,
  about: aboutCalls,
  diagnostics: diagnosticsCalls,
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
  /** The system it runs on, as Node names it. */
  readonly platform: string;
}
