import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import ssh2, { type Client, type ClientChannel, type NextAuthHandler } from 'ssh2';
import type { SessionTarget } from '../protocol.ts';
import { algorithmsFor } from './algorithms.ts';
import { authenticate } from './auth/authenticate.ts';
import type { Attempt, AuthenticationContext, ServerAnswer, Tries } from './auth/context.ts';
import type { ConnectingPhase, ConnectionListener, ConnectionParts } from './connection-parts.ts';
import { Deadline } from './deadline.ts';
import * as endings from './ending.ts';
import type { Ending } from './ending.ts';
import { errorCode, sshErrorEnding } from './errors.ts';
import { HostVerifier } from './host-verifier.ts';
import { Keepalive } from './keepalive.ts';
import { knownKeyTypes, type KnownHost } from './known-hosts.ts';
import { Transport } from './transport.ts';

/**
 * Whether ssh2 decrypts into memory of its own. With its native part it decrypts in place, and keeps pieces of
 * what was read (the messages of a key exchange, output that waits): then each chunk must be a copy. Electron
 * runs without that part, as does an install without build scripts. ssh2 tells by this inner module only.
 */
const decryptsToFreshMemory =
  (createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js') as { readonly bindingAvailable?: unknown })
    .bindingAvailable === false;

/**
 * One connection, from the first packet to its one end. ssh2 reports a death up to four times, by `error`,
 * `end` and `close` of client and channel; the first that arrives here decides, and everything is destroyed.
 */
export class Connection {
  readonly #target: SessionTarget;
  readonly #parts: ConnectionParts;
  readonly #listener: ConnectionListener;
  readonly #client: Client = new ssh2.Client();
  readonly #deadline: Deadline;
  #transport: Transport | null = null;
  #channel: ClientChannel | null = null;
  #keepalive: Keepalive | null = null;
  #attempts: Tries<string | null> | null = null;
  #onSuccess = (): void => undefined;
  #exit: { readonly status: number | null; readonly signal: string | null } | null = null;
  #phase: ConnectingPhase | 'open' | 'over' = 'resolving';

  constructor(target: SessionTarget, parts: ConnectionParts, listener: ConnectionListener) {
    this.#target = target;
    this.#parts = parts;
    this.#listener = listener;
    this.#deadline = new Deadline(parts.clock, () => this.end(this.#overdue()));
  }

  /** Begins; everything else comes by the listener. */
  start(): void {
    const { host, port } = this.#target;
    this.#enter(isIP(host) === 0 ? 'resolving' : 'connecting');
    this.#deadline.start(this.#parts.limits.connectTimeoutMs);
    const transport = new Transport({ host, port });
    this.#transport = transport;
    transport.once('lookup', () => this.#enter('connecting'));
    transport.once('connect', () => void this.#handshake(transport));
    transport.on('error', (error) => this.end(this.#socketEnding(error)));
    transport.on('close', () => this.end(this.#closedEnding()));
  }

  /** Sends what was typed; nothing before the shell is open. */
  write(data: Buffer): void {
    if (this.#phase === 'open') this.#channel?.write(data);
  }

  resize(columns: number, rows: number): void {
    if (this.#phase === 'open') this.#channel?.setWindow(rows, columns, 0, 0);
  }

  /** Stops reading the shell's output: once its window is used up, the server stops sending. */
  pause(): void {
    this.#channel?.pause();
  }

  resume(): void {
    this.#channel?.resume();
  }

  /** Asks for a sign of life now. */
  probe(): void {
    this.#keepalive?.probe();
  }

  /** Ends the connection, if it has not ended yet. */
  end(ending: Ending): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#deadline.stop();
    this.#keepalive?.stop();
    // What ssh2 still has to say about this death must neither count nor throw.
    this.#client.removeAllListeners();
    this.#client.on('error', () => undefined);
    this.#transport?.destroy();
    this.#listener.ended(ending);
  }

  #isOver(): boolean {
    return this.#phase === 'over';
  }

  #enter(phase: ConnectingPhase): void {
    if (this.#phase === 'over') return;
    this.#phase = phase;
    this.#listener.phase(phase);
  }

  async #handshake(transport: Transport): Promise<void> {
    const { limits, knownHosts } = this.#parts;
    this.#enter('key-exchange');
    this.#deadline.start(limits.handshakeTimeoutMs);
    let entries: readonly KnownHost[];
    try {
      entries = await knownHosts.read();
    } catch (error) {
      this.end(endings.knownHostsUnusable(errorCode(error)));
      return;
    }
    // Cancelled while the files were read.
    if (this.#isOver()) return;
    const verifier = new HostVerifier({
      address: this.#target,
      name: this.#address(),
      knownHosts,
      entries,
      expectsNewKey: this.#parts.expectsNewKey(),
      newKeyTaken: this.#parts.newKeyTaken,
      ask: (key) => this.#deadline.pauseWhile(() => this.#listener.askHostKey(key)),
    });
    transport.on('data', () => this.#received(transport));
    const client = this.#client;
    client.on('error', (error) => this.#clientError(error));
    client.on('close', () => this.end(this.#closedEnding()));
    // Once: each later exchange of keys says so too.
    client.once('handshake', () => {
      if (decryptsToFreshMemory) transport.reuseBuffer = true;
      this.#enter('authenticating');
    });
    client.on('ready', () => this.#authenticated());
    try {
      client.connect({
        sock: transport,
        username: this.#target.user,
        algorithms: algorithmsFor(knownKeyTypes(entries, this.#target)),
        hostVerifier: (key: Buffer, verify: (permitted: boolean) => void) =>
          void verifier.verify(key).then((refusal) => {
            if (refusal !== null) this.end(refusal);
            else if (!this.#isOver()) verify(true);
          }),
        authHandler: (left: readonly string[] | null, partial: boolean | null, next) =>
          void this.#nextAttempt({ methodsLeft: left ?? [], partialSuccess: partial === true }, next),
        // Deadlines and keepalive are ours: ssh2's stop for no prompt and know no clock.
        readyTimeout: 0,
        keepaliveInterval: 0,
      });
    } catch (error) {
      this.end(endings.brokenProtocol(error instanceof Error ? error.message : String(error)));
    }
  }

  #received(transport: Transport): void {
    this.#keepalive?.sign();
    if (this.#phase === 'key-exchange' && transport.received > this.#parts.limits.greetingBytes) {
      this.end(endings.tooMuchGreeting(this.#address(), this.#parts.limits.greetingBytes));
    }
  }

  async #nextAttempt(answer: ServerAnswer, next: NextAuthHandler): Promise<void> {
    this.#deadline.stop();
    const pauseWhile: AuthenticationContext['whileAsking'] = (work) => this.#deadline.pauseWhile(work);
    const { authentication } = this.#parts;
    this.#attempts ??= authenticate({
      ...authentication,
      ask: (question) => pauseWhile(() => authentication.ask(question)),
      whileAsking: pauseWhile,
    });
    let result: IteratorResult<Attempt, string | null>;
    try {
      result = await this.#attempts.next(answer);
    } catch (error) {
      this.end(endings.authenticationFailed(`Signing in failed: ${errorCode(error)}.`));
      return;
    }
    if (this.#isOver()) return;
    if (result.done === true) {
      this.end(result.value === null ? endings.cancelled() : endings.authenticationFailed(result.value));
      return;
    }
    this.#onSuccess = result.value.onSuccess;
    this.#deadline.start(this.#parts.limits.answerTimeoutMs);
    next(result.value.method);
  }

  #authenticated(): void {
    this.#onSuccess();
    // Both hold secrets that have done their work.
    this.#onSuccess = () => undefined;
    this.#attempts = null;
    this.#enter('opening-shell');
    this.#deadline.start(this.#parts.limits.answerTimeoutMs);
    const { columns, rows } = this.#listener.windowSize();
    this.#client.shell({ term: 'xterm-256color', cols: columns, rows }, (error, channel) => {
      if (this.#phase === 'over') return;
      if (error) {
        this.end(endings.noShell(error.message));
        return;
      }
      this.#opened(channel);
      // The view may have grown while the shell was on its way.
      const now = this.#listener.windowSize();
      if (now.columns !== columns || now.rows !== rows) this.resize(now.columns, now.rows);
    });
  }

  #opened(channel: ClientChannel): void {
    this.#deadline.stop();
    this.#channel = channel;
    this.#phase = 'open';
    channel.on('exit', (status: number | null, signal?: string) => {
      this.#exit = { status, signal: signal ?? null };
    });
    channel.on('close', () => this.end(this.#closedEnding()));
    channel.stderr.resume();
    this.#keepalive = new Keepalive(this.#parts.clock, this.#parts.limits.keepalive, {
      ask: (answered) => this.#ping(answered),
      onLatency: (latencyMs) => this.#listener.latency(latencyMs),
      onDead: (silentMs) => this.end(endings.lostNoAnswer(silentMs)),
    });
    this.#listener.opened();
    channel.on('data', (chunk: Buffer) => {
      if (this.#phase !== 'over') this.#listener.output(chunk);
    });
  }

  /** ssh2 has no public ping. Every server must answer this request, and there is no such forward to cancel. */
  #ping(answered: () => void): void {
    try {
      this.#client.unforwardIn('127.0.0.1', 1, answered);
    } catch {
      this.end(this.#closedEnding());
    }
  }

  #clientError(error: Error & { readonly level?: string }): void {
    // The agent refused one key: the next attempt follows.
    if (error.level === 'agent') return;
    if (error.level === 'client-socket') this.end(this.#socketEnding(error));
    else if (this.#transport?.received === 0) this.end(endings.lostBeforeHandshake(this.#address()));
    else this.end(sshErrorEnding(error, this.#phase, this.#address(), this.#target.user));
  }

  #socketEnding(error: unknown): Ending {
    const code = errorCode(error);
    if (this.#phase === 'resolving' || this.#phase === 'connecting')
      return endings.unreachable(this.#address(), this.#target.host, code);
    // A server that hangs up before its first word resets the connection as often as it closes it.
    const saidNothing = code === 'ECONNRESET' && this.#transport?.received === 0;
    return saidNothing ? endings.lostBeforeHandshake(this.#address()) : endings.lostBySocket(code);
  }

  #closedEnding(): Ending {
    if (this.#exit !== null) return endings.exited(this.#exit.status, this.#exit.signal);
    if (this.#transport?.received === 0) return endings.lostBeforeHandshake(this.#address());
    return endings.lostClosed(this.#phase === 'open' ? null : this.#phase);
  }

  #overdue(): Ending {
    const { connectTimeoutMs, handshakeTimeoutMs, answerTimeoutMs } = this.#parts.limits;
    switch (this.#phase) {
      case 'key-exchange':
        return endings.silentServer(this.#address(), handshakeTimeoutMs);
      case 'authenticating':
        return endings.stalled('signing in', answerTimeoutMs);
      case 'opening-shell':
        return endings.stalled('opening the shell', answerTimeoutMs);
      case 'resolving':
      case 'connecting':
      case 'open':
      case 'over':
        return endings.connectTimeout(this.#address(), connectTimeoutMs);
    }
  }

  #address(): string {
    const { host, port } = this.#target;
    return port === 22 ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
  }
}
