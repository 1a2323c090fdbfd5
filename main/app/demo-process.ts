import { utilityProcess } from 'electron';
import * as z from 'zod/mini';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** One server of the demo account, as a person would have saved its connection. */
export interface DemoConnection {
  readonly instanceId: InstanceId;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** The local Evorxa of the demo account. */
export interface Demo {
  readonly apiUrl: string;
  readonly token: string;
  readonly connections: readonly DemoConnection[];
  /** The certificate of its servers' consoles, in PEM. */
  readonly consoleCertificate: string;
}

const readyMessage = z.object({
  type: z.literal('ready'),
  apiUrl: z.string(),
  token: z.string(),
  consoleCertificate: z.string(),
  connections: z.array(
    z.object({
      instanceId: z.string(),
      host: z.string(),
      port: z.int(),
      user: z.string(),
      password: z.string(),
    }),
  ),
});

const startTimeoutMs = 20_000;

/**
 * Starts the local Evorxa in a process of its own, which ends with the app. `onExit` is told when it ends before.
 */
export function startDemoProcess(modulePath: string, onExit: (code: number) => void): Promise<Result<Demo>> {
  const process = utilityProcess.fork(modulePath, [], { serviceName: 'Evorxa demo', stdio: 'ignore' });
  return new Promise((resolve) => {
    const giveUp = (message: string): void => {
      process.kill();
      resolve(fail({ kind: 'refused', message }));
    };
    const timer = setTimeout(
      () => giveUp('The demo account did not start in time. Try again.'),
      startTimeoutMs,
    );
    process.once('exit', (code) => {
      clearTimeout(timer);
      giveUp('The demo account could not be started. Try again.');
      onExit(code);
    });
    process.on('message', (message: unknown) => {
      const parsed = z.safeParse(readyMessage, message);
      if (!parsed.success) return;
      clearTimeout(timer);
      const { apiUrl, token, connections, consoleCertificate } = parsed.data;
      resolve(
        ok({
          apiUrl,
          token,
          consoleCertificate,
          connections: connections.map((each) => ({ ...each, instanceId: each.instanceId as InstanceId })),
        }),
      );
    });
  });
}
