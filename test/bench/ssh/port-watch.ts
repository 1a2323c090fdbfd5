/** What went over the port of a session, as the page saw it; times by the page's clock, in ms. */
interface WatchedPort {
  readonly sessionId: string;
  /** Bytes of output that came, and those that xterm has parsed. */
  received: number;
  parsed: number;
  lastParsedAtMs: number;
  typedAtMs: number;
  /** From each keystroke to the moment at which the answer to it was parsed. */
  readonly echoesMs: number[];
  /** States that came in place of output, of each whether it has all lines; how many xterm has parsed, and when the last whole one. */
  readonly states: boolean[];
  parsedStates: number;
  lastWholeAtMs: number;
  /** The last characters that came. */
  tail: string;
  isEchoAwaited: boolean;
}

type WatchedWindow = Window & { benchPorts?: WatchedPort[] };

/**
 * Runs in the page, before its first session: counts what goes over its sessions' ports. Not in a script for new
 * documents: the page may have its document already, and is then not watched.
 */
export function watchPorts(): void {
  const tailCharacters = 400;
  const ports: WatchedPort[] = [];
  const byPort = new WeakMap<MessagePort, WatchedPort>();
  (window as WatchedWindow).benchPorts = ports;
  window.addEventListener(
    'message',
    (event: MessageEvent<{ readonly type?: string; readonly sessionId?: string }>) => {
      const [port] = event.ports;
      if (port === undefined || event.data.sessionId === undefined) return;
      const watched: WatchedPort = {
        sessionId: event.data.sessionId,
        received: 0,
        parsed: 0,
        states: [],
        parsedStates: 0,
        lastWholeAtMs: 0,
        lastParsedAtMs: 0,
        typedAtMs: 0,
        echoesMs: [],
        tail: '',
        isEchoAwaited: false,
      };
      ports.push(watched);
      byPort.set(port, watched);
      port.addEventListener(
        'message',
        (message: MessageEvent<{ type: string; bytes: Uint8Array; isWhole?: boolean }>) => {
          const { type, bytes, isWhole } = message.data;
          if (type === 'restore') watched.states.push(isWhole !== false);
          else if (type === 'output') watched.received += bytes.byteLength;
          else return;
          const last = String.fromCharCode(...bytes.subarray(-tailCharacters));
          watched.tail = `${watched.tail}${last}`.slice(-tailCharacters);
        },
      );
    },
    { capture: true },
  );
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its port below
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function postAndCount(
    this: MessagePort,
    message: { readonly type?: string; readonly bytes?: number },
    transfer?: StructuredSerializeOptions,
  ): void {
    const watched = byPort.get(this);
    const nowMs = performance.now();
    if (watched !== undefined && message.type === 'data') {
      watched.typedAtMs = nowMs;
      watched.isEchoAwaited = true;
    }
    const isWhole = message.type === 'restored' && watched?.states[watched.parsedStates] === true;
    if (watched !== undefined && message.type === 'restored') watched.parsedStates += 1;
    // Nothing of a whole state is new but the lines above the screen, when it follows another one.
    if (watched !== undefined && isWhole) watched.lastWholeAtMs = nowMs;
    else if (watched !== undefined && (message.type === 'ack' || message.type === 'restored')) {
      watched.parsed += message.bytes ?? 0;
      watched.lastParsedAtMs = nowMs;
      if (watched.isEchoAwaited) watched.echoesMs.push(nowMs - watched.typedAtMs);
      watched.isEchoAwaited = false;
    }
    post.call(this, message, transfer);
  } as typeof post;
}

/** What is known of a session's port. */
export interface PortFigures {
  readonly received: number;
  readonly lastParsedAtMs: number;
  readonly lastWholeAtMs: number;
  readonly typedAtMs: number;
  readonly echoesMs: readonly number[];
}

/** Runs in the page: waits until all that came is parsed and ends with these words (or has them near its end). */
export async function waitForWords(
  sessionId: string,
  words: string,
  timeoutMs: number,
): Promise<PortFigures> {
  const port = (window as WatchedWindow).benchPorts?.findLast((one) => one.sessionId === sessionId);
  if (port === undefined) throw new Error('The session has no port.');
  const giveUpAtMs = performance.now() + timeoutMs;
  // The build that is measured beside says of no state that it is parsed, and is shown one alone, at the beginning.
  const isParsed = (): boolean =>
    port.parsed >= port.received && (port.parsedStates === 0 || port.parsedStates >= port.states.length);
  while (!port.tail.includes(words) || !isParsed()) {
    if (performance.now() > giveUpAtMs) throw new Error(`"${words}" did not come, but: ${port.tail}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return port;
}

/** Runs in the page: waits until xterm has every line that the session keeps. */
export async function waitForLines(sessionId: string): Promise<PortFigures> {
  const port = (window as WatchedWindow).benchPorts?.findLast((one) => one.sessionId === sessionId);
  if (port === undefined) throw new Error('The session has no port.');
  while (port.states[port.parsedStates - 1] === false || port.parsedStates < port.states.length - 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return port;
}

/** Runs in the page: forgets the last words and the echoes, so that what is waited for is new. */
export function forgetSeen(sessionId: string): void {
  const port = (window as WatchedWindow).benchPorts?.findLast((one) => one.sessionId === sessionId);
  if (port === undefined) throw new Error('The session has no port.');
  port.tail = '';
  port.echoesMs.length = 0;
}
