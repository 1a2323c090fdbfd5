import {
  portToConsole,
  type ConsolePhase,
  type PortFromConsole,
  type PortToConsole,
} from '../../preload/contract/console.ts';
import { assertNever } from '../../preload/contract/result.ts';
import type { WallClock } from '../clock/index.ts';
import { connectConsole, type ConnectOptions } from './connect.ts';
import { brokenProtocol, cancelled, type Ending } from './disconnect-reason.ts';
import { Relay } from './relay.ts';
import type { SecureSocket } from './secure-socket.ts';
import { KeystrokeSender } from './keystroke-sender.ts';

/** The part of Electron's `MessagePortMain` that is used here. */
export interface ConsolePort {
  postMessage(message: PortFromConsole): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export interface SessionOptions extends Pick<ConnectOptions, 'ask' | 'openSocket' | 'mask'> {
  readonly clock: WallClock;
  /** The certificates to trust now. */
  readonly roots: () => string[];
  /** The root password that can be typed; null: there is none. */
  readonly password: () => string | null;
  readonly onChange: () => void;
}

/** One console: connected while a page looks at it, and only then. */
export class ConsoleConnection {
  readonly #options: SessionOptions;
  readonly #keystrokeSender: KeystrokeSender;
  #port: ConsolePort | null = null;
  #relay: Relay | null = null;
  #socket: SecureSocket | null = null;
  #drop: () => void = () => undefined;
  #state: ConsolePhase = { phase: 'waiting' };
  #sinceMs: number;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#sinceMs = options.clock.now();
    this.#keystrokeSender = new KeystrokeSender({
      clock: options.clock,
      send: (keys) => this.#socket?.send(keys) ?? Promise.resolve(),
      onProgress: (progress) => this.#tell({ type: 'typing', progress }),
    });
  }

  get state(): ConsolePhase {
    return this.#state;
  }

  /** When the phase began (epoch). */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Connects for a page, in place of another: a stream cannot be joined in its middle. */
  attach(port: ConsolePort): void {
    this.close();
    this.#port = port;
    port.on('message', ({ data }) => {
      const parsed = portToConsole.safeParse(data);
      if (parsed.success && this.#port === port) this.#receive(parsed.data);
    });
    port.on('close', () => {
      if (this.#port !== port) return;
      this.#disconnect();
      this.#port = null;
      this.#setState({ phase: 'waiting' });
    });
    port.start();
    this.#connect();
  }

  /** Ends the connection and the page's port. */
  close(): void {
    this.#disconnect();
    const port = this.#port;
    this.#port = null;
    port?.close();
  }

  #receive(message: PortToConsole): void {
    switch (message.type) {
      case 'data':
        this.#relay?.fromPage(message.bytes);
        return;
      case 'ack':
        this.#relay?.acknowledged(message.bytes);
        return;
      case 'type':
        if (this.#relay !== null) this.#keystrokeSender.type(message.text);
        return;
      case 'type-password': {
        const password = this.#options.password();
        if (this.#relay !== null && password !== null) this.#keystrokeSender.type(password);
        return;
      }
      case 'stop-typing':
        this.#keystrokeSender.stop();
        return;
      case 'connect':
        // While it connects already, there is nothing to begin.
        if (this.#state.phase !== 'ended' && this.#relay === null) return;
        this.#disconnect();
        this.#connect();
        return;
      case 'cancel':
        if (this.#state.phase !== 'ended') this.#end(this.#relay === null ? cancelled() : brokenProtocol());
        return;
      default:
        assertNever(message);
    }
  }

  #connect(): void {
    const { ask, openSocket, mask, clock, roots } = this.#options;
    this.#drop = connectConsole({
      ...{ ask, openSocket, mask, clock, roots },
      onPhase: (phase) => this.#setState(phase),
      onOpen: (socket) => this.#opened(socket),
      onData: (bytes) => this.#relay?.fromServer(bytes),
      onEnd: (ending) => this.#end(ending),
    });
  }

  #opened(socket: SecureSocket): void {
    // First the state, by which the page begins to read a new stream.
    this.#setState({ phase: 'open' });
    this.#socket = socket;
    this.#relay = new Relay({
      socket,
      onKey: (key) => this.#keystrokeSender.pass(key),
      toPage: (message) => this.#tell(message),
      onBroken: (ending) => this.#end(ending),
    });
  }

  #end(ending: Ending): void {
    this.#disconnect();
    this.#setState(ending);
  }

  #disconnect(): void {
    this.#keystrokeSender.drop();
    this.#drop();
    this.#drop = () => undefined;
    this.#relay = null;
    this.#socket = null;
  }

  #setState(state: ConsolePhase): void {
    this.#state = state;
    this.#sinceMs = this.#options.clock.now();
    this.#tell({ type: 'state', state, sinceMs: this.#sinceMs });
    this.#options.onChange();
  }

  #tell(message: PortFromConsole): void {
    this.#port?.postMessage(message);
  }
}
