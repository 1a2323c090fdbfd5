import type { SshConnectionEnds } from '../../ssh/index.ts';
import type { SessionTarget } from '../protocol.ts';
import type { Ending } from './disconnect-reason.ts';
import { RoutedConnection, type RoutedListener, type RoutedParts } from './routed-connection.ts';
import type { ScriptRun } from './run-script.ts';
import { Shell, type ShellView } from './shell.ts';

/** What a way with a shell at its end tells its session. */
export interface ShellListener extends Omit<RoutedListener, 'use'>, ShellView {}

/** The way to an instance, for a shell on it. */
export class ShellConnection {
  readonly #connection: RoutedConnection;
  /** From the moment that it is asked for. */
  #shell: Shell | null = null;
  #isOver = false;

  constructor(target: SessionTarget, parts: RoutedParts, listener: ShellListener) {
    const { windowSize, output, directory, entered } = listener;
    this.#connection = new RoutedConnection(target, parts, {
      ...listener,
      use: (client, hooks, surroundings) =>
        (this.#shell = new Shell(client, parts.clock, parts.limits.keepalive, surroundings, {
          ...hooks,
          windowSize,
          output,
          directory,
          entered,
        })),
      ended: (ending) => {
        this.#isOver = true;
        listener.ended(ending);
      },
    });
  }

  /** Begins; everything else comes by the listener. */
  start(): void {
    this.#connection.start();
  }

  /** Sends what was typed, also once the shell is open; nothing that was typed before the sign-in was over. */
  write(data: Buffer): void {
    if (!this.#isOver) this.#shell?.write(data);
  }

  resize(columns: number, rows: number): void {
    if (!this.#isOver) this.#shell?.resize(columns, rows);
  }

  /** Stops reading the shell's output: once its window is used up, the server stops sending. */
  pause(): void {
    this.#shell?.pause();
  }

  resume(): void {
    this.#shell?.resume();
  }

  /** Asks for a sign of life now. */
  probe(): void {
    this.#connection.probe();
  }

  /** Both ends, as the server sees them; null where it is not open, or the server does not say. */
  ends(): Promise<SshConnectionEnds | null> {
    return this.#connection.ends();
  }

  /** Has the instance run a script beside the shell; null where the connection is not open. */
  runScript(script: string): Promise<ScriptRun | null> {
    return this.#connection.runScript(script);
  }

  /** Ends the connection, if it has not ended yet. */
  end(ending: Ending): void {
    this.#connection.end(ending);
  }
}
