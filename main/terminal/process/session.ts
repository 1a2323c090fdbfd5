import type { TerminalThemeId } from '../../../preload/contract/settings.ts';
import type { PortToSession, SessionPhase } from '../../../preload/contract/terminal.ts';
import type { EndedState, SecretKind, SecretPlace, SessionRoute, SessionTarget } from '../protocol.ts';
import type { Environment } from './auth/paths.ts';
import type { Clock } from '../../clock/index.ts';
import type { SshConnectionEnds } from '../../ssh/index.ts';
import type { ConnectionLimits } from './connection-parts.ts';
import * as endings from './disconnect-reason.ts';
import type { Ending } from './disconnect-reason.ts';
import type { HostAddress } from './known-hosts.ts';
import type { KnownHosts } from './known-hosts-file.ts';
import type { SessionPort } from './port.ts';
import { ShellConnection } from './shell-connection.ts';
import { Reconnecting } from './reconnecting.ts';
import type { ScriptRun } from './run-script.ts';
import { sessionConnection } from './session-connection.ts';
import { SessionOutput } from './session-output.ts';
import { SessionState } from './session-state.ts';
import { lostLine, notEntered } from './terminal-lines.ts';
import { shownDirectory, type DirectoryEntry } from './working-directory.ts';

/** What a session needs of the process around it. */
export interface SessionParts {
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly knownHosts: KnownHosts;
  readonly surroundings: Environment;
  readonly scrollbackLines: number;
  /** Whether a session that is lost connects again by itself, as it is set now. */
  readonly reconnects: () => boolean;
  /** 0 to 1. */
  readonly random: () => number;
  /** Whether somebody types in any session, and the news that somebody does in this one. */
  readonly isTyping: () => boolean;
  readonly onTyped: () => void;
  readonly onOutput: (bytes: number) => void;
  /** The shell has printed this; only good until it returns. */
  readonly printed: (chunk: Uint8Array) => void;
  readonly onState: (state: SessionPhase, sinceMs: number) => void;
  /** The server was reinstalled from here, and its new host key was not accepted yet. */
  readonly expectsNewKey: () => boolean;
  readonly newKeyTaken: () => void;
  /** By which way it connects now. */
  readonly onRoute: (route: SessionRoute) => void;
  readonly savedSecret: (kind: SecretKind, place: SecretPlace) => Promise<string | null>;
  readonly secretRefused: (kind: SecretKind, place: SecretPlace) => void;
  readonly rememberSecret: (kind: SecretKind, place: SecretPlace, secret: string) => void;
  /** What the user typed was right. */
  readonly secretWorked: (kind: SecretKind, place: SecretPlace, secret: string) => void;
  readonly keyWorked: (fingerprint: string | null) => void;
}

/**
 * A tab's session: its state, its output, and one connection after the other. It lives on while no view is
 * attached, and after its connection is lost: then it waits for `reconnect`, or connects again by itself where that is set.
 */
export class Session {
  readonly target: SessionTarget;
  readonly #parts: SessionParts;
  /** The connection has written to the terminal. */
  #hasOutput = false;
  readonly #shown: SessionOutput;
  #connection: ShellConnection | null = null;
  #port: SessionPort | null = null;
  readonly #state: SessionState;
  readonly #reconnecting: Reconnecting;
  #size = { columns: 80, rows: 24 };

