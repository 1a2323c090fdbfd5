import type { Route } from '../preload/contract/app.ts';
import { fail, ok } from '../preload/contract/result.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { AccountRuntime } from './accounts/account-runtime.ts';
import type { Runtimes } from './accounts/runtimes.ts';
import type { AppStatus } from './app-status.ts';
import { openExternal } from './desktop/external-links.ts';
import type { Handlers } from './ipc/bind.ts';
import type { NoticeLog } from './notices/notice-log.ts';
import type { SettingsStore } from './settings/index.ts';

/** The parts that calls of the window are answered by. */
export interface HandlerParts {
  readonly accounts: Accounts;
  readonly runtimes: Runtimes;
  readonly settings: SettingsStore;
  readonly notices: NoticeLog;
  readonly status: AppStatus;
  /** The place that a click asked for before the window was there; asked for once. */
  readonly takeRoute: () => Route | null;
  readonly quit: () => void;
}

const noAccount = fail({ kind: 'no-account' } as const);
const done = ok(undefined);

/** Answers each call of the contract by the part that it belongs to. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { accounts, runtimes, settings, notices, status } = parts;
  /** Runs `act` on the account that the window shows. */
  const onCurrent = <T>(act: (runtime: AccountRuntime) => T): T | typeof noAccount => {
    const runtime = runtimes.current();
    return runtime === null ? noAccount : act(runtime);
  };
  return {
    app: {
      info: () => ok(status.info()),
      openExternal: async ({ url }) =>
        (await openExternal(url))
          ? done
          : fail({ kind: 'refused', message: 'This link was not opened: only https is.' }),
      takeRoute: () => ok(parts.takeRoute()),
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
    watch: { start: () => noAccount, stop: () => done, refresh: () => noAccount },
    instances: {
      power: ({ instanceId, action }) => onCurrent((runtime) => runtime.power(instanceId, action)),
    },
    agent: { send: () => noAccount, stopWaiting: () => noAccount },
    terminal: {
      sessions: () => ok([]),
      open: () => noAccount,
      attach: () => noAccount,
      close: () => noAccount,
      settings: () => noAccount,
      saveSettings: () => noAccount,
      forgetHostKey: () => noAccount,
    },
    settings: {
      get: () => ok(settings.get()),
      update: (patch) => ok(settings.update(patch)),
    },
    notices: { list: () => ok(notices.list()) },
  };
}
