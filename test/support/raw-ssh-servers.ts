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
  /** All that the client sent: its answers to `questions`, and into shells keystrokes and what its terminal answered. */
  readonly received: () => string;
  /** Sends output to every open shell; resolves when the last of it was taken. */
  readonly send: (output: string | Buffer) => Promise<void>;
  /** Breaks every connection off without a word. */
  readonly cut: () => void;
  /** Resolves when a shell is open. */
  readonly opened: Promise<void>;
}

/** What a shell server says and asks before it lets somebody in. */
export interface ShellServerOptions {
  /** No shell opens before it resolves. */
  readonly shellHeld?: Promise<void>;
  readonly banner?: string;
  /** Asked by keyboard-interactive in place of a password. */
  readonly questions?: {
    readonly title: string;
    readonly instructions: string;
    readonly prompts: readonly { readonly prompt: string; readonly echo: boolean }[];
  };
}

/** Starts it with a host key of its own; neither a password nor an answer is looked at. */
export async function startShellServer(options: ShellServerOptions = {}): Promise<ShellServer> {
  const { banner, questions } = options;
  const wanted = questions === undefined ? 'password' : 'keyboard-interactive';
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const shells = new Set<ServerChannel>();
  const clients = new Set<Connection>();
  const sockets = new Set<Socket>();
  let received = '';
  let connections = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const server = new ssh2.Server({ hostKeys: [privateKey], ...(banner && { banner }) }, (client) => {
    connections += 1;
    clients.add(client);
    client.on('error', () => undefined);
    client.on('authentication', (attempt) => {
      if (attempt.method !== wanted) attempt.reject([wanted]);
      else if (attempt.method === 'keyboard-interactive' && questions !== undefined)
        attempt.prompt([...questions.prompts], questions.title, questions.instructions, (answers) => {
          received += answers.join('|');
          attempt.accept();
        });
      else attempt.accept();
    });
    client.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty());
      // No client wants an answer to a new size, so that there may be none to give.
      session.on('window-change', (acceptChange: (() => void) | undefined) => acceptChange?.());
      session.on('shell', (acceptShell) => {
        void Promise.resolve(options.shellHeld).then(() => {
          const shell = acceptShell();
          shells.add(shell);
          shell.on('data', (data: Buffer) => (received += data.toString('latin1')));
          shell.on('close', () => shells.delete(shell));
          open();
        });
      });
    });
  });
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    server.injectSocket(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as { readonly port: number };
  return {
    port,
    connectionCount: () => connections,
    received: () => received,
    opened,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    send: async (output) => {
      await Promise.all(
        [...shells].map((shell) => new Promise<void>((resolve) => shell.write(output, () => resolve()))),
      );
    },
    close: async () => {
      for (const client of clients) client.end();
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
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
