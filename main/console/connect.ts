import type { ApiError } from '../../preload/contract/errors.ts';
import type { ConsolePhase } from '../../preload/contract/console.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Clock } from '../clock/index.ts';
import { expired, notLetIn, refusedByApi, samePassword, timedOut, type Ending } from './disconnect-reason.ts';
import { RfbHandshake, type HandshakeRefusal } from './rfb-handshake.ts';
import type { OpenSocket, SecureSocket, SocketEnd } from './secure-socket.ts';

/** How to open a console, as the API gave it: all of it secret, and good for one connection. */
export interface ConsoleAccess {
  readonly url: string;
  readonly password: string | null;
}

export interface ConnectOptions {
  readonly clock: Pick<Clock, 'setTimeout'>;
  /** Asks the API again. */
  readonly ask: (signal: AbortSignal) => Promise<Result<ConsoleAccess, ApiError>>;
  readonly openSocket: OpenSocket;
  /** The certificates to trust, in PEM; asked for each connection. */
  readonly roots: () => string[];
  /** Masks a secret in the log; gives the function that ends it. */
  readonly mask: (secret: string) => () => void;
  readonly onPhase: (phase: ConsolePhase) => void;
  /** The server let us in: what comes next is the screen. */
  readonly onOpen: (socket: SecureSocket) => void;
  readonly onData: (bytes: Uint8Array) => void;
  /** It is over, or came to nothing: once. */
  readonly onEnd: (ending: Ending) => void;
}

/** From the opened connection until the server has let us in. */
const connectTimeoutMs = 15_000;

/**
 * Connects to a console: asks for its address and password, opens it, and proves the password. Access that the server refuses,
 * since tokens expire and rotate, is asked for again, once. Returns a function that ends it without a word.
 */
export function connectConsole(options: ConnectOptions): () => void {
  const { clock, onPhase, onEnd } = options;
  const abort = new AbortController();
  let drop: () => void = () => undefined;

  /** `refused`: the access that a server refused before; with its refusal, where it came in the handshake. */
  const attempt = async (
    refused: { access: ConsoleAccess; refusal: HandshakeRefusal | null } | null,
  ): Promise<void> => {
    onPhase({ phase: 'asking' });
    const asked = await options.ask(abort.signal);
    if (abort.signal.aborted) return;
    if (!asked.ok) {
      onEnd(refusedByApi(asked.error));
      return;
    }
    const access = asked.value;
    // A second try could not help, and servers count them: TigerVNC locks an address out after five.
    if (refused !== null && refused.refusal !== null && refused.access.password === access.password) {
      onEnd(samePassword(refused.refusal.words));
      return;
    }
    onPhase({ phase: 'connecting' });
    drop = openOnce(access, (end, refusal) => {
      if (end.isRefusedAccess && refused === null) void attempt({ access, refusal });
      else onEnd(end.isRefusedAccess ? refusedTwice(end.ending) : end.ending);
    });
  };

  /** One connection with one access. */
  const openOnce = (
    access: ConsoleAccess,
    failed: (end: SocketEnd, refusal: HandshakeRefusal | null) => void,
  ): (() => void) => {
    const handshake = new RfbHandshake(access.password);
    let isOpen = false;
    let isOver = false;
    const unmask = secretsOf(access).map(options.mask);
    const finish = (): void => {
      if (isOver) return;
      isOver = true;
      cancelTimeout();
      for (const forget of unmask) forget();
      socket.close();
    };
    const fail = (end: SocketEnd, refusal: HandshakeRefusal | null = null): void => {
      if (isOver) return;
      finish();
      if (isOpen) onEnd(end.ending);
      else failed(end, refusal);
    };
    const refuse = (refusal: HandshakeRefusal): void =>
      fail({ ending: notLetIn(refusal), isRefusedAccess: refusal.reason === 'wrong-password' }, refusal);
    /** A server that is about to say why it refuses has refused, whatever comes of that. */
    const endedEarly = (end: SocketEnd): void => {
      const refusal = isOpen ? null : handshake.atEnd();
      if (refusal === null) fail(end);
      else refuse(refusal);
    };
    const cancelTimeout = clock.setTimeout(
      () => endedEarly({ ending: timedOut(connectTimeoutMs), isRefusedAccess: false }),
      connectTimeoutMs,
    );
    const socket = options.openSocket(
      access.url,
      { clock, roots: options.roots() },
      {
        onOpen: () => onPhase({ phase: 'authenticating' }),
        onEnd: endedEarly,
        onData: (bytes) => {
          if (isOpen) {
            options.onData(bytes);
            return;
          }
          const step = handshake.take(bytes);
          if (step.kind === 'failed') {
            refuse(step);
            return;
          }
          void socket.send(step.reply);
          if (step.kind === 'going-on') return;
          isOpen = true;
          cancelTimeout();
          options.onOpen(socket);
          options.onData(step.rest);
        },
      },
    );
    return finish;
  };

  void attempt(null);
  return () => {
    abort.abort();
    drop();
  };
}

/** A wrong password says so itself; a refused token is told from a server that answers with an error. */
function refusedTwice(ending: Ending): Ending {
  return ending.reason === 'authentication-failed' ? ending : expired();
}

/** What of an access must not be written down: all of its address, each value in it, the password. */
function secretsOf({ url, password }: ConsoleAccess): readonly string[] {
  const values = URL.canParse(url) ? [...new URL(url).searchParams.values()] : [];
  return [url, ...values, ...(password === null ? [] : [password])];
}
