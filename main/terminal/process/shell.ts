import type { Client, ClientChannel, ExecOptions, ShellOptions, TerminalModes } from 'ssh2';
import type { Clock } from '../../clock/index.ts';
import type { ShellSurroundings } from './connection-parts.ts';
import type { ConnectionUse, ProgramExit, UseHooks } from './connection-use.ts';
import { Keepalive, type KeepaliveLimits } from './keepalive.ts';
import { askSignOfLife } from './sign-of-life.ts';
import { holdLittle } from './ssh2-inside.ts';
import { TypedAhead } from './typed-ahead.ts';
import { DirectoryEntrance, type DirectoryEntry, type WorkingDirectory } from './working-directory.ts';

/** A program of the server's own that runs in place of our command may never say that it is there. */
const longestHoldMs = 3_000;

/**
 * IUTF8 (RFC 8160) on, then the end of the modes: ssh2 has no name for it. Without it the server's terminal takes a byte for a
 * character, and backspace leaves half of an umlaut wherever no line editor reads: in `cat`, `read`, a password's question.
 */
const terminalModes = Buffer.from([42, 0, 0, 0, 1, 0]);

/** Views draw 24-bit colours. A server may take the variable or not; the sshd of Debian 13 does, that of Debian 12 does not. */
const ownEnvironment = { COLORTERM: 'truecolor' };

/** What a shell needs of its view, and tells it. */
export interface ShellView {
  readonly windowSize: () => { readonly columns: number; readonly rows: number };
  /** Only good until it returns: the buffer is used again. */
  readonly output: (chunk: Buffer) => void;
  /** Where the shell is to begin; null: where it begins by itself. */
  readonly directory: () => WorkingDirectory | null;
  /** Whether it began there. Told before the output that follows. */
  readonly entered: (entry: DirectoryEntry) => void;
}

/** The shell of a connection that is signed in, from the moment it is asked for. */
export class Shell implements ConnectionUse {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #limits: KeepaliveLimits;
  readonly #surroundings: ShellSurroundings;
  readonly #hooks: UseHooks & ShellView;
  readonly #typedAhead = new TypedAhead();
  #channel: ClientChannel | null = null;
  #keepalive: Keepalive | null = null;
  #exit: ProgramExit | null = null;
  /** Until the shell says whether it is where it is to begin. */
  #entrance: DirectoryEntrance | null = null;
  /** What is typed waits for that, so that it does not go to a program that the server runs instead; not for long. */
  #cancelHold: (() => void) | null = null;

  constructor(
    client: Client,
    clock: Clock,
    limits: KeepaliveLimits,
    surroundings: ShellSurroundings,
    hooks: UseHooks & ShellView,
  ) {
    this.#surroundings = surroundings;
    this.#client = client;
    this.#clock = clock;
    this.#limits = limits;
    this.#hooks = hooks;
  }

  /** How its program ended; null while it runs, or where nobody said. */
  get exit(): ProgramExit | null {
    return this.#exit;
  }

  get isSilent(): boolean {
    return this.#keepalive?.isSilent === true;
  }

  open(agentForward = this.#surroundings.agentSocket !== null, directory = this.#hooks.directory()): void {
    const { columns, rows } = this.#hooks.windowSize();
    // No size in pixels, as with each later size: left out, ssh2 says 640 by 480, and pictures come out at a wrong size.
    const terminal = {
      ...{ term: 'xterm-256color', cols: columns, rows, width: 0, height: 0 },
      modes: terminalModes as TerminalModes,
    };
    // ssh2 asks for no answer to variables: one that is refused is not there, as with ssh(1).
    const env = { ...ownEnvironment, ...this.#surroundings.env };
    const options = { env, ...(agentForward && { agentForward }) };
    const entrance = directory === null ? null : new DirectoryEntrance(directory);
    const answered = (error: Error | undefined, channel: ClientChannel): void => {
      if (this.#hooks.isOver()) return;
      if (error && agentForward && /agent forwarding/i.test(error.message)) {
        this.#surroundings.agentRefused();
        this.open(false, directory);
        return;
      }
      if (error && entrance !== null) {
        this.#openWhereItBegins(agentForward);
        return;
      }
      if (error) {
        this.#hooks.refused(error.message);
        return;
      }
      this.#entrance = entrance;
      this.#opened(channel, agentForward);
      // The view may have grown while the shell was on its way.
      const now = this.#hooks.windowSize();
      if (now.columns !== columns || now.rows !== rows) this.resize(now.columns, now.rows);
    };
    if (entrance === null) this.#client.shell(terminal, options as ShellOptions, answered);
    else this.#client.exec(entrance.command, { ...(options as ExecOptions), pty: terminal }, answered);
  }

  /** Sends what was typed, once it is open. */
  write(data: Buffer): void {
    if (this.#channel === null || this.#cancelHold !== null) this.#typedAhead.add(data);
    else this.#channel.write(data);
  }

  resize(columns: number, rows: number): void {
    this.#channel?.setWindow(rows, columns, 0, 0);
  }

  /** Stops reading its output: once its window is used up, the server stops sending. */
  pause(): void {
    this.#channel?.pause();
  }

  resume(): void {
    this.#channel?.resume();
  }

  /** Asks for a sign of life now. */
  probe(): void {
    this.#keepalive?.probe();
  }

  /** Something came in, which is a sign of life. */
  heard(): void {
    this.#keepalive?.sign();
  }

  /** The connection has ended. */
  stop(): void {
    this.#cancelHold?.();
    this.#keepalive?.stop();
  }

  /** The server runs no command of ours, or another one in its place: its own shell, as without a directory. */
  #openWhereItBegins(agentForward: boolean): void {
    this.#entrance = null;
    this.#cancelHold?.();
    this.#cancelHold = null;
    this.#channel = null;
    this.#exit = null;
    this.#hooks.entered('not-run');
    try {
      this.open(agentForward, null);
    } catch {
      this.#hooks.closed();
    }
  }

  #releaseTyped(): void {
    this.#cancelHold?.();
    this.#cancelHold = null;
    const typed = this.#typedAhead.take();
    if (typed.byteLength > 0) this.#channel?.write(typed);
  }

  #opened(channel: ClientChannel, agentForward: boolean): void {
    this.#channel = channel;
    if (this.#keepalive === null) this.#hooks.opened();
    channel.on('exit', (status: number | null, signal?: string) => {
      this.#exit = { status, signal: signal ?? null };
    });
    channel.on('close', () => {
      if (this.#entrance === null || this.#hooks.isOver()) this.#hooks.closed();
      else this.#openWhereItBegins(agentForward);
    });
    channel.stderr.resume();
    holdLittle(channel);
    this.#keepalive ??= new Keepalive(this.#clock, this.#limits, {
      ask: (answered) => askSignOfLife(this.#client, answered, this.#hooks.closed),
      onLatency: this.#hooks.latency,
      onDead: this.#hooks.dead,
      onDoubt: this.#hooks.doubt,
    });
    if (this.#entrance === null) this.#releaseTyped();
    else this.#cancelHold = this.#clock.setTimeout(() => this.#releaseTyped(), longestHoldMs);
    channel.on('data', (chunk: Buffer) => {
      if (this.#hooks.isOver()) return;
      const entry = this.#entrance?.read(chunk) ?? null;
      if (entry !== null) {
        this.#entrance = null;
        this.#hooks.entered(entry);
        this.#releaseTyped();
      }
      this.#hooks.output(chunk);
    });
  }
}
