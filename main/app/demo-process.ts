import * as z from 'zod/mini';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { WallClock } from '../clock/index.ts';

/** One instance of the demo account, as the user would have saved its connection. */
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
  /** The certificate of its instances' consoles, in PEM. */
  readonly consoleCertificate: string;
}

/** The part of Electron's `UtilityProcess` that is used here. */
export interface DemoChild {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface DemoProcessOptions {
  readonly fork: () => DemoChild;
  readonly clock: WallClock;
  /** It was up, and ended without being told to. */
  readonly onEnded: () => void;
  readonly report: (cause: unknown) => void;
}

/** A demo's process that was started. */
export interface DemoProcess {
  readonly ready: Promise<Result<Demo>>;
  stop(): void;
}

const message = z.discriminatedUnion('type', [
  z.object({
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
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

const startTimeoutMs = 20_000;

const failed = fail({
  kind: 'refused',
  message: 'The demo account could not be started. Try again.',
} as const);
const late = fail({
  kind: 'refused',
  message: 'The demo account did not start in time. Try again.',
} as const);

/** Starts the local Evorxa in a process of its own, which ends with the app. */
export function startDemoProcess({ fork, clock, onEnded, report }: DemoProcessOptions): DemoProcess {
  const child = fork();
  let state: 'starting' | 'up' | 'over' = 'starting';
  let settle: (result: Result<Demo>) => void = () => undefined;
  const ready = new Promise<Result<Demo>>((resolve) => (settle = resolve));

  const giveUp = (why: Result<never>): void => {
    cancelTimer();
    state = 'over';
    child.kill();
    settle(why);
  };
  const cancelTimer = clock.setTimeout(() => giveUp(late), startTimeoutMs);

  child.once('exit', (code) => {
    const before = state;
    if (before === 'over') return;
    report(new Error(`The demo's process ended with code ${code}.`));
    giveUp(failed);
    if (before === 'up') onEnded();
  });
  child.on('message', (received) => {
    const parsed = z.safeParse(message, received);
    if (!parsed.success || state !== 'starting') return;
    if (parsed.data.type === 'failed') {
      report(new Error(`The demo could not be started: ${parsed.data.message}`));
      giveUp(failed);
      return;
    }
    cancelTimer();
    state = 'up';
    const { apiUrl, token, connections, consoleCertificate } = parsed.data;
    settle(
      ok({
        apiUrl,
        token,
        consoleCertificate,
        connections: connections.map((each) => ({ ...each, instanceId: each.instanceId as InstanceId })),
      }),
    );
  });
  return { ready, stop: () => giveUp(failed) };
}
