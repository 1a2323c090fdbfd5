import { useLocales } from '../../../preload/contract/locales.ts';
import { assertNever } from '../../../preload/contract/result.ts';
import type { TerminalThemeId } from '../../../preload/contract/settings.ts';
import type { SessionId } from '../../../preload/contract/brands.ts';
import type { EndedState, FromSshProcess, SessionTarget, ToSshProcess } from '../protocol.ts';
import { answerParts } from './answer-parts.ts';
import type { Environment } from './auth/paths.ts';
import type { Clock } from '../../clock/index.ts';
import type { ConnectionLimits } from './connection-parts.ts';
import { ExpectedKeys } from './expected-keys.ts';
import type { HostAddress } from './known-hosts.ts';
import { changeKey } from './key-install.ts';
import { knownHostsFiles, type KnownHostsFiles } from './known-hosts-file.ts';
import type { FilePort } from './files/file-port.ts';
import type { ForwardPort } from './forwards/forward-port.ts';
import { ForwardSession } from './forwards/forward-session.ts';
import { FileSession } from './files/file-session.ts';
import { MemoryRest } from './memory-rest.ts';
import type { SessionPort } from './port.ts';
import { answerRequest } from './requests.ts';
import { SecretRequests } from './secret-requests.ts';
import { SessionLogs } from './session-log/session-logs.ts';
import type { ScriptRun } from './run-script.ts';
import { isSameTarget, SharedSecrets } from './shared-secrets.ts';
import { Session, type SessionParts } from './session.ts';
import { checkSignIn, type SignInCheckParts } from './sign-in-check.ts';

type AnySession = Session | FileSession | ForwardSession;

/** So long after a keystroke somebody counts as typing. */
const typingMs = 2_000;

export interface SshProcessParts {
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly surroundings: Environment;
  readonly send: (message: FromSshProcess) => void;
  readonly collectGarbage: () => void;
}

