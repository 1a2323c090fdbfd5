import { randomUUID } from 'node:crypto';
import type { WebContents } from 'electron';
import type { Wish } from '../../../preload/contract/app.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { PublicCatalog } from '../../../preload/contract/catalog.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { recordActivity, type ActivityLog } from '../../activity/index.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import type { AppStatus } from '../../app/app-status.ts';
import { createAlertHandlers, type Alerts } from '../../alerts/index.ts';
import type { AppConsoles } from '../../console/index.ts';
import { openExternal } from '../../desktop/external-links.ts';
import { setFullScreen } from '../../desktop/full-screen.ts';
import type { LoginStart } from '../../desktop/login-start.ts';
import { pickKeyFile } from '../../desktop/pick-file.ts';
import { saveFile } from '../../desktop/save-file.ts';
import { createServerHandlers } from '../../instances/index.ts';
import type { Handlers } from '../bind.ts';
import { createKeyHandlers, type RunKeyJob } from '../../keys/index.ts';
import type { Marks } from '../../marks/index.ts';
import type { NoticeLog } from '../../notices/notice-log.ts';
import type { SettingsStore } from '../../settings/index.ts';
import type { Connections, Shells } from '../../terminal/index.ts';
import { createTokenHandlers } from '../../tokens/index.ts';

/** The parts that calls of the window are answered by. */
export interface HandlerParts {
  readonly accounts: Accounts;
  readonly runtimes: Runtimes;
  readonly shells: Shells;
  readonly connections: Connections;
  readonly consoles: AppConsoles;
  readonly settings: SettingsStore;
  readonly notices: NoticeLog;
  readonly activity: ActivityLog;
  readonly marks: Marks;
  readonly alerts: Alerts;
  readonly status: AppStatus;
  readonly loginStart: LoginStart;
  /** What can be bought, for somebody who is not signed in; null: at the default address. */
  readonly browseCatalog: (apiUrl: string | null) => Promise<Result<PublicCatalog>>;
  /** The calls that change instances. */
  readonly instanceHandlers: Pick<Handlers, 'instances' | 'holds'>;
  /** Does what is to be done with key files. */
  readonly runKeyJob: RunKeyJob;
  /** Lends a secret to the clipboard. */
  readonly copySecret: (secret: string) => void;
  /** What a click asked for before the window was there; given once. */
  readonly takeWish: () => Wish | null;
  /** The window's page; null while no window is open. */
  readonly contents: () => WebContents | null;
  readonly quit: () => void;
}

const noAccount = fail({ kind: 'no-account' } as const);
const noAddress = fail({
  kind: 'refused',
  message: 'This server has no address yet. Wait until it is provisioned.',
} as const);
const refusedLink = fail({
  kind: 'refused',
  message: 'This link was not opened: only https links are.',
} as const);
const noServer = fail({ kind: 'refused', message: 'This server is no longer in the list.' } as const);
const noSession = fail({ kind: 'refused', message: 'This session is closed. Open a new one.' } as const);
const done = ok(undefined);

