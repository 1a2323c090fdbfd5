import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';

/** Something on a port of 127.0.0.1 that an SSH client connects to. */
export interface RawServer {
  readonly port: number;
  readonly connectionCount: () => number;
  readonly close: () => Promise<void>;
}

/** A server that speaks no SSH: what it does with a connection is up to the test. */
export async function startRawServer(treat: (socket: Socket) => void): Promise<RawServer> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // The client hangs up in the middle of things, which is what is tested.
    socket.on('error', () => undefined);
    socket.resume();
    treat(socket);
  });
  const port = await listen(server);
  return {
    port,
    connectionCount: () => connections,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An SSH server that lets everybody in, and a shell that is a script of the test's. */
export interface ShellServer extends RawServer {
  /** All that the client sent into shells, keystrokes and answers of its terminal alike. */
  readonly received: () => string;
  /** Sends output to every open shell; resolves when the last of it was taken. */
  readonly send: (output: string | Buffer) => Promise<void>;
  /** Resolves when a shell is open. */
  readonly opened: Promise<void>;
}

/** Starts it with a host key of its own; the password is not looked at. */
export async function startShellServer(): Promise<ShellServer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const shells = new Set<ServerChannel>();
  const clients = new Set<Connection>();
  let received = '';
  let connections = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    connections += 1;
    clients.add(client);
    client.on('error', () => undefined);
    client.on('authentication', (attempt) => {
      if (attempt.method === 'password') attempt.accept();
      else attempt.reject(['password']);
    });
    client.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty());
      session.on('window-change', (acceptChange) => acceptChange());
      session.on('shell', (acceptShell) => {
        const shell = acceptShell();
        shells.add(shell);
        shell.on('data', (data: Buffer) => (received += data.toString('latin1')));
        shell.on('close', () => shells.delete(shell));
        open();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  return {
    port,
    connectionCount: () => connections,
    received: () => received,
    opened,
    send: async (output) => {
      await Promise.all(
        [...shells].map((shell) => new Promise<void>((resolve) => shell.write(output, () => resolve()))),
      );
    },
    close: async () => {
      for (const client of clients) client.end();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