/** The ssh process without its process: all sessions, driven by main's messages. */
export class SshProcess {
  readonly #parts: SshProcessParts;
  readonly #sessions = new Map<SessionId, AnySession>();
  readonly #newKeys: ExpectedKeys;
  readonly #sharedSecrets = new SharedSecrets();
  readonly #memoryRest: MemoryRest;
  readonly #secretRequests: SecretRequests;
  readonly #logs = new SessionLogs((sessionId, problem) =>
    this.#parts.send({ type: 'log-failed', sessionId, problem }),
  );
  #theme: TerminalThemeId = 'evorxa-dark';
  #reconnects = false;
  #lastTypedMs = Number.NEGATIVE_INFINITY;
  #started: { readonly knownHosts: KnownHostsFiles; readonly scrollbackLines: number } | null = null;

  constructor(parts: SshProcessParts) {
    this.#parts = parts;
    this.#newKeys = new ExpectedKeys(parts.clock);
    this.#secretRequests = new SecretRequests(parts.send);
    this.#memoryRest = new MemoryRest(parts.clock, {
      isTyping: () => this.#isTyping(),
      rest: () => {
        for (const session of this.#sessions.values()) if (session instanceof Session) session.rest();
        parts.collectGarbage();
      },
    });
  }

  /** Takes a message of main; one of the ports is that which came along with an attachment. */
  receive(
    message: ToSshProcess,
    port: SessionPort | null,
    filePort: FilePort | null = null,
    forwardPort: ForwardPort | null = null,
  ): void {
    switch (message.type) {
      case 'start':
        this.#started = {
          knownHosts: knownHostsFiles(
            message.knownHostsPath,
            message.userKnownHostsPaths,
            message.systemKnownHostsPaths,
          ),
          scrollbackLines: message.scrollbackLines,
        };
        this.#theme = message.theme;
        this.#reconnects = message.reconnects;
        useLocales(message.locales);
        this.#parts.send({ type: 'ready' });
        return;
      case 'theme':
        this.#theme = message.theme;
        for (const session of this.#sessions.values())
          if (session instanceof Session) session.useTheme(message.theme);
        return;
      case 'reconnects':
        this.#reconnects = message.isWanted;
        for (const session of this.#sessions.values())
          if (!(session instanceof ForwardSession)) session.reconnectsChanged();
        return;
      case 'open':
        this.#open(message.target, message.endedState);
        return;
      case 'attach':
        if (port !== null) this.#attach(message.sessionId, port);
        return;
      case 'attach-files':
        if (filePort !== null) this.#attachFiles(message.sessionId, filePort);
        return;
      case 'attach-forwards':
        if (forwardPort !== null) this.#attachForwards(message.sessionId, forwardPort);
        return;
      case 'forwards': {
        const session = this.#sessions.get(message.sessionId);
        if (session instanceof ForwardSession) session.take(message.orders);
        return;
      }
      case 'files': {
        const session = this.#sessions.get(message.sessionId);
        if (session instanceof FileSession) session.take(message.order);
        return;
      }
      case 'close':
        this.#sessions.get(message.sessionId)?.close();
        this.#sessions.delete(message.sessionId);
        this.#sharedSecrets.drop(message.sessionId);
        void this.#logs.stop(message.sessionId);
        return;
      case 'expect-new-key':
        this.#newKeys.expect(message, message.untilMs);
        for (const session of this.#sessionsAt(message))
          if (session.target.accountId === message.accountId && this.#newKeys.isExpected(message))
            session.newKeyExpected();
        return;
      case 'account-gone':
        this.#newKeys.accountGone(message.accountId);
        return;
      case 'secret':
        this.#secretRequests.answered(message.requestId, message.secret);
        return;
      case 'request':
        void this.#answer(message);
        return;
      case 'probe':
        for (const session of this.#sessions.values()) session.probe();
        return;
      default:
        assertNever(message);
    }
  }

  #open(target: SessionTarget, endedState: EndedState | null): void {
    if (this.#started === null) throw new Error('The ssh process was not started');
    const parts = this.#sessionParts(target, this.#started);
    const { sessionId } = target;
    const session = this.#made(target, parts, endedState);
    if (session instanceof Session) session.useTheme(this.#theme);
    this.#sessions.set(sessionId, session);
    if (endedState === null) session.connect();
  }

  #made(target: SessionTarget, parts: SessionParts, endedState: EndedState | null): AnySession {
    const { sessionId } = target;
    const { send } = this.#parts;
    switch (target.kind) {
      case 'shell':
        return new Session(target, parts, endedState);
      case 'files':
        return new FileSession(target, parts, endedState, (news) => send({ ...news, sessionId }));
      case 'ports':
        return new ForwardSession(target, parts, endedState, (reports) =>
          send({ type: 'forwards', sessionId, reports }),
        );
      default:
        return assertNever(target.kind);
    }
  }

  #attach(sessionId: SessionId, port: SessionPort): void {
    const session = this.#sessions.get(sessionId);
    if (session instanceof Session) session.attach(port);
    else port.close();
  }

  #attachFiles(sessionId: SessionId, port: FilePort): void {
    const session = this.#sessions.get(sessionId);
    if (session instanceof FileSession) session.attach(port);
    else port.close();
  }

  #attachForwards(sessionId: SessionId, port: ForwardPort): void {
    const session = this.#sessions.get(sessionId);
    if (session instanceof ForwardSession) session.attach(port);
    else port.close();
  }

  async #answer({ requestId, request }: Extract<ToSshProcess, { readonly type: 'request' }>): Promise<void> {
    if (this.#started === null) throw new Error('The ssh process was not started');
    const { surroundings, send } = this.#parts;
    const { knownHosts } = this.#started;
    const partsFor = (target: SessionTarget, expectsNewKey: boolean): SignInCheckParts =>
      answerParts({ ...this.#parts, knownHosts }, expectsNewKey, () => this.#newKeys.taken(target));
    const answer = await answerRequest(request, {
      surroundings,
      knownHosts,
      onForgotten: (isMeant) => {
        for (const session of this.#sessions.values())
          if (isMeant(session.target)) session.hostKeyForgotten();
      },
      // What has stopped a session: its server under another name, or a jump host.
      changedKeys: (address) => this.#sessionsAt(address).flatMap(({ changedKey }) => changedKey ?? []),
      checkSignIn: ({ target, expectsNewKey, passphrase }) =>
        checkSignIn(target, passphrase, partsFor(target, expectsNewKey)),
      changeKey: ({ target, expectsNewKey, change }) =>
        changeKey(target, change, partsFor(target, expectsNewKey), {
          typed: (kind, place) => this.#sharedSecrets.for(target, kind, place),
          runInOpenSession: (script) => this.#runInOpenSession(target, script),
        }),
      logs: this.#logs,
      ends: (sessionId) => this.#sessions.get(sessionId)?.ends() ?? Promise.resolve(null),
    });
    send({ type: 'answer', requestId, answer });
  }

  /** Over the first session that is open to the very same target; null where there is none. */
  async #runInOpenSession(target: SessionTarget, script: string): Promise<ScriptRun | null> {
    for (const session of this.#sessions.values()) {
      if (!(session instanceof Session) || !isSameTarget(session.target, target)) continue;
      const run = await session.runScript(script);
      if (run !== null) return run;
    }
    return null;
  }

  #isTyping(): boolean {
    return this.#parts.clock.monotonicMs() - this.#lastTypedMs < typingMs;
  }

  #sessionsAt({ host, port }: HostAddress): readonly AnySession[] {
    return [...this.#sessions.values()].filter(({ target }) => target.host === host && target.port === port);
  }

  #sessionParts(
    target: SessionTarget,
    started: { readonly knownHosts: KnownHostsFiles; readonly scrollbackLines: number },
  ): SessionParts {
    const { clock, limits, surroundings, send } = this.#parts;
    const { sessionId } = target;
    return {
      clock,
      limits,
      surroundings,
      ...started,
      reconnects: () => this.#reconnects,
      random: Math.random,
      isTyping: () => this.#isTyping(),
      onTyped: () => {
        this.#lastTypedMs = clock.monotonicMs();
      },
      onOutput: (bytes) => this.#memoryRest.took(bytes),
      printed: (chunk) => this.#logs.write(sessionId, chunk),
      onState: (state, sinceMs) => {
        if (state.phase === 'ended') this.#sharedSecrets.drop(sessionId);
        send({ type: 'state', sessionId, state, sinceMs });
      },
      expectsNewKey: () => this.#newKeys.isExpected(target),
      newKeyTaken: () => {
        this.#newKeys.taken(target);
        send({ type: 'new-key-taken', sessionId });
      },
      onRoute: (route) => send({ type: 'routed', sessionId, route }),
      savedSecret: async (kind, place) =>
        this.#sharedSecrets.for(target, kind, place) ??
        (await this.#secretRequests.ask(sessionId, kind, place)),
      secretRefused: (kind, place) => {
        this.#sharedSecrets.refused(target, kind, place);
        send({ type: 'secret-refused', sessionId, kind, place });
      },
      secretWorked: (kind, place, secret) => this.#sharedSecrets.hold(target, kind, place, secret),
      rememberSecret: (kind, place, secret) =>
        send({ type: 'remember-secret', sessionId, kind, place, secret }),
      keyWorked: (keyFingerprint) => send({ type: 'authenticated', sessionId, keyFingerprint }),
    };
  }
}
