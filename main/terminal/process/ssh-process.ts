import { assertNever } from '../../../preload/contract/result.ts';
import type { TerminalThemeId } from '../../../preload/contract/settings.ts';
import type { SessionId } from '../../../preload/contract/brands.ts';
import type {
  EndedState,
  FromSshProcess,
  SecretKind,
  SecretPlace,
  SessionTarget,
  ToSshProcess,
} from '../protocol.ts';
import type { Environment } from './auth/paths.ts';
import type { WallClock } from '../../clock/index.ts';
import type { HostOfAccount } from '../expected-host-keys.ts';
import { isExpectedAt } from '../expected-until.ts';
import type { ConnectionLimits } from './connection-parts.ts';
import { errorCode } from './errors.ts';
import type { HostAddress } from './known-hosts.ts';
import { knownHostsFiles, type KnownHosts } from './known-hosts-file.ts';
import type { SessionPort } from './port.ts';
import { Session, type SessionParts } from './session.ts';

/** So long after a keystroke somebody counts as typing. */
const typingMs = 2_000;

export interface SshProcessParts {
  readonly clock: WallClock;
  readonly limits: ConnectionLimits;
  readonly surroundings: Environment;
  readonly send: (message: FromSshProcess) => void;
}

/** The ssh process without its process: all sessions, driven by main's messages. */
export class SshProcess {
  readonly #parts: SshProcessParts;
  readonly #sessions = new Map<SessionId, Session>();
  /** Servers that were reinstalled: until when a new host key is expected of each, unless it was accepted before. */
  readonly #newKeys = new Map<string, number>();
  readonly #secretRequests = new Map<number, (secret: string | null) => void>();
  #lastRequestId = 0;
  #theme: TerminalThemeId = 'evorxa-dark';
  #lastTypedMs = Number.NEGATIVE_INFINITY;
  #started: { readonly knownHosts: KnownHosts; readonly scrollbackLines: number } | null = null;

  constructor(parts: SshProcessParts) {
    this.#parts = parts;
  }

  /** Takes a message of main; `port` is the one that came along with an `attach`. */
  receive(message: ToSshProcess, port: SessionPort | null): void {
    switch (message.type) {
      case 'start':
        this.#started = {
          knownHosts: knownHostsFiles(message.knownHostsPath, message.readOnlyKnownHostsPaths),
          scrollbackLines: message.scrollbackLines,
        };
        this.#theme = message.theme;
        this.#parts.send({ type: 'ready' });
        return;
      case 'theme':
        this.#theme = message.theme;
        for (const session of this.#sessions.values()) session.useTheme(message.theme);
        return;
      case 'open':
        this.#open(message.target, message.endedState);
        return;
      case 'attach':
        if (port !== null) this.#attach(message.sessionId, port);
        return;
      case 'close':
        this.#sessions.get(message.sessionId)?.close();
        this.#sessions.delete(message.sessionId);
        return;
      case 'forget-host-key':
        void this.#forgetHostKey(message.requestId, message);
        return;
      case 'expect-new-key':
        this.#newKeys.set(newKeyName(message), message.untilMs);
        for (const session of this.#sessionsAt(message))
          if (session.target.accountId === message.accountId && this.#expectsNewKey(message))
            session.newKeyExpected();
        return;
      case 'account-gone':
        for (const name of this.#newKeys.keys())
          if (name.startsWith(`${message.accountId} `)) this.#newKeys.delete(name);
        return;
      case 'secret':
        this.#secretRequests.get(message.requestId)?.(message.secret);
        this.#secretRequests.delete(message.requestId);
        return;
      case 'ask-ends':
        void this.#answerEnds(message.requestId, message.sessionId);
        return;
      case 'resumed':
        for (const session of this.#sessions.values()) session.probe();
        return;
      default:
        assertNever(message);
    }
  }

  #open(target: SessionTarget, endedState: EndedState | null): void {
    if (this.#started === null) throw new Error('The ssh process was not started');
    const session = new Session(target, this.#sessionParts(target, this.#started), endedState);
    session.useTheme(this.#theme);
    this.#sessions.set(target.sessionId, session);
    if (endedState === null) session.connect();
  }

  #attach(sessionId: SessionId, port: SessionPort): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) port.close();
    else session.attach(port);
  }

  async #forgetHostKey(requestId: number, { host, port }: HostAddress): Promise<void> {
    let problem: string | null = null;
    try {
      const sessions = this.#sessionsAt({ host, port });
      // What has stopped a session: its server under another name, or a jump host.
      const changed = sessions.flatMap(({ changedKey }) => changedKey ?? []);
      for (const each of changed.length > 0 ? changed : [{ host, port }])
        await this.#started?.knownHosts.forget(each);
      for (const session of sessions) session.hostKeyForgotten();
    } catch (error) {
      problem = errorCode(error);
    }
    this.#parts.send({ type: 'host-key-forgotten', requestId, problem });
  }

  async #answerEnds(requestId: number, sessionId: SessionId): Promise<void> {
    const ends = (await this.#sessions.get(sessionId)?.ends()) ?? null;
    this.#parts.send({ type: 'ends', requestId, ends });
  }

  /** Judged by the clock as it is now: a process may outlive the day. */
  #expectsNewKey(of: HostOfAccount): boolean {
    const untilMs = this.#newKeys.get(newKeyName(of));
    return untilMs !== undefined && isExpectedAt(untilMs, this.#parts.clock.now());
  }

  #sessionsAt({ host, port }: HostAddress): readonly Session[] {
    return [...this.#sessions.values()].filter(({ target }) => target.host === host && target.port === port);
  }

  #sessionParts(
    target: SessionTarget,
    started: { readonly knownHosts: KnownHosts; readonly scrollbackLines: number },
  ): SessionParts {
    const { clock, limits, surroundings, send } = this.#parts;
    const { sessionId } = target;
    return {
      clock,
      limits,
      surroundings,
      ...started,
      isTyping: () => clock.now() - this.#lastTypedMs < typingMs,
      onTyped: () => {
        this.#lastTypedMs = clock.now();
      },
      onState: (state, sinceMs) => send({ type: 'state', sessionId, state, sinceMs }),
      expectsNewKey: () => this.#expectsNewKey(target),
      newKeyTaken: () => {
        this.#newKeys.delete(newKeyName(target));
        send({ type: 'new-key-taken', sessionId });
      },
      onRoute: (route) => send({ type: 'routed', sessionId, route }),
      savedSecret: (kind, place) => this.#savedSecret(sessionId, kind, place),
      secretRefused: (kind, place) => send({ type: 'secret-refused', sessionId, kind, place }),
      rememberSecret: (kind, place, secret) =>
        send({ type: 'remember-secret', sessionId, kind, place, secret }),
      keyWorked: (keyFingerprint) => send({ type: 'authenticated', sessionId, keyFingerprint }),
    };
  }

  #savedSecret(sessionId: SessionId, kind: SecretKind, place: SecretPlace): Promise<string | null> {
    const requestId = (this.#lastRequestId += 1);
    return new Promise((resolve) => {
      this.#secretRequests.set(requestId, resolve);
      this.#parts.send({ type: 'secret-wanted', requestId, sessionId, kind, place });
    });
  }
}

function newKeyName({ accountId, host, port }: HostOfAccount): string {
  return `${accountId} ${host} ${port}`;
}
