import { WebSocket } from 'ws';
import type { Clock } from '../clock/index.ts';
import {
  badCertificate,
  brokenProtocol,
  closedByServer,
  insecureAddress,
  lost,
  noAnswer,
  notAWebSocket,
  notTls,
  redirected,
  refusedWithStatus,
  tlsRefused,
  unreachable,
  type Ending,
} from './disconnect-reason.ts';

/** An encrypted connection to a console, as a stream of bytes. */
export interface SecureSocket {
  /** Resolves when the connection has taken the bytes; never rejects. */
  send(bytes: Uint8Array): Promise<void>;
  /** Stops to read, so that the server has to wait. */
  pause(): void;
  resume(): void;
  /** Ends it; nothing is told after it. */
  close(): void;
}

/** What a connection tells. */
export interface SocketEvents {
  readonly onOpen: () => void;
  readonly onData: (bytes: Uint8Array) => void;
  /** It is over, or was never made: once. */
  readonly onEnd: (end: SocketEnd) => void;
}

export interface SocketEnd {
  readonly ending: Ending;
  /** The server refused the access: an address that was asked for again may still open. */
  readonly isRefusedAccess: boolean;
}

export interface SocketOptions {
  readonly clock: Pick<Clock, 'setTimeout'>;
  /** The certificates to trust, in PEM. */
  readonly roots: string[];
}

/** Opens a connection. */
export type OpenSocket = (url: string, options: SocketOptions, events: SocketEvents) => SecureSocket;

/** A frame of a large screen, uncompressed, is smaller. */
const largestFrameBytes = 32 * 1024 * 1024;
const pingEveryMs = 15_000;
/** After this many pings without any answer the connection is dead. */
const missedPings = 2;

/** The name of RFB over WebSocket: QEMU and older websockify want it. */
const subprotocol = 'binary';
const refusedAccess = new Set([401, 403, 404, 410]);

/**
 * Opens the WebSocket of a console: `wss:` only, its certificate verified whatever the environment says
 * (`NODE_TLS_REJECT_UNAUTHORIZED` has no say), no redirect followed. An end is told in words, never with the address.
 */
export const openSecureSocket: OpenSocket = (url, options, events) =>
  URL.canParse(url) && new URL(url).protocol === 'wss:'
    ? openWebSocket(url, options, events)
    : unopened(events, insecureAddress());

/** A connection that is not made. It ends as others do: after the caller has it. */
function unopened({ onEnd }: SocketEvents, ending: Ending): SecureSocket {
  const nothing = (): void => undefined;
  let isOver = false;
  queueMicrotask(() => {
    if (!isOver) onEnd({ ending, isRefusedAccess: false });
  });
  return {
    send: () => Promise.resolve(),
    pause: nothing,
    resume: nothing,
    close: () => {
      isOver = true;
    },
  };
}

const openWebSocket: OpenSocket = (url, { clock, roots }, { onOpen, onData, onEnd }) => {
  let isOver = false;
  let wasOpen = false;
  const end = (ending: Ending, isRefusedAccess = false): void => {
    if (isOver) return;
    stop();
    onEnd({ ending, isRefusedAccess });
  };
  const socket = new WebSocket(url, [subprotocol], {
    ca: roots,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    followRedirects: false,
    maxPayload: largestFrameBytes,
    perMessageDeflate: false,
  });
  let silentPings = 0;
  let cancelPing: () => void = () => undefined;
  const stop = (): void => {
    isOver = true;
    cancelPing();
    socket.terminate();
  };
  const ping = (): void => {
    if (silentPings >= missedPings) {
      end(noAnswer(pingEveryMs * missedPings));
      return;
    }
    // Of what is not read, an answer is not heard either.
    if (!socket.isPaused) silentPings += 1;
    socket.ping();
    cancelPing = clock.setTimeout(ping, pingEveryMs);
  };
  const heard = (): void => void (silentPings = 0);

  // A server, or a proxy before it, may leave out the subprotocol (RFC 6455, 4.1); ws takes that for a failure.
  socket.on('upgrade', ({ headers }) => {
    headers['sec-websocket-protocol'] ??= subprotocol;
  });
  socket.on('open', () => {
    wasOpen = true;
    cancelPing = clock.setTimeout(ping, pingEveryMs);
    onOpen();
  });
  socket.on('pong', heard);
  socket.on('message', (data, isBinary) => {
    heard();
    if (isOver) return;
    // A socket gives each message as one buffer unless it is told otherwise.
    if (isBinary && Buffer.isBuffer(data)) onData(data);
    else end(brokenProtocol());
  });
  socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
    if (statusCode >= 300 && statusCode < 400) end(redirected());
    else end(refusedWithStatus(statusCode), refusedAccess.has(statusCode));
  });
  socket.on('error', (error) => end(endingOf(error, wasOpen)));
  socket.on('close', (_code, reason) => end(closedByServer(reason.toString('utf8'))));

  return {
    send: (bytes) =>
      new Promise((resolve) => {
        if (isOver) resolve();
        else socket.send(bytes, () => resolve());
      }),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: stop,
  };
};

/** Of a failed connection no more is told than its kind: its message names the host. */
function endingOf(error: Error, wasOpen: boolean): Ending {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('WS_ERR_')) return brokenProtocol();
  if (wasOpen) return lost();
  const tls = tlsFailure(code, error.message);
  if (tls !== null) return tls;
  // Node's parser of HTTP, and what ws says of an answer that upgrades to something else; it has no codes for these.
  if (code.startsWith('HPE_') || /^(Invalid|Server sent)\b/.test(error.message)) return notAWebSocket();
  return unreachable();
}

/**
 * A failed TLS handshake; null for another failure. OpenSSL and Electron's BoringSSL give the reason in the message, and a
 * code only to some.
 */
function tlsFailure(code: string, message: string): Ending | null {
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) {
    // Bytes that are no TLS record at all.
    const isNoTls = /wrong.version.number|packet.length|http.request/i.test(message);
    return isNoTls ? notTls() : tlsRefused();
  }
  const isCertificate = /CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS|HOSTNAME|INVALID_(CA|PURPOSE)/.test(code);
  return isCertificate ? badCertificate() : null;
}
