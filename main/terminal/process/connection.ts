import ssh2, { type Client, type NextAuthHandler } from 'ssh2';
import { hostAndPort, type SshConnectionEnds } from '../../ssh/index.ts';
import { algorithmsFor } from './algorithms.ts';
import type { Outcome, ServerAnswer } from './auth/context.ts';
import { SignIn } from './auth/sign-in.ts';
import { displayLines } from '../../../preload/contract/display-text.ts';
import type { ConnectionTransport } from './channel-transport.ts';
import { connectionEnds } from './connection-ends.ts';
import type {
  ConnectingPhase,
  ConnectionListener,
  ConnectionParts,
  ConnectionTarget,
} from './connection-parts.ts';
import type { ConnectionUse } from './connection-use.ts';
import { Deadline } from './deadline.ts';
import * as endings from './disconnect-reason.ts';
import type { Ending } from './disconnect-reason.ts';
import {
  closedEnding,
  errorCode,
  isShutOut,
  overdueEnding,
  socketErrorEnding,
  sshErrorEnding,
  type Environment,
} from './errors.ts';
import { Greeting } from './greeting.ts';
import { HostKeyQuestion } from './host-key-question.ts';
import { HostVerifier } from './host-verifier.ts';
import { knownKeyTypes, type KnownHost } from './known-hosts.ts';
import { openTransport } from './open-transport.ts';
import { runScript, type ScriptRun } from './run-script.ts';
import { decryptsToFreshMemory, lookInside, type Inside } from './ssh2-inside.ts';

/**
 * One connection, from the first packet to its one end. ssh2 reports a death up to four times, by `error`,
 * `end` and `close` of client and channel; the first that arrives here decides, and everything is destroyed.
 */
export class Connection {
  readonly #target: ConnectionTarget;
  readonly #parts: ConnectionParts;
  readonly #listener: ConnectionListener;
  readonly #client: Client = new ssh2.Client();
  readonly #deadline: Deadline;
  #transport: ConnectionTransport | null = null;
  /** What it is for, from the moment that it is signed in. */
  #use: ConnectionUse | null = null;
  readonly #signIn: SignIn;
  #inside: Inside | null = null;
  readonly #greeting = new Greeting();
  readonly #hostKeyQuestion: HostKeyQuestion;
  #phase: ConnectingPhase | 'open' | 'over' = 'resolving';

