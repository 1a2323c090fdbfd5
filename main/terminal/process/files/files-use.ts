import type { Client, ClientChannel } from 'ssh2';
import type { Clock } from '../../../clock/index.ts';
import type { ConnectionUse, ProgramExit, UseHooks } from '../connection-use.ts';
import { Keepalive, type KeepaliveLimits } from '../keepalive.ts';
import { askSignOfLife } from '../sign-of-life.ts';
import { SftpClient } from './sftp-client.ts';

/** The two clients of one connection. */
export interface FileClients {
  readonly browsing: SftpClient;
  /** Beside the other, so that a folder opens while gigabytes are sent; the same where a server gives only one. */
  readonly transfers: SftpClient;
}

/** A connection that is made for files: SFTP on channels of it. */
export class FilesUse implements ConnectionUse {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #limits: KeepaliveLimits;
  readonly #hooks: UseHooks;
  readonly #opened: (clients: FileClients) => void;
  #keepalive: Keepalive | null = null;
  #clients: FileClients | null = null;
  #exit: ProgramExit | null = null;

  constructor(
    client: Client,
    clock: Clock,
    limits: KeepaliveLimits,
    hooks: UseHooks & { readonly clients: (clients: FileClients) => void },
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#limits = limits;
    this.#hooks = hooks;
    this.#opened = hooks.clients;
  }

  /** How the server's SFTP ended; null while it runs, or where nobody said. */
  get exit(): ProgramExit | null {
    return this.#exit;
  }

  get isSilent(): boolean {
    return this.#keepalive?.isSilent === true;
  }

  open(): void {
    void this.#open();
  }

  heard(): void {
    this.#keepalive?.sign();
  }

  probe(): void {
    this.#keepalive?.probe();
  }

  stop(): void {
    this.#keepalive?.stop();
    this.#clients?.browsing.lost();
    this.#clients?.transfers.lost();
  }

  async #open(): Promise<void> {
    const browsing = await this.#channel();
    if (this.#hooks.isOver()) return;
    if (typeof browsing === 'string') {
      this.#hooks.refused(browsing);
      return;
    }
    browsing.channel.on('close', this.#hooks.closed);
    browsing.channel.on('exit', (status: number | null, signal?: string) => {
      this.#exit = { status, signal: signal ?? null };
    });
    const transfers = await this.#channel();
    if (this.#hooks.isOver()) return;
    this.#clients = {
      browsing: browsing.sftp,
      transfers: typeof transfers === 'string' ? browsing.sftp : transfers.sftp,
    };
    this.#hooks.opened();
    this.#keepalive = new Keepalive(this.#clock, this.#limits, {
      ask: (answered) => askSignOfLife(this.#client, answered, this.#hooks.closed),
      onLatency: this.#hooks.latency,
      onDead: this.#hooks.dead,
      onDoubt: this.#hooks.doubt,
    });
    this.#opened(this.#clients);
  }

  /** A channel with SFTP on it, or why there is none. */
  #channel(): Promise<{ readonly channel: ClientChannel; readonly sftp: SftpClient } | string> {
    return new Promise((resolve) => {
      this.#client.subsys('sftp', (error, channel) => {
        if (error !== undefined) {
          resolve(error.message);
          return;
        }
        channel.stderr.resume();
        channel.on('error', () => undefined);
        const sftp = new SftpClient(channel);
        void sftp.start().then((agreed) => {
          resolve(agreed.ok ? { channel, sftp } : 'it ended at once');
        });
      });
    });
  }
}
