import { isIP } from 'node:net';
import ssh2, { type Client, type ClientChannel, type NextAuthHandler } from 'ssh2';
import type { SessionTarget } from '../protocol.ts';
import { algorithmsFor } from './algorithms.ts';
import { authenticate } from './auth/authenticate.ts';
import type { Attempt, AuthenticationContext, Outcome, ServerAnswer, Tries } from './auth/context.ts';
import { displayLines } from '../../../preload/contract/display-text.ts';
import type {
  ConnectingPhase,
  ConnectionListener,
  ConnectionParts,
  ShownHostKey,
} from './connection-parts.ts';
import { Deadline } from './deadline.ts';
import * as endings from './ending.ts';
import type { Ending } from './ending.ts';
import { disconnectEnding, errorCode, notSsh, sshErrorEnding } from './errors.ts';
import { Greeting } from './greeting.ts';
import { HostVerifier } from './host-verifier.ts';
import { Keepalive } from './keepalive.ts';
import { knownKeyTypes, type KnownHost } from './known-hosts.ts';
import { decryptsToFreshMemory, lookInside, type Inside } from './ssh2-inside.ts';
import { Transport } from './transport.ts';

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
  #attempts: Tries<Outcome> | null = null;
  #inside: Inside | null = null;
  readonly #greeting = new Greeting();
  /** What the server said since somebody was asked, and all that it said before the session. */
  #said: string[] = [];
  #allSaid: string[] = [];
  /** What a person is being asked. */
  #asking: 'host-key' | 'secret' | null = null;
  /** The server got a signature, a password or an answer of a person. */
  #hasAsked = false;
  #offers = 0;
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
    transport.on('error', (error) => {
      if (this.#asking !== 'host-key') this.end(this.#socketEnding(error));
    });
    transport.on('close', () => this.#socketClosed());
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
    this.#stop();
    this.#listener.ended(ending);
  }

  /** Ends the connection without an end of the session, which makes another one. */
  #goOnAnew(): void {
    if (this.#phase === 'over') return;
    const { goesOnAnew } = this.#listener;
    this.#stop();
    goesOnAnew();
  }

  #stop(): void {
    this.#phase = 'over';
    this.#deadline.stop();
    this.#keepalive?.stop();
    this.#greeting.close();
    // What ssh2 still has to say about this death must neither count nor throw.
    this.#client.removeAllListeners();
    this.#client.on('error', () => undefined);
    this.#transport?.destroy();
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
      ask: (key) => this.#askHostKey(key),
    });
    transport.on('data', (chunk: Buffer) => this.#received(transport, chunk));
    const client = this.#client;
    client.on('error', (error) => {
      if (this.#asking !== 'host-key') this.#clientError(error);
    });
    client.on('close', () => this.#socketClosed());
    // Once: each later exchange of keys says so too.
    client.once('handshake', () => {
      this.#greeting.close();
      if (decryptsToFreshMemory) transport.reuseBuffer = true;
      this.#enter('authenticating');
    });
    client.on('ready', () => this.#authenticated());
    client.on('banner', (text) => this.#heard(text));
    client.on('change password', (text) =>
      this.end(endings.passwordExpired(this.#target.user, displayLines(text, 300).replaceAll('\n', ' '))),
    );
    try {
      client.connect({
        sock: transport,
        username: this.#target.user,
        algorithms: algorithmsFor(knownKeyTypes(entries, this.#target)),
        hostVerifier: (key: Buffer, verify: (permitted: boolean) => void) =>
          void verifier.verify(key).then((refusal) => {
            if (refusal !== null) this.end(refusal);
            // The connection was let go while somebody looked at the key, which is trusted now.
            else if (transport.destroyed) this.#goOnAnew();
            else if (!this.#isOver()) verify(true);
          }),
        authHandler: (left: readonly string[] | null, partial: boolean | null, next) =>
          void this.#nextAttempt({ methodsLeft: left ?? [], partialSuccess: partial === true }, next),
        // Deadlines and keepalive are ours: ssh2's stop for no prompt and know no clock.
        readyTimeout: 0,
        keepaliveInterval: 0,
      });
      this.#inside = lookInside(client, (name, instructions) => this.#heard(`${name}\n${instructions}`));
    } catch (error) {
      this.end(endings.brokenProtocol(error instanceof Error ? error.message : String(error)));
    }
  }

  #received(transport: Transport, chunk: Buffer): void {
    this.#keepalive?.sign();
    if (this.#phase !== 'key-exchange') return;
    this.#greeting.add(chunk);
    if (transport.received > this.#parts.limits.greetingBytes) {
      this.end(endings.tooMuchGreeting(this.#address(), this.#parts.limits.greetingBytes));
    }
  }

  /** What the server says before the session: shown above it, and beside the next question. */
  #heard(text: string): void {
    const lines = displayLines(text);
    if (lines === '' || this.#isOver()) return;
    this.#said.push(lines);
    this.#allSaid.push(lines);
    this.#listener.said(lines);
  }

  /**
   * Asks about a host key. The connection is let go before the server's patience is at its end; the question stays,
   * and its answer makes another connection.
   */
  async #askHostKey(key: ShownHostKey): Promise<boolean> {
    const letGo = this.#parts.clock.setTimeout(
      () => this.#transport?.destroy(),
      this.#parts.limits.hostKeyQuestionMs,
    );
    this.#asking = 'host-key';
    try {
      return await this.#deadline.pauseWhile(() => this.#listener.askHostKey(key));
    } finally {
      this.#asking = null;
      letGo();
    }
  }

  async #askSecret(
    question: Parameters<AuthenticationContext['ask']>[0],
  ): ReturnType<AuthenticationContext['ask']> {
    this.#asking = 'secret';
    this.#hasAsked = true;
    try {
      return await this.#deadline.pauseWhile(() => this.#parts.authentication.ask(question));
    } finally {
      this.#asking = null;
      // The server's time begins with the answer.
      if (!this.#isOver()) this.#deadline.start(this.#parts.limits.signInTimeoutMs);
    }
  }

  async #nextAttempt(answer: ServerAnswer, next: NextAuthHandler): Promise<void> {
    this.#deadline.stop();
    this.#attempts ??= authenticate({
      ...this.#parts.authentication,
      ask: (question) => this.#askSecret(question),
      whileAsking: (work) => this.#deadline.pauseWhile(work),
      takeSaid: () => this.#said.splice(0).join('\n'),
      signatureAlgorithms: () => this.#inside?.signatureAlgorithms ?? null,
      sendSigned: (data, signature) => {
        if (!this.#isOver()) this.#inside?.sendSigned(data, signature);
      },
    });
    let result: IteratorResult<Attempt, Outcome>;
    try {
      // ssh2 does not hand on what a server says to a key.
      result = await this.#attempts.next(this.#inside?.lastAnswer ?? answer);
    } catch (error) {
      this.end(endings.authenticationFailed(`Signing in failed: ${errorCode(error)}.`));
      return;
    }
    if (this.#isOver()) return;
    if (result.done === true) {
      this.#giveUp(result.value);
      return;
    }
    this.#onSuccess = result.value.onSuccess;
    if (result.value.method.type === 'agent') this.#offers += 1;
    this.#deadline.start(this.#parts.limits.signInTimeoutMs);
    next(result.value.method);
  }

  #giveUp(outcome: Outcome): void {
    if (outcome.kind === 'anew') this.#goOnAnew();
    else if (outcome.kind === 'cancelled') this.end(endings.cancelled());
    else
      this.end(endings.withWords(endings.authenticationFailed(outcome.sentence), this.#allSaid.join('\n')));
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
    if (error.level === 'client-socket') {
      this.end(this.#socketEnding(error));
      return;
    }
    if (this.#transport?.received === 0) {
      this.end(endings.lostBeforeHandshake(this.#address()));
      return;
    }
    const disconnect = this.#inside?.disconnect ?? null;
    const { carried } = this.#parts.authentication;
    const isShutOut = disconnect !== null && /too many authentication failures/i.test(disconnect.text);
    // The server bears fewer keys than most: what is left is tried in another connection.
    if (isShutOut && !this.#hasAsked && this.#offers > 1 && carried.connections < 2) {
      carried.offersBorne = this.#offers - 1;
      this.#goOnAnew();
      return;
    }
    const surroundings = {
      phase: this.#phase,
      target: this.#address(),
      user: this.#target.user,
      greeting: this.#greeting,
      disconnect,
    };
    this.end(this.#withWords(sshErrorEnding(error, surroundings)));
  }

  #socketEnding(error: unknown): Ending {
    const code = errorCode(error);
    if (this.#phase === 'resolving' || this.#phase === 'connecting')
      return endings.unreachable(this.#address(), this.#target.host, code);
    // A server that hangs up before its first word resets the connection as often as it closes it.
    const saidNothing = code === 'ECONNRESET' && this.#transport?.received === 0;
    if (saidNothing) return endings.lostBeforeHandshake(this.#address());
    const isRefused = this.#phase === 'key-exchange' && !this.#greeting.isSsh;
    if (isRefused && this.#greeting.words() !== '') return notSsh(this.#address(), this.#greeting);
    return this.#asking === 'secret' ? endings.waitedTooLong() : endings.lostBySocket(code);
  }

  /** The socket is closed. While a host key is asked about, the answer decides what comes of it. */
  #socketClosed(): void {
    if (this.#asking !== 'host-key') this.end(this.#closedEnding());
  }

  #closedEnding(): Ending {
    if (this.#exit !== null) return endings.exited(this.#exit.status, this.#exit.signal);
    if (this.#transport?.received === 0) return endings.lostBeforeHandshake(this.#address());
    if (this.#phase === 'key-exchange' && !this.#greeting.isSsh)
      return notSsh(this.#address(), this.#greeting);
    if (this.#asking === 'secret') return this.#withWords(endings.waitedTooLong());
    const goodbye = this.#inside?.disconnect ?? null;
    if (goodbye !== null) return this.#withWords(disconnectEnding(goodbye, this.#target.user));
    return this.#withWords(endings.lostClosed(this.#phase === 'open' ? null : this.#phase));
  }

  /** An end while signing in, with what the server said before it. */
  #withWords(ending: Ending): Ending {
    return this.#phase === 'authenticating' ? endings.withWords(ending, this.#allSaid.join('\n')) : ending;
  }

  #overdue(): Ending {
    const { connectTimeoutMs, handshakeTimeoutMs, signInTimeoutMs, answerTimeoutMs } = this.#parts.limits;
    switch (this.#phase) {
      case 'key-exchange':
        return endings.silentServer(this.#address(), handshakeTimeoutMs);
      case 'authenticating':
        return endings.stalled('signing in', signInTimeoutMs);
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
