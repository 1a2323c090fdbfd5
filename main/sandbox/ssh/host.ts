import type { AddressInfo } from 'node:net';
import ssh2, { type ClientInfo, type Connection, type Server } from 'ssh2';
import type { InstanceRecord } from '../state/instances.ts';
import type { World } from '../state/world.ts';
import { authenticate } from './authenticate.ts';
import { newKeyPair } from '../../terminal/process/auth/key-pair.ts';
import type { Origin } from './command.ts';
import { createMachine, type Machine } from './machine.ts';
import { serveFiles } from './sftp-session.ts';
import { runExec, ShellSession } from './shell-session.ts';

/** The typings leave out that ssh2's server side can turn Nagle off too, without which each echo waits 40 ms. */
interface ServedConnection extends Connection {
  setNoDelay(on: boolean): void;
}

const address = '127.0.0.1';
/** After this many refusals the connection ends, as with OpenSSH's MaxAuthTries. */
const maxAuthTries = 6;

/**
 * The SSH of one server, on a port of its own that stays the same. It answers while the server runs; a stop
 * ends its connections and closes the port.
 */
export class SshHost {
  readonly instanceId: string;
  readonly #world: World;
  #port = 0;
  #server: Server | null = null;
  readonly #connections = new Set<Connection>();
  #hostKey = newKeyPair().private;
  #hostKeyGeneration = 0;
  /** Changes come faster than ports open and close: they are done one after the other. */
  #work: Promise<void> = Promise.resolve();

  private constructor(instanceId: string, world: World) {
    this.instanceId = instanceId;
    this.#world = world;
  }

  /** Finds a port for a server, and opens it if the server runs. */
  static async start(record: InstanceRecord, world: World): Promise<SshHost> {
    const host = new SshHost(record.id, world);
    await host.#open();
    if (!isUp(record)) await host.#shut();
    return host;
  }

  get port(): number {
    return this.#port;
  }

  /** Follows a change of its server; undefined when that was removed. Resolves when the port has followed. */
  follow(record: InstanceRecord | undefined): Promise<void> {
    this.#work = this.#work.then(async () => {
      const isRebuilt = record !== undefined && record.hostKeyGeneration !== this.#hostKeyGeneration;
      if (!record || !isUp(record) || isRebuilt) await this.#shut();
      if (isRebuilt) {
        this.#hostKey = newKeyPair().private;
        this.#hostKeyGeneration = record.hostKeyGeneration;
      }
      if (record && isUp(record) && !this.#server) await this.#open();
    });
    return this.#work;
  }

  #open(): Promise<void> {
    const server = new ssh2.Server({ hostKeys: [this.#hostKey], ident: 'OpenSSH_9.6' }, (connection, info) =>
      this.#connected(connection as ServedConnection, info),
    );
    return new Promise((resolve) => {
      // The port can be taken while the server was down; then it stays unreachable, as a machine behind a
      // broken network would.
      server.on('error', () => resolve());
      server.listen(this.#port, address, () => {
        this.#port = (server.address() as AddressInfo).port;
        this.#server = server;
        resolve();
      });
    });
  }

  #shut(): Promise<void> {
    const server = this.#server;
    if (!server) return Promise.resolve();
    this.#server = null;
    return new Promise((resolve) => {
      server.close(() => resolve());
      for (const connection of this.#connections) connection.end();
    });
  }

  #connected(connection: ServedConnection, { ip, port }: ClientInfo): void {
    const origin: Origin = { from: ip, sshConnection: `${ip} ${port} ${address} ${this.#port}` };
    this.#connections.add(connection);
    connection.setNoDelay(true);
    let refusals = 0;
    // A client that vanishes is no error of the server.
    connection.on('error', () => connection.end());
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('authentication', (context) => {
      authenticate(context, this.#world, this.instanceId);
      refusals += context.method === 'none' ? 0 : 1;
      if (refusals > maxAuthTries) connection.end();
    });
    connection.on('ready', () => {
      // The channels of a connection see the same files.
      let served: Machine | null = null;
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        let hasTerminal = false;
        session.on('pty', (accept) => {
          hasTerminal = true;
          grant(accept);
        });
        session.on('window-change', grant);
        session.on('env', grant);
        session.on('shell', (accept) => {
          const machine = createMachine(this.#world, this.instanceId);
          if (machine) new ShellSession(accept(), machine, origin);
        });
        session.on('sftp', (accept, reject) => {
          served ??= createMachine(this.#world, this.instanceId);
          if (served) serveFiles(accept(), served.files, served.bootedAtMs);
          else reject();
        });
        session.on('exec', (accept, reject, { command }) => {
          const machine = createMachine(this.#world, this.instanceId);
          if (machine) void runExec(accept(), command, machine, { origin, isTerminal: hasTerminal });
          else reject();
        });
      });
    });
  }
}

/** A client that wants no reply gives none to accept, whatever the types of ssh2 say. */
function grant(accept: (() => unknown) | undefined): void {
  accept?.();
}

function isUp(record: InstanceRecord): boolean {
  return record.bootedAtMs !== null && (record.status === 'running' || record.ignoresShutdown);
}
