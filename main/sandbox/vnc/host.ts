import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { InstanceRecord } from '../state/instances.ts';
import { isBooting } from '../state/lifecycle.ts';
import type { World } from '../state/world.ts';
import { makeCertificate } from './certificate.ts';
import { MachineConsole } from './machine-console.ts';
import { RfbSession } from './rfb-session.ts';

/** The consoles of all servers, on one port with a path for each. */
export class VncHost {
  readonly #world: World;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('binary') ? 'binary' : false),
    maxPayload: 1024 * 1024,
  });
  readonly #consoles = new Map<string, MachineConsole>();
  readonly #viewers = new Map<string, Set<WebSocket>>();
  readonly #unsubscribe: () => void;
  /** The certificate to trust, in PEM: made for this run, and for nothing but 127.0.0.1. */
  readonly certificate: string;

  private constructor(world: World) {
    this.#world = world;
    const { key, certificate } = makeCertificate(Date.now());
    this.certificate = certificate;
    this.#server = createServer({ key, cert: certificate }, (_request, response) => {
      response.writeHead(426, { connection: 'close' }).end();
    });
    this.#server.on('upgrade', (request, socket, head) => {
      const instanceId = this.#instanceFor(request.url ?? '');
      if (typeof instanceId === 'number') refuse(socket, instanceId);
      else
        this.#sockets.handleUpgrade(request, socket, head, (webSocket) =>
          this.#connected(webSocket, instanceId.id, instanceId.password),
        );
    });
    this.#unsubscribe = world.instances.onChange((id, record) => this.#changed(id, record));
  }

  /** Opens the port, and tells the API where it is. */
  static async start(world: World): Promise<VncHost> {
    const host = new VncHost(world);
    await new Promise<void>((resolve, reject) => {
      host.#server.once('error', reject);
      host.#server.listen(0, '127.0.0.1', resolve);
    });
    world.vncAccess.origin = `wss://127.0.0.1:${(host.#server.address() as AddressInfo).port}`;
    return host;
  }

  /** What stands on a server's screen, line by line; nothing while nobody has looked at it. */
  textOf(instanceId: string): readonly string[] {
    return this.#consoles.get(instanceId)?.screen.text() ?? [];
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    for (const console of this.#consoles.values()) console.end();
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Which console a request may open, or the status that it is refused with. */
  #instanceFor(path: string): { readonly id: string; readonly password: string } | 401 | 404 {
    const url = URL.canParse(path, 'wss://127.0.0.1') ? new URL(path, 'wss://127.0.0.1') : null;
    const id = /^\/vnc\/([^/]+)$/.exec(url?.pathname ?? '')?.[1];
    if (url === null || id === undefined || this.#world.instances.get(id) === undefined) return 404;
    const password = this.#world.vncAccess.passwordFor(id, url.searchParams.get('token') ?? '');
    return password === null ? 401 : { id, password };
  }

  #connected(socket: WebSocket, id: string, password: string): void {
    const record = this.#world.instances.get(id);
    const console = record === undefined ? null : this.#consoleOf(record);
    if (record === undefined || console === null) {
      socket.close();
      return;
    }
    const viewers = this.#viewers.get(id) ?? new Set();
    this.#viewers.set(id, viewers.add(socket));
    const session = new RfbSession({
      password,
      name: record.name,
      screen: console.screen,
      send: (bytes) => socket.send(bytes),
      close: () => socket.close(),
      onKey: (keysym, isDown) => console.key(keysym, isDown),
    });
    socket.on('message', (data) => {
      // A socket gives each message as one buffer unless it is told otherwise.
      if (Buffer.isBuffer(data)) session.take(data);
    });
    // A client that vanishes is no error of the server.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      session.end();
      viewers.delete(socket);
      console.releaseKeys();
    });
  }

  #consoleOf(record: InstanceRecord): MachineConsole | null {
    if (record.bootedAtMs === null && !isBooting(record.status)) return null;
    const known = this.#consoles.get(record.id);
    if (known !== undefined) return known;
    const made = new MachineConsole(this.#world, record);
    this.#consoles.set(record.id, made);
    return made;
  }

  #changed(id: string, record: InstanceRecord | undefined): void {
    const console = this.#consoles.get(id);
    if (console === undefined) return;
    if (record !== undefined && (record.bootedAtMs !== null || isBooting(record.status))) {
      console.follow(record);
      return;
    }
    // The hypervisor closes the console of a machine that is off.
    console.end();
    this.#consoles.delete(id);
    for (const socket of this.#viewers.get(id) ?? []) socket.close();
  }
}

function refuse(socket: Duplex, status: 401 | 404): void {
  const words = status === 401 ? 'Unauthorized' : 'Not Found';
  socket.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
