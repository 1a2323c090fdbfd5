import { fallbackLocale, sameLocale } from '../../preload/contract/locales.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type {
  PortFromSession,
  PortToSession,
  SessionPhase,
  SessionPrompt,
} from '../../preload/contract/terminal.ts';
import type { Environment } from '../../main/terminal/process/auth/paths.ts';
import { systemClock, type Clock } from '../../main/clock/index.ts';
import { defaultLimits, type ConnectionLimits } from '../../main/terminal/process/connection-parts.ts';
import { filePort } from '../../main/terminal/process/files/file-port.ts';
import { forwardPort } from '../../main/terminal/process/forwards/forward-port.ts';
import { sessionPort, type RawPort, type SessionPort } from '../../main/terminal/process/port.ts';
import { SshProcess } from '../../main/terminal/process/ssh-process.ts';
import { waitForCondition } from './condition.ts';
import { FileView } from './file-view.ts';
import { ForwardView } from './forward-view.ts';
import type { ForwardOrder } from '../../main/terminal/forward-protocol.ts';
import type { FromSshProcess, SessionTarget } from '../../main/terminal/protocol.ts';

/** Everything is set in the app; ~/.ssh/config is asked for the rest. */
export const setRouting: SessionTarget['routing'] = {
  usesConfig: true,
  isPortSet: true,
  isUserSet: true,
  jump: { kind: 'config' },
  forwardsAgent: null,
};

type OpenTarget = Pick<SessionTarget, 'host' | 'port' | 'user' | 'auth'> & Partial<SessionTarget>;
type Prompting<K extends SessionPrompt['kind']> = Extract<SessionPrompt, { readonly kind: K }>;
export type Ended = Extract<SessionPhase, { readonly phase: 'ended' }>;

