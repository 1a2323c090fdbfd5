import { ok, type Result } from '../../preload/contract/result.ts';
import { demoId } from '../accounts/index.ts';
import type { Keychain } from '../keychain/index.ts';
import { sshSecretName, type SshSettingsStore } from '../terminal/index.ts';
import { startDemoProcess, type DemoProcess, type DemoProcessOptions } from './demo-process.ts';

/** What opening the demo account needs. */
export interface DemoAccountOptions extends DemoProcessOptions {
  readonly sshSettings: SshSettingsStore;
  /** Where secrets of the demo account live: in memory. */
  readonly memory: Keychain;
  /** Is given the certificate of the local consoles, in PEM. */
  readonly trustConsoles: (certificate: string) => void;
}

/** The local Evorxa of the demo account, one at a time. */
export interface DemoAccount {
  /**
   * Starts it and saves how its instances are reached, as the user would have: host, port, user, and the password among
   * the kept secrets.
   */
  start(): Promise<Result<{ readonly apiUrl: string; readonly token: string }>>;
  /** Ends it: the account was closed. */
  stop(): void;
}

/** Gives what starts and ends the demo's local Evorxa. */
export function createDemoAccount(options: DemoAccountOptions): DemoAccount {
  const { sshSettings, memory, trustConsoles } = options;
  let running: DemoProcess | null = null;
  const stop = (): void => {
    running?.stop();
    running = null;
  };
  return {
    start: async () => {
      stop();
      const process = startDemoProcess(options);
      running = process;
      const started = await process.ready;
      if (!started.ok) return started;
      const { apiUrl, token, consoleCertificate } = started.value;
      trustConsoles(consoleCertificate);
      for (const { instanceId, host, port, user, password } of started.value.connections) {
        sshSettings.provide(demoId, instanceId, {
          host,
          port,
          user,
          auth: { method: 'password' },
          // It is on this computer: a jump host that ~/.ssh/config has for all hosts does not lead there.
          jump: { kind: 'none' },
        });
        const owner = { accountId: demoId, instanceId, host, port, user, isJumpHost: false };
        await memory.write(sshSecretName(owner, 'password'), password);
      }
      return ok({ apiUrl, token });
    },
    stop,
  };
}

/** How the demo's local Evorxa is: `restarted` by itself after it had ended, or `ended` for good. */
export type DemoState = 'as-opened' | 'restarted' | 'ended';

/** What starts the demo again once it has ended by itself. */
export interface DemoRestartOptions {
  /** False where it has ended too often lately. */
  readonly mayRestart: () => boolean;
  readonly restart: () => Promise<Result<unknown>>;
  readonly onState: (state: DemoState) => void;
  readonly report: (cause: unknown) => void;
}

/** Starts the demo again, or says that it has ended. */
export async function restartDemo(options: DemoRestartOptions): Promise<void> {
  const { mayRestart, restart, onState, report } = options;
  try {
    onState(mayRestart() && (await restart()).ok ? 'restarted' : 'ended');
  } catch (cause) {
    report(cause);
    onState('ended');
  }
}