  /** `endedState` is that of a session that a former process had. */
  constructor(target: SessionTarget, parts: SessionParts, endedState: EndedState | null) {
    this.target = target;
    this.#parts = parts;
    this.#state = new SessionState(parts.clock, endedState ?? { phase: 'resolving' }, (state, sinceMs) => {
      this.#port?.send({ type: 'state', state, sinceMs });
      parts.onState(state, sinceMs);
    });
    this.#reconnecting = new Reconnecting({
      ...parts,
      isWanted: parts.reconnects,
      state: this.#state,
      connect: () => this.#connect(),
      end: (ending) => this.#connection?.end(ending),
    });
    this.#shown = new SessionOutput(parts.clock, parts.scrollbackLines, {
      answer: (text) => this.#connection?.write(Buffer.from(text, 'utf8')),
      pause: () => this.#connection?.pause(),
      resume: () => this.#connection?.resume(),
      isTyping: parts.isTyping,
    });
  }

  /** Connects as somebody asks, unless it does already. */
  connect(): void {
    if (this.#connection !== null) return;
    this.#reconnecting.askedFor();
    this.#connect();
  }

  #connect(): void {
    const { parts, listener } = sessionConnection(this.#parts, this.#state, this.#reconnecting);
    this.#connection = new ShellConnection(this.target, parts, {
      ...listener,
      windowSize: () => this.#size,
      directory: () => this.#shown.mirror.directory,
      entered: (entry) => this.#entered(entry),
      said: (lines) => this.#say(lines),
      output: (chunk) => {
        this.#hasOutput = true;
        this.#parts.printed(chunk);
        this.#output(chunk);
      },
      ended: (ending) => this.#ended(ending),
    });
    this.#state.begin();
    this.#connection.start();
  }

  /** Gives the session to a view: its state, the terminal's, then what is new. A former view is let go. */
  attach(port: SessionPort): void {
    this.#port?.close();
    this.#port = port;
    port.onMessage((message) => this.#port === port && this.#receive(message));
    port.onClose(() => this.#detach(port));
    port.send({ type: 'state', state: this.#state.now, sinceMs: this.#state.sinceMs });
    this.#shown.attach(port);
  }

  /** Ends it for good. */
  close(): void {
    this.#reconnecting.stop();
    this.#connection?.end(endings.closed());
    this.#port?.close();
    this.#port = null;
    this.#shown.dispose();
  }

  /** The machine woke, or its network changed: finds out whether the other side is still there. */
  probe(): void {
    this.#connection?.probe();
    this.#reconnecting.now();
  }

  /** It is set otherwise whether a session connects again by itself. */
  reconnectsChanged(): void {
    if (!this.#parts.reconnects()) this.#reconnecting.cancel();
  }

  /** Both ends of its connection, as the server sees them; null where that is not known. */
  ends(): Promise<SshConnectionEnds | null> {
    return this.#connection?.ends() ?? Promise.resolve(null);
  }

  /** Has the server run a script beside the shell; null where the session is not open. */
  runScript(script: string): Promise<ScriptRun | null> {
    return this.#connection?.runScript(script) ?? Promise.resolve(null);
  }

  /** Nothing comes for a while: gives back what output left behind, here and in the view. */
  rest(): void {
    if (this.#shown.rest()) this.#port?.send({ type: 'rest' });
  }

  /** The colours that views draw with from now on. */
  useTheme(theme: TerminalThemeId): void {
    this.#shown.mirror.useTheme(theme);
  }

  /** Known_hosts's name of the server whose changed key has stopped the session; null: none has. */
  get changedKey(): HostAddress | null {
    return this.#state.changedKey;
  }

  /** The trusted key of the session's host was forgotten: what stopped it may be tried again. */
  hostKeyForgotten(): void {
    this.#state.hostKeyForgotten();
  }

  /** The session's server was reinstalled: what its changed key stopped may be tried again. */
  newKeyExpected(): void {
    this.#state.newKeyExpected();
  }

  #receive(message: PortToSession): void {
    switch (message.type) {
      case 'data':
        this.#typed(Buffer.from(message.text, 'utf8'));
        return;
      case 'binary':
        this.#typed(Buffer.from(message.latin1, 'latin1'));
        return;
      case 'ack':
        this.#shown.parsed(message.bytes);
        return;
      case 'restored':
        this.#shown.restored();
        return;
      case 'reading':
        this.#shown.reading(message.isReading);
        return;
      case 'resize':
        this.#resize(message.columns, message.rows);
        return;
      case 'answer':
        this.#state.answered(message);
        return;
      case 'reconnect':
        if (this.#state.now.phase === 'ended' && this.#state.now.retryable) this.connect();
        return;
      case 'cancel':
        if (this.#state.now.phase !== 'open') this.#connection?.end(endings.cancelled());
        this.#reconnecting.cancel();
    }
  }

  #typed(data: Buffer): void {
    this.#parts.onTyped();
    this.#shown.typed();
    this.#connection?.write(data);
  }

  #output(chunk: Buffer): void {
    this.#parts.onOutput(chunk.length);
    this.#shown.write(chunk);
  }

  #resize(columns: number, rows: number): void {
    const isNew = columns !== this.#size.columns || rows !== this.#size.rows;
    this.#size = { columns, rows };
    this.#shown.resize(columns, rows);
    if (isNew) this.#connection?.resize(columns, rows);
  }

  #detach(port: SessionPort): void {
    if (this.#port !== port) return;
    this.#port = null;
    this.#shown.detach();
  }

  /** Writes lines of our own into the terminal. */
  #say(lines: string): void {
    this.#output(Buffer.from(`${lines.replaceAll('\n', '\r\n')}\r\n`));
  }

  /** Says where a shell begins that was to begin where the lost one was. */
  #entered(entry: DirectoryEntry): void {
    const { directory } = this.#shown.mirror;
    if (entry === 'entered' || directory === null) return;
    this.#shown.mirror.forgetDirectory();
    this.#say(notEntered(shownDirectory(directory), directory.host, entry));
  }

  #ended(ending: Ending): void {
    this.#connection = null;
    // What the program has set ends with it: the next one, or whoever reads on, finds a terminal as a new one.
    if (this.#hasOutput) this.#output(Buffer.from(this.#shown.mirror.neutral(), 'utf8'));
    if (this.#hasOutput && ending.reason === 'lost') this.#say(lostLine(this.#parts.clock.now()));
    // Whoever leaves a shell begins anew.
    if (ending.reason === 'exited') this.#shown.mirror.forgetDirectory();
    this.#hasOutput = false;
    this.#shown.ended();
    this.#reconnecting.ended(ending);
  }
}
