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
        lastParsedAtMs: 0,
        typedAtMs: 0,
        echoesMs: [],
        tail: '',
        isEchoAwaited: false,
      };
      ports.push(watched);
      byPort.set(port, watched);
      port.addEventListener('message', (message: MessageEvent<{ type: string; bytes: Uint8Array }>) => {
        if (message.data.type !== 'output') return;
        const { bytes } = message.data;
        watched.received += bytes.byteLength;
        const last = String.fromCharCode(...bytes.subarray(-tailCharacters));
        watched.tail = `${watched.tail}${last}`.slice(-tailCharacters);
      });
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
    if (watched !== undefined && message.type === 'ack') {
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
  while (!port.tail.includes(words) || port.parsed < port.received) {
    if (performance.now() > giveUpAtMs) throw new Error(`"${words}" did not come, but: ${port.tail}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return port;
}

/** Runs in the page: forgets the last words and the echoes, so that what is waited for is new. */
export function forgetSeen(sessionId: string): void {
  const port = (window as WatchedWindow).benchPorts?.findLast((one) => one.sessionId === sessionId);
  if (port === undefined) throw new Error('The session has no port.');
  port.tail = '';
  port.echoesMs.length = 0;
}

/** Runs in the page. */
export function receivedBytes(sessionId: string): number {
  return (window as WatchedWindow).benchPorts?.findLast((one) => one.sessionId === sessionId)?.received ?? 0;
}
