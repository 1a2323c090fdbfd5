import type { Client, ClientChannel, ShellOptions } from 'ssh2';
import type { Clock } from '../../clock/index.ts';
import type { ShellSurroundings } from './connection-parts.ts';
import type { ConnectionUse, ProgramExit, UseHooks } from './connection-use.ts';
import { Keepalive, type KeepaliveLimits } from './keepalive.ts';
import { askSignOfLife } from './sign-of-life.ts';
import { TypedAhead } from './typed-ahead.ts';

/** What a shell needs of its view, and tells it. */
export interface ShellView {
  readonly windowSize: () => { readonly columns: number; readonly rows: number };
  /** Only good until it returns: the buffer is used again. */
  readonly output: (chunk: Buffer) => void;
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

  open(agentForward = this.#surroundings.agentSocket !== null): void {
    const { columns, rows } = this.#hooks.windowSize();
    const terminal = { term: 'xterm-256color', cols: columns, rows };
    // ssh2 asks for no answer to variables: one that is refused is not there, as with ssh(1).
    const options = { env: this.#surroundings.env, ...(agentForward && { agentForward }) };
    this.#client.shell(terminal, options as ShellOptions, (error, channel) => {
      if (this.#hooks.isOver()) return;
      if (error && agentForward && /agent forwarding/i.test(error.message)) {
        this.#surroundings.agentRefused();
        this.open(false);
        return;
      }
      if (error) {
        this.#hooks.refused(error.message);
        return;
      }
      this.#opened(channel);
      // The view may have grown while the shell was on its way.
      const now = this.#hooks.windowSize();
      if (now.columns !== columns || now.rows !== rows) this.resize(now.columns, now.rows);
    });
  }

  /** Sends what was typed, once it is open. */
  write(data: Buffer): void {
    if (this.#channel === null) this.#typedAhead.add(data);
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
    this.#keepalive?.stop();
  }

  #opened(channel: ClientChannel): void {
    this.#channel = channel;
    this.#hooks.opened();
    channel.on('exit', (status: number | null, signal?: string) => {
      this.#exit = { status, signal: signal ?? null };
    });
    channel.on('close', this.#hooks.closed);
    channel.stderr.resume();
    this.#keepalive = new Keepalive(this.#clock, this.#limits, {
      ask: (answered) => askSignOfLife(this.#client, answered, this.#hooks.closed),
      onLatency: this.#hooks.latency,
      onDead: this.#hooks.dead,
    });
    const typed = this.#typedAhead.take();
    if (typed.byteLength > 0) channel.write(typed);
    channel.on('data', (chunk: Buffer) => {
      if (!this.#hooks.isOver()) this.#hooks.output(chunk);
    });
  }
}