/** Answers each call of the contract by the part that it belongs to. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { accounts, runtimes, shells, connections, consoles, settings, notices, marks, status } = parts;
  /** Runs `act` on the account that the window shows. */
  const onCurrent = <T>(act: (runtime: AccountRuntime) => T): T | typeof noAccount => {
    const runtime = runtimes.current();
    return runtime === null ? noAccount : act(runtime);
  };
  /** What is kept of the account that the window shows. */
  const ofCurrent = <T>(read: (id: AccountId) => readonly T[]): readonly T[] => {
    const { currentId } = accounts.state();
    return currentId === null ? [] : read(currentId);
  };
  const handlers: Handlers = {
    app: {
      info: () => ok(status.info()),
      openExternal: async ({ url }) => ((await openExternal(url)) ? done : refusedLink),
      openConfirmed: async ({ url }) => ((await openExternal(url, true)) ? done : refusedLink),
      takeWish: () => ok(parts.takeWish()),
      networkChanged: ({ online }) => {
        runtimes.networkChanged(online);
        return done;
      },
      saveFile: (file) => saveFile(parts.contents(), file),
      setFullScreen: ({ on }) => {
        setFullScreen(parts.contents(), on);
        return done;
      },
      setStartsAtLogin: ({ on }) => {
        const set = parts.loginStart.set(on);
        status.changed();
        return set;
      },
      quit: () => {
        parts.quit();
        return done;
      },
    },
    accounts: {
      state: () => ok(accounts.state()),
      signIn: ({ token, apiUrl }) => accounts.signIn(token, apiUrl),
      openDemo: () => accounts.openDemo(),
      switchTo: ({ accountId }) => accounts.switchTo(accountId),
      signOut: ({ accountId }) => accounts.signOut(accountId),
      addWriteToken: ({ accountId, token }) => accounts.addWriteToken(accountId, token),
      removeWriteToken: ({ accountId }) => accounts.removeWriteToken(accountId),
      retryKeychain: ({ accountId }) => accounts.retryKeychain(accountId),
    },
    snapshot: {
      current: () => ok(runtimes.currentUpdate()),
      refresh: () =>
        onCurrent(async ({ monitor }) => {
          await monitor.refresh();
          return done;
        }),
    },
    watch: {
      start: (key) => onCurrent(({ watches }) => watches.start(key)),
      stop: (key) => {
        runtimes.current()?.watches.stop(key);
        return done;
      },
      refresh: (key) =>
        onCurrent(async ({ watches }) => {
          await watches.refresh(key);
          return done;
        }),
    },
    ...parts.instanceHandlers,
    wallet: { forecast: () => onCurrent(({ monitor }) => ok(monitor.forecast())) },
    catalog: { browse: ({ apiUrl }) => parts.browseCatalog(apiUrl) },
    create: createServerHandlers(() => runtimes.current()?.creation ?? null),
    agent: {
      send: (request) => onCurrent(({ turns }) => turns.send(request)),
      stopWaiting: ({ instanceId }) =>
        onCurrent(({ turns }) => {
          turns.stopWaiting(instanceId);
          return done;
        }),
    },
    terminal: {
      sessions: () => ok(shells.sessions()),
      open: ({ instanceId }) => {
        const sessionId = shells.open(instanceId);
        return sessionId === null ? noAddress : ok({ sessionId });
      },
      attach: ({ sessionId }) => {
        const contents = parts.contents();
        return contents !== null && shells.attach(sessionId, contents) ? done : noSession;
      },
      close: ({ sessionId }) => {
        shells.close(sessionId);
        return done;
      },
      settings: ({ instanceId }) => onCurrent(({ account }) => ok(connections.get(account.id, instanceId))),
      allSettings: () => onCurrent(({ account }) => ok(connections.all(account.id))),
      saveSettings: ({ instanceId, settings: connection }) =>
        onCurrent(({ account }) => {
          connections.save(account.id, instanceId, connection);
          return done;
        }),
      forgetHostKey: async ({ instanceId }) => {
        await shells.forgetHostKey(instanceId);
        return done;
      },
    },
    console: {
      sessions: () => ok(consoles.sessions()),
      open: ({ instanceId }) => {
        const sessionId = consoles.open(instanceId);
        return sessionId === null ? noServer : ok({ sessionId });
      },
      attach: ({ sessionId }) => {
        const contents = parts.contents();
        return contents !== null && consoles.attach(sessionId, contents) ? done : noSession;
      },
      close: ({ sessionId }) => {
        consoles.close(sessionId);
        return done;
      },
    },
    ...createKeyHandlers({
      current: () => runtimes.current(),
      connections,
      run: parts.runKeyJob,
      pickFile: () => pickKeyFile(parts.contents()),
    }),
    ...createTokenHandlers({
      current: () => runtimes.current(),
      own: () => accounts.ownTokens(),
      copySecret: parts.copySecret,
    }),
    marks: {
      all: () => {
        const { currentId } = accounts.state();
        return ok(currentId === null ? {} : marks.of(currentId));
      },
      update: ({ instanceId, patch }) => {
        const { currentId } = accounts.state();
        if (currentId === null) return noAccount;
        marks.update(currentId, instanceId, patch);
        return done;
      },
    },
    ...createAlertHandlers(parts.alerts, () => accounts.state().currentId),
    settings: {
      get: () => ok(settings.get()),
      update: (patch) => ok(settings.update(patch)),
    },
    activity: { list: () => ok(ofCurrent((id) => parts.activity.of(id))) },
    notices: { list: () => ok(ofCurrent((id) => notices.of(id))) },
  };
  return recordActivity(handlers, {
    log: parts.activity,
    currentId: () => accounts.state().currentId,
    nameOf: (id) =>
      runtimes.currentSnapshot()?.instances.find((instance) => instance.id === id)?.name ?? null,
    nowMs: () => Date.now(),
    newKey: randomUUID,
  });
}
