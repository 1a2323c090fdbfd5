import type { WebContents } from 'electron';
import { fail, ok } from '../../../preload/contract/result.ts';
import { noAddressYet } from '../../../preload/contract/state-words.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { SshSettingsStore, AppTerminals } from '../../terminal/index.ts';
import { done, noSession, onCurrent, type Domain } from './shared.ts';

/** What the calls about terminals are answered by. */
export interface TerminalHandlerParts {
  readonly terminals: Pick<
    AppTerminals,
    'sessions' | 'open' | 'attach' | 'close' | 'forgetHostKey' | 'route'
  >;
  readonly sshSettings: Pick<SshSettingsStore, 'get' | 'all' | 'save'>;
  /** The account that the window shows; null while it cannot be used. */
  readonly current: () => Pick<AccountRuntime, 'account'> | null;
  /** The window's page; null while no window is open. */
  readonly contents: () => WebContents | null;
}

const noAddress = fail({
  kind: 'refused',
  message: `${noAddressYet('This instance')}. Wait until it is provisioned.`,
} as const);

/** Answers the calls of the domain `terminal`. */
export function createTerminalHandlers({
  terminals,
  sshSettings,
  current,
  contents,
}: TerminalHandlerParts): Domain<'terminal'> {
  return {
    sessions: () => ok(terminals.sessions()),
    open: ({ instanceId }) => {
      const sessionId = terminals.open(instanceId);
      return sessionId === null ? noAddress : ok({ sessionId });
    },
    attach: ({ sessionId }) => {
      const page = contents();
      return page !== null && terminals.attach(sessionId, page) ? done : noSession;
    },
    close: ({ sessionId }) => {
      terminals.close(sessionId);
      return done;
    },
    settings: ({ instanceId }) =>
      onCurrent(current, ({ account }) => ok(sshSettings.get(account.id, instanceId))),
    route: async ({ instanceId }) => ok(await terminals.route(instanceId)),
    allSettings: () => onCurrent(current, ({ account }) => ok(sshSettings.all(account.id))),
    saveSettings: ({ instanceId, settings }) =>
      onCurrent(current, ({ account }) => {
        sshSettings.save(account.id, instanceId, settings);
        return done;
      }),
    forgetHostKey: async ({ instanceId }) => {
      await terminals.forgetHostKey(instanceId);
      return done;
    },
  };
}