export interface TestProcessOptions {
  readonly limits?: Partial<ConnectionLimits>;
  readonly clock?: Clock;
  readonly env?: Environment['env'];
  readonly home?: string;
  readonly userKnownHostsPaths?: readonly string[];
  readonly scrollbackLines?: number;
  readonly reconnects?: boolean;
  /** What the keychain holds. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** The ssh process as main sees it, without a process: everything crosses by real message ports. */
export class TestProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'ssh-process-'));
  readonly knownHostsPath = join(this.folder, 'known_hosts');
  /** What it told main, secrets that were asked for left out. */
  readonly messages: FromSshProcess[] = [];
  readonly #process: SshProcess;
  readonly #views: (View | FileView | ForwardView)[] = [];
  #sessions = 0;

  constructor(options: TestProcessOptions = {}) {
    this.#process = new SshProcess({
      clock: options.clock ?? systemClock,
      limits: { ...defaultLimits, ...options.limits },
      surroundings: { env: options.env ?? {}, platform: 'linux', home: options.home ?? this.folder },
      send: (message) => {
        this.messages.push(message);
        if (message.type !== 'secret-wanted') return;
        const secret = options.secrets?.[message.kind] ?? null;
        this.#process.receive({ type: 'secret', requestId: message.requestId, secret }, null);
      },
      collectGarbage: () => undefined,
    });
    this.#process.receive(
      {
        type: 'start',
        knownHostsPath: this.knownHostsPath,
        userKnownHostsPaths: options.userKnownHostsPaths ?? [],
        systemKnownHostsPaths: [],
        scrollbackLines: options.scrollbackLines ?? 1000,
        theme: 'evorxa-dark',
        reconnects: options.reconnects ?? false,
        locales: sameLocale(fallbackLocale),
      },
      null,
    );
  }

  /** Opens a session and attaches a view to it. */
  open(target: Pick<SessionTarget, 'host' | 'port' | 'user' | 'auth'> & Partial<SessionTarget>): View {
    this.#sessions += 1;
    const sessionId = `s${this.#sessions}` as SessionId;
    const full = {
      sessionId,
      kind: 'shell' as const,
      accountId: 'a1' as AccountId,
      instanceId: 'i1' as InstanceId,
      preferredKey: null,
      routing: setRouting,
      ...target,
    };
    this.#process.receive({ type: 'open', target: full, endedState: null }, null);
    return this.attach(full.sessionId);
  }

  /** Opens a session with files, and attaches a view to it. */
  openFiles(target: OpenTarget): FileView {
    const { sessionId, port1, port2 } = this.#begin(target, 'files');
    this.#process.receive({ type: 'attach-files', sessionId }, null, filePort(rawPort(port1)));
    const view = new FileView(sessionId, port2);
    this.#views.push(view);
    return view;
  }

  /** Opens a connection for port forwards, and attaches a view to it. */
  openForwards(target: OpenTarget, orders: readonly ForwardOrder[]): ForwardView {
    const { sessionId, port1, port2 } = this.#begin(target, 'ports');
    this.#process.receive({ type: 'forwards', sessionId, orders }, null);
    const port = forwardPort(rawPort(port1));
    this.#process.receive({ type: 'attach-forwards', sessionId }, null, null, port);
    const view = new ForwardView(sessionId, port2);
    this.#views.push(view);
    return view;
  }

  #begin(target: OpenTarget, kind: SessionTarget['kind']) {
    this.#sessions += 1;
    const sessionId = `s${this.#sessions}` as SessionId;
    const full = {
      sessionId,
      kind,
      accountId: 'a1' as AccountId,
      instanceId: 'i1' as InstanceId,
      preferredKey: null,
      routing: setRouting,
      ...target,
    };
    this.#process.receive({ type: 'open', target: full, endedState: null }, null);
    const { port1, port2 } = new MessageChannel();
    return { sessionId, port1, port2 };
  }

  attach(sessionId: SessionId): View {
    const { port1, port2 } = new MessageChannel();
    this.#process.receive({ type: 'attach', sessionId }, workerPort(port1));
    const view = new View(sessionId, port2);
    this.#views.push(view);
    return view;
  }

  receive(...message: Parameters<SshProcess['receive']>): void {
    this.#process.receive(...message);
  }

  /** The states that a session went through, as main heard them. */
  phases(sessionId: SessionId): string[] {
    return this.messages.flatMap((message) =>
      message.type === 'state' && message.sessionId === sessionId ? [message.state.phase] : [],
    );
  }

  stop(): void {
    for (const view of this.#views) {
      this.#process.receive({ type: 'close', sessionId: view.sessionId }, null);
      view.detach();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Less than a test has, so that it is said what came instead. */
const untilTimeoutMs = 55_000;

/** A session's port with somebody at its end: reads, types, answers. */
export class View {
  readonly sessionId: SessionId;
  readonly states: SessionPhase[] = [];
  readonly #port: MessagePort;
  #text = '';
  readonly #listeners = new Set<() => void>();
  /** Bytes that came, and those of them that have been acknowledged. */
  receivedBytes = 0;
  acknowledgedBytes = 0;
  autoAcknowledge = true;
  /** Off: only counts, so that a flood costs no memory here. */
  keepText = true;
  /** Sees each batch of new output. */
  onOutput: (bytes: Uint8Array) => void = () => undefined;

  constructor(sessionId: SessionId, port: MessagePort) {
    this.sessionId = sessionId;
    this.#port = port;
    port.on('message', (message: PortFromSession) => this.#receive(message));
  }

  get text(): string {
    return this.#text;
  }

  send(message: PortToSession): void {
    this.#port.postMessage(message);
  }

  type(text: string): void {
    this.send({ type: 'data', text });
  }

  acknowledge(): void {
    this.send({ type: 'ack', bytes: this.receivedBytes - this.acknowledgedBytes });
    this.acknowledgedBytes = this.receivedBytes;
  }

  detach(): void {
    this.#port.close();
  }

  /** Waits until `condition` holds, judged at each message; rejects with what came instead after 55 s. */
  async until(condition: () => boolean): Promise<void> {
    await waitForCondition({
      what: 'a session',
      read: () => ({ isMet: condition(), ...this.#progress() }),
      accept: ({ isMet }) => isMet,
      subscribe: (changed) => {
        this.#listeners.add(changed);
        return () => this.#listeners.delete(changed);
      },
      timeoutMs: untilTimeoutMs,
    });
  }

  #progress() {
    const { receivedBytes, acknowledgedBytes } = this;
    return { state: this.states.at(-1), receivedBytes, acknowledgedBytes, text: this.#text.slice(-500) };
  }

  /** Waits for a text in the output, from the last `forget` on. */
  untilText(text: string): Promise<void> {
    return this.until(() => this.#text.includes(text));
  }

  forgetText(): void {
    this.#text = '';
  }

  /** Asks for a new connection and waits until it has begun. */
  async reconnect(): Promise<void> {
    const seen = this.states.length;
    this.send({ type: 'reconnect' });
    await this.until(() => this.states.length > seen);
  }

  async untilPhase(phase: SessionPhase['phase']): Promise<void> {
    await this.until(() => {
      const state = this.states.at(-1);
      if (state?.phase === 'ended' && phase !== 'ended')
        throw new Error(`ended: ${state.reason}: ${state.sentence}`);
      return state?.phase === phase;
    });
  }

  async ended(): Promise<Ended> {
    await this.untilPhase('ended');
    return this.states.at(-1) as Ended;
  }

  async prompted<K extends SessionPrompt['kind']>(kind: K): Promise<Prompting<K>> {
    await this.untilPhase('prompting');
    const state = this.states.at(-1);
    if (state?.phase !== 'prompting' || state.prompt.kind !== kind)
      throw new Error(`not ${kind}: ${JSON.stringify(state)}`);
    return state.prompt as Prompting<K>;
  }

  /** Waits for a prompt of a kind and answers it. */
  async answer<K extends SessionPrompt['kind']>(
    kind: K,
    answers: readonly string[] | null,
    remember = false,
  ): Promise<Prompting<K>> {
    const prompt = await this.prompted(kind);
    const seen = this.states.length;
    this.send({ type: 'answer', promptId: prompt.id, answers, remember });
    await this.until(() => this.states.length > seen);
    return prompt;
  }

  #receive(message: PortFromSession): void {
    if (message.type === 'state') {
      this.states.push(message.state);
    } else if (message.type !== 'rest') {
      if (this.keepText) this.#text += Buffer.from(message.bytes).toString('utf8');
      if (message.type === 'output') {
        this.receivedBytes += message.bytes.length;
        this.onOutput(message.bytes);
        if (this.autoAcknowledge) this.acknowledge();
      } else if (this.autoAcknowledge) this.send({ type: 'restored' });
    }
    for (const changed of this.#listeners) changed();
  }
}

function workerPort(port: MessagePort): SessionPort {
  return sessionPort(rawPort(port));
}

function rawPort(port: MessagePort): RawPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) => {
      if (event === 'message') port.on('message', (data: unknown) => listener({ data }));
      else port.on('close', () => listener({ data: null }));
    },
    start: () => port.start(),
    close: () => port.close(),
  };
}
