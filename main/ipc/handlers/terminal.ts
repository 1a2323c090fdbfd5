import type { WebContents } from 'electron';
import { fail, ok } from '../../../preload/contract/result.ts';
import { noAddressYet } from '../../../preload/contract/state-words.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { SshSettingsStore, AppTerminals } from '../../terminal/index.ts';
import { commandText, openTerminal, type TerminalSystem } from '../../system-terminal/index.ts';
import { done, noSession, onCurrent, type Domain } from './shared.ts';

/** What the calls about terminals are answered by. */
export interface TerminalHandlerParts {
  readonly terminals: Pick<
    AppTerminals,
    | 'sessions'
    | 'open'
    | 'attach'
    | 'close'
    | 'forgetHostKey'
    | 'route'
    | 'sshCommand'
    | 'ownerOf'
    | 'startLog'
    | 'stopLog'
  >;
  readonly sshSettings: Pick<SshSettingsStore, 'get' | 'all' | 'save'>;
  /** Asks for the file of a log by the name that is suggested; null: the user changed their mind. */
  readonly pickLogFile: (name: string) => Promise<string | null>;
  /** This computer, whose terminal is opened. */
  readonly system: TerminalSystem;
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
  system,
  pickLogFile,
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
    startLog: async ({ sessionId, format }) => {
      const owner = terminals.ownerOf(sessionId);
      if (owner === null) return noSession;
      const path = await pickLogFile(`${owner.title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.log`);
      if (path === null) return ok({ path });
      const started = await terminals.startLog(sessionId, path, format);
      return started.ok ? ok({ path }) : started;
    },
    stopLog: async ({ sessionId }) => {
      await terminals.stopLog(sessionId);
      return done;
    },
    sshCommand: async ({ instanceId }) => {
      const command = (await terminals.sshCommand(instanceId)) ?? noAddress;
      if (!command.ok) return command;
      const { remarks } = command.value;
      const text = commandText(['ssh', ...command.value.arguments], system.platform);
      return text.ok ? ok({ text: text.value, remarks }) : text;
    },
    openOutside: async ({ instanceId }) => {
      const command = (await terminals.sshCommand(instanceId)) ?? noAddress;
      if (!command.ok) return command;
      const { remarks } = command.value;
      const opened = await openTerminal(command.value.arguments, system);
      return opened.ok ? ok({ ...opened.value, remarks }) : opened;
    },
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
