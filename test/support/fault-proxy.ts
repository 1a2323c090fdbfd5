import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { assertNever } from '../../preload/contract/result.ts';
import type { ServerCredentials } from './certificates.ts';

/** What the proxy does to the connections that come from now on. */
type ProxyFault =
  | { readonly kind: 'pass' }
  /** Nobody listens on the port. */
  | { readonly kind: 'refuse' }
  /** The origin acts and answers; the connection ends after that many bytes of the answer, 0 for none. */
  | { readonly kind: 'drop'; readonly afterBytes: number }
  /** The answer begins that much later. */
  | { readonly kind: 'latency'; readonly delayMs: number }
  /** The answer trickles; 1 is the slow-loris. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The proxy itself answers each request with a redirect to there. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 307 | 308 };

/** What a proxy is made with. */
export interface FaultProxyOptions {
  /** A server that speaks plain HTTP. */
  readonly origin: string;
  /** Speak TLS to the client, with this certificate. */
  readonly tls?: ServerCredentials;
}

/** A network that fails at command, between a client and a real server. */
export interface FaultProxy {
  /** To be used in the origin's place; stays the same through all faults. */
  readonly url: string;
  /** Ends the open connections and treats the next ones so. */
  readonly setFault: (fault: ProxyFault) => Promise<void>;
  /** How many connections were made since the start. */
  readonly connectionCount: () => number;
  readonly close: () => Promise<void>;
}

const host = '127.0.0.1';

/** Starts a proxy on a free port of 127.0.0.1 that passes everything until told otherwise. */
export async function startFaultProxy({ origin, tls }: FaultProxyOptions): Promise<FaultProxy> {
  const target = new URL(origin);
  if (target.protocol !== 'http:')
    throw new Error(`The origin must speak plain HTTP, not ${target.protocol}`);
  let fault: ProxyFault = { kind: 'pass' };
  let connections = 0;
  const open = new Set<Socket>();
  const accept = (client: Socket): void => {
    connections += 1;
    treat(client, target, fault);
  };
  const server =
    tls === undefined ? createServer(accept) : createTlsServer({ key: tls.key, cert: tls.cert }, accept);
  // The bare connection, also below TLS, so that a handshake under way is ended as well.
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const port = await listen(server, 0);
  const endConnections = (): void => {
    for (const socket of open) socket.destroy();
  };

  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    connectionCount: () => connections,
    setFault: async (next) => {
      fault = next;
      endConnections();
      if (next.kind === 'refuse') await stopListening(server);
      else if (!server.listening) await listen(server, port);
    },
    close: async () => {
      endConnections();
      await stopListening(server);
    },
  };
}

type Answer = AsyncIterable<Buffer>;

function treat(client: Socket, target: URL, fault: ProxyFault): void {
  switch (fault.kind) {
    case 'redirect':
      redirector(fault.location, fault.status ?? 302).emit('connection', client);
      break;
    case 'refuse':
      client.destroy();
      break;
    default:
      forward(client, target, (answer) => shaped(answer, fault));
  }
}

function shaped(answer: Answer, fault: Exclude<ProxyFault, { kind: 'redirect' | 'refuse' }>): Answer {
  switch (fault.kind) {
    case 'pass':
      return answer;
    case 'drop':
      return firstBytes(answer, fault.afterBytes);
    case 'latency':
      return later(answer, fault.delayMs);
    case 'slow':
      return slowly(answer, fault.bytesPerSecond);
    default:
      return assertNever(fault);
  }
}

/** Joins the client with the origin; what the origin answers goes through `shape`. Both end together. */
function forward(client: Socket, target: URL, shape: (answer: Answer) => Answer): void {
  const upstream = connect(Number(target.port), target.hostname);
  const end = (): void => {
    client.destroy();
    upstream.destroy();
  };
  // Either side may go at any moment, which is what the proxy is for: that is an end, not an error.
  pipeline(client, upstream).catch(end);
  pipeline(upstream, (answer: Answer) => shape(answer), client).then(end, end);
}

async function* firstBytes(answer: Answer, count: number): Answer {
  let left = count;
  for await (const chunk of answer) {
    if (chunk.length >= left) {
      yield chunk.subarray(0, left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

async function* later(answer: Answer, delayMs: number): Answer {
  let delayed = false;
  for await (const chunk of answer) {
    if (!delayed) await delay(delayMs);
    delayed = true;
    yield chunk;
  }
}

async function* slowly(answer: Answer, bytesPerSecond: number): Answer {
  for await (const chunk of answer) {
    for (const byte of chunk) {
      await delay(1000 / bytesPerSecond);
      yield Buffer.of(byte);
    }
  }
}

function redirector(location: string, status: number): HttpServer {
  return createHttpServer((request, response) => {
    request.resume();
    response.writeHead(status, { location, 'content-length': 0 }).end();
  });
}

/** A request that arrived where none should, or not with everything. */
interface TrappedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Another host, to which a redirect leads. */
export interface HeaderTrap {
  /** By the name `localhost`: another host and another origin than the proxy's 127.0.0.1. */
  readonly url: string;
  readonly requests: () => readonly TrappedRequest[];
  readonly close: () => Promise<void>;
}

/** Starts a server that answers everything with `{}` and keeps the headers that came. */
export async function startHeaderTrap(): Promise<HeaderTrap> {
  const requests: TrappedRequest[] = [];
  const server = createHttpServer((request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const port = await listen(server, 0);
  return {
    url: `http://localhost:${port}`,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections();
      await stopListening(server);
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  await closed;
}
