import { onTestFinished, vi } from 'vitest';
import { createConsoles } from '../../../main/console/consoles.ts';
import type { ConsoleAccess } from '../../../main/console/connect.ts';
import type { ConsolePort } from '../../../main/console/console-session.ts';
import type {
  OpenSocket,
  SocketEnd,
  SocketEvents,
  SocketOptions,
} from '../../../main/console/secure-socket.ts';
import type { WallClock } from '../../../main/clock/index.ts';
import { registerSecret } from '../../../main/log/index.ts';
import type { AccountId, SessionId } from '../../../preload/contract/brands.ts';
import type { ConsolePhase, PortFromConsole, PortToConsole } from '../../../preload/contract/console.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { instanceId } from '../monitor/builders.ts';

export const account = 'jane' as AccountId;
export const web = instanceId('web');

/** A page's end of a console. */
export class Page implements ConsolePort {
  readonly told: PortFromConsole[] = [];
  isClosed = false;
  readonly #onMessage: ((event: { readonly data: unknown }) => void)[] = [];
  readonly #onClose: (() => void)[] = [];

  postMessage(message: PortFromConsole): void {
    this.told.push(message);
  }
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  on(event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void): void {
    if (event === 'message') this.#onMessage.push(listener);
    else this.#onClose.push(() => listener({ data: undefined }));
  }
  start(): void {
    // Messages of the test come after it.
  }
  close(): void {
    this.isClosed = true;
    for (const listener of this.#onClose) listener();
  }
  say(message: PortToConsole | { readonly type: string }): void {
    for (const listener of this.#onMessage) listener({ data: message });
  }
  sendBytes(...bytes: readonly number[]): void {
    this.say({ type: 'data', bytes: new Uint8Array(bytes) });
  }
  get phases(): readonly ConsolePhase['phase'][] {
    return this.told.flatMap((message) => (message.type === 'state' ? [message.state.phase] : []));
  }
  get bytes(): Buffer {
    return Buffer.concat(this.told.flatMap((message) => (message.type === 'data' ? [message.bytes] : [])));
  }
  /** Goes through the greeting and asks for a shared desktop, as noVNC does. */
  begin(): void {
    for (const bytes of [Buffer.from('RFB 003.008\n'), [1], [1]]) this.sendBytes(...bytes);
  }
}

/** A connection whose server is the test. */
export interface FakeSocket {
  readonly url: string;
  readonly options: SocketOptions;
  readonly sent: Buffer[];
  /** `pause`, `resume` and `close`, as they were asked for. */
  readonly asked: string[];
  /** The connection is made, and the server says this. */
  says(bytes: Uint8Array | readonly number[]): void;
  ends(sentence: string, isRefusedAccess?: boolean): void;
  readonly events: SocketEvents;
}

/** Connections that the test answers, in the order in which they were opened. */
export function fakeSockets(): { readonly sockets: FakeSocket[]; readonly openSocket: OpenSocket } {
  const sockets: FakeSocket[] = [];
  const openSocket: OpenSocket = (url, options, events) => {
    const sent: Buffer[] = [];
    const asked: string[] = [];
    const end = (sentence: string): SocketEnd['ending'] => ({ phase: 'ended', reason: 'closed', sentence });
    sockets.push({
      ...{ url, options, events, sent, asked },
      says: (bytes) => events.onData(Buffer.from(bytes)),
      ends: (sentence, isRefusedAccess = false) => events.onEnd({ ending: end(sentence), isRefusedAccess }),
    });
    return {
      send: (bytes) => {
        sent.push(Buffer.from(bytes));
        return Promise.resolve();
      },
      pause: () => asked.push('pause'),
      resume: () => asked.push('resume'),
      close: () => asked.push('close'),
    };
  };
  return { sockets, openSocket };
}

/** What `rig` makes consoles of. */
export interface RigOptions {
  /** What the API answers, in turn; the last one from then on. A promise is one that takes its time. */
  readonly answers: readonly (Result<ConsoleAccess, ApiError> | Promise<Result<ConsoleAccess, ApiError>>)[];
  readonly openSocket: OpenSocket;
  readonly clock: WallClock;
  readonly password?: string;
  readonly roots?: string[];
  readonly mask?: (secret: string) => () => void;
}

/** One console of `web`, which a page can look at. */
export function rig({ answers, openSocket, clock, password, roots = [], mask = registerSecret }: RigOptions) {
  const asked: AbortSignal[] = [];
  const consoles = createConsoles({
    ...{ clock, openSocket, mask },
    newSessionId: () => 'one' as SessionId,
    find: (id) => (id === web ? { accountId: account, title: 'web-1' } : null),
    ask: (_account, _instance, signal) => {
      asked.push(signal);
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      if (answer === undefined) throw new Error('The test has no answer.');
      return Promise.resolve(answer);
    },
    roots: () => roots,
    password: () => password ?? null,
    onChanged: () => undefined,
  });
  onTestFinished(() => consoles.stop());
  const page = new Page();
  const sessionId = consoles.open(web);
  if (sessionId === null) throw new Error('The console did not open.');
  const state = (): ConsolePhase | undefined => consoles.sessions()[0]?.state;
  const ended = (): Promise<string> =>
    vi.waitFor(() => {
      const now = state();
      if (now?.phase !== 'ended') throw new Error('It has not ended.');
      return now.sentence;
    });
  return { consoles, page, sessionId, asked, state, ended };
}