  constructor(target: ConnectionTarget, parts: ConnectionParts, listener: ConnectionListener) {
    this.#target = target;
    this.#parts = parts;
    this.#listener = listener;
    this.#deadline = new Deadline(parts.clock, () => this.end(overdueEnding(this.#surroundings())));
    this.#hostKeyQuestion = new HostKeyQuestion({
      clock: parts.clock,
      deadline: this.#deadline,
      limitMs: parts.limits.hostKeyQuestionMs,
      letGo: () => this.#transport?.destroy(),
      ask: listener.askHostKey,
    });
    this.#signIn = new SignIn({
      context: parts.authentication,
      deadline: this.#deadline,
      timeoutMs: parts.limits.signInTimeoutMs,
      inside: () => this.#inside,
      isOver: () => this.#isOver(),
      said: listener.said,
    });
  }

  /** Begins; everything else comes by the listener. */
  start(): void {
    const transport = openTransport(this.#target, this.#parts, {
      deadline: this.#deadline,
      phase: (phase) => this.#enter(phase),
      connected: () => void this.#handshake(transport),
    });
    this.#transport = transport;
    transport.on('error', (error) => {
      if (!this.#hostKeyQuestion.isOpen) this.end(socketErrorEnding(error, this.#surroundings()));
    });
    transport.on('close', () => this.#socketClosed());
  }

  /** Asks for a sign of life now. */
  probe(): void {
    this.#use?.probe();
  }

  /** The other side has not answered for some time. */
  get isSilent(): boolean {
    return this.#use?.isSilent === true;
  }

  /** Both ends, as the server sees them; null where it is not open, or the server does not say. */
  async ends(): Promise<SshConnectionEnds | null> {
    return this.#phase === 'open' ? connectionEnds(this.#client, this.#parts.clock) : null;
  }

  /** Has the server run a script on a channel of its own; null where the connection is not open. */
  async runScript(script: string): Promise<ScriptRun | null> {
    return this.#phase === 'open' ? runScript(this.#client, this.#parts.clock, script) : null;
  }

  /** Ends the connection, if it has not ended yet. */
  end(ending: Ending): void {
    if (this.#phase === 'over') return;
    this.#stop();
    this.#listener.ended(ending);
  }

  /** Ends the connection without an end of the session, which makes another one. */
  #reconnect(): void {
    if (this.#phase === 'over') return;
    const { reconnect } = this.#listener;
    this.#stop();
    reconnect();
  }

  #stop(): void {
    this.#phase = 'over';
    this.#deadline.stop();
    this.#use?.stop();
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

  async #handshake(transport: ConnectionTransport): Promise<void> {
    const { limits, knownHosts, agentSocket } = this.#parts;
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
      address: this.#target.knownAs,
      name: hostAndPort(this.#target),
      knownHosts,
      entries,
      expectsNewKey: this.#parts.expectsNewKey,
      newKeyTaken: this.#parts.newKeyTaken,
      ask: (key) => this.#hostKeyQuestion.ask(key),
    });
    transport.on('data', (chunk: Buffer) => this.#received(transport, chunk));
    const client = this.#client;
    client.on('error', (error) => {
      if (!this.#hostKeyQuestion.isOpen) this.#clientError(error);
    });
    client.on('close', () => this.#socketClosed());
    // Once: each later exchange of keys says so too.
    client.once('handshake', () => {
      this.#greeting.close();
      if (decryptsToFreshMemory) transport.reuseBuffer = true;
      this.#enter('authenticating');
    });
    client.on('ready', () => this.#authenticated());
    client.on('banner', (text) => this.#signIn.heard(text));
    client.on('change password', (text) =>
      this.end(endings.passwordExpired(this.#target.user, displayLines(text, 300).replaceAll('\n', ' '))),
    );
    try {
      client.connect({
        sock: transport,
        username: this.#target.user,
        // Not for the sign-in, whose attempts each bring their own: for channels that the server opens to it.
        ...(agentSocket !== null && { agent: new ssh2.OpenSSHAgent(agentSocket) }),
        algorithms: algorithmsFor(knownKeyTypes(entries, this.#target.knownAs)),
        hostVerifier: (key: Buffer, verify: (permitted: boolean) => void) =>
          void verifier.verify(key).then((refusal) => {
            if (refusal !== null) this.end(refusal);
            // The connection was let go while somebody looked at the key, which is trusted now.
            else if (transport.destroyed) this.#reconnect();
            else if (!this.#isOver()) verify(true);
          }),
        authHandler: (left: readonly string[] | null, partial: boolean | null, next) =>
          void this.#nextAttempt({ methodsLeft: left ?? [], partialSuccess: partial === true }, next),
        // Deadlines and keepalive are ours: ssh2's stop for no prompt and know no clock.
        readyTimeout: 0,
        keepaliveInterval: 0,
      });
      this.#inside = lookInside(client, (name, instructions) =>
        this.#signIn.heard(`${name}\n${instructions}`),
      );
    } catch (error) {
      this.end(endings.brokenProtocol(error instanceof Error ? error.message : String(error)));
    }
  }

  #received(transport: ConnectionTransport, chunk: Buffer): void {
    this.#use?.heard();
    if (this.#phase !== 'key-exchange') return;
    this.#greeting.add(chunk);
    if (transport.received > this.#parts.limits.greetingBytes) {
      this.end(endings.tooMuchGreeting(hostAndPort(this.#target), this.#parts.limits.greetingBytes));
    }
  }

  async #nextAttempt(answer: ServerAnswer, next: NextAuthHandler): Promise<void> {
    let attempt: Awaited<ReturnType<SignIn['next']>>;
    try {
      attempt = await this.#signIn.next(answer);
    } catch (error) {
      this.end(endings.authenticationFailed(`Signing in failed: ${errorCode(error)}.`));
      return;
    }
    if (this.#isOver()) return;
    if ('kind' in attempt) this.#giveUp(attempt);
    else next(attempt);
  }

  #giveUp(outcome: Outcome): void {
    if (outcome.kind === 'reconnect') this.#reconnect();
    else if (outcome.kind === 'cancelled') this.end(endings.cancelled());
    else this.end(endings.withWords(endings.authenticationFailed(outcome.sentence), this.#signIn.said));
  }

  #authenticated(): void {
    this.#signIn.succeeded();
    const { kind } = this.#parts;
    if (kind === 'shell') this.#enter('opening-shell');
    else if (kind === 'files') this.#enter('opening-files');
    this.#deadline.start(this.#parts.limits.answerTimeoutMs);
    this.#use = this.#listener.use(this.#client, {
      isOver: () => this.#isOver(),
      opened: () => this.#opened(),
      refused: (message) => this.end(endings.notOpened(kind === 'files' ? 'files' : 'shell', message)),
      latency: this.#listener.latency,
      doubt: this.#listener.doubt,
      dead: (silentMs) => this.end(endings.lostNoAnswer(silentMs)),
      closed: () => this.end(closedEnding(this.#surroundings())),
    });
    this.#use.open();
  }

  #opened(): void {
    this.#deadline.stop();
    this.#phase = 'open';
    this.#listener.opened();
  }

  #clientError(error: Error & { readonly level?: string }): void {
    // The agent refused one key: the next attempt follows.
    if (error.level === 'agent') return;
    const surroundings = this.#surroundings();
    if (error.level === 'client-socket') this.end(socketErrorEnding(error, surroundings));
    else if (isShutOut(surroundings) && this.#signIn.needsNewConnection()) this.#reconnect();
    else this.end(sshErrorEnding(error, surroundings));
  }

  /** The socket is closed. */
  #socketClosed(): void {
    if (!this.#hostKeyQuestion.isOpen) this.end(closedEnding(this.#surroundings()));
  }

  #surroundings(): Environment {
    return {
      phase: this.#phase,
      target: hostAndPort(this.#target),
      host: this.#target.host,
      user: this.#target.user,
      limits: this.#parts.limits,
      greeting: this.#greeting,
      hasReceived: this.#transport?.received !== 0,
      disconnect: this.#inside?.disconnect ?? null,
      exit: this.#use?.exit ?? null,
      isAsking: this.#signIn.isAsking,
      said: this.#signIn.said,
      refusal: this.#signIn.refusal(),
    };
  }
}
