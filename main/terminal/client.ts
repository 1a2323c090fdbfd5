import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import { errorText } from '../../preload/contract/errors-words.ts';
import { assertNever } from '../../preload/contract/result.ts';
import type {
  SshSettings,
  SessionKind,
  SessionPhase,
  TerminalSession,
} from '../../preload/contract/terminal.ts';
import type { SshConnectionEnds } from '../ssh/index.ts';
import type {
  EditNews,
  EndedState,
  FileOrder,
  FromSshProcess,
  Routing,
  SecretKind,
  SessionRoute,
  SessionTarget,
  ToSshProcess,
} from './protocol.ts';
import type { SshRequest } from './requests.ts';
import { crashed, notConnected, ownerOf, shownTarget } from './session-words.ts';
import { SshRequests, type SshAnswer } from './ssh-requests.ts';
import type { SecretOwner } from './ssh-secrets.ts';

/** The part of Electron's `UtilityProcess` that is used here; `Port` is its `MessagePortMain`. */
export interface SshChild<Port> {
  postMessage(message: ToSshProcess, ports?: Port[]): void;
  on(event: 'message', listener: (message: FromSshProcess) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** How an instance is reached, settled from its settings and its address. */
export interface SshTarget {
  /** The instance's name. */
  readonly title: string;
  readonly accountId: AccountId;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly auth: SshSettings['auth'];
  /** Fingerprint of the key that opened it last time. */
  readonly preferredKey: string | null;
  readonly routing: Routing;
}

export interface TerminalsParts<Port> {
  /** Starts the ssh process. */
  readonly fork: () => SshChild<Port>;
  readonly start: Omit<Extract<ToSshProcess, { readonly type: 'start' }>, 'type'>;
  readonly newSessionId: () => SessionId;
  readonly nowMs: () => number;
  /** Null: the instance is unknown or has no address yet. */
  readonly settingsFor: (instanceId: InstanceId) => SshTarget | null;
  /** A kept secret of the very target that a session was opened on, whatever its instance's settings say by now. */
  readonly secretFor: (owner: SecretOwner, kind: SecretKind) => Promise<string | null>;
  readonly rememberSecret: (owner: SecretOwner, kind: SecretKind, secret: string) => Promise<void>;
  readonly forgetSecret: (owner: SecretOwner, kind: SecretKind) => Promise<void>;
  /** Until when (epoch) its one new host key is expected, as it was reinstalled from here; null: none is. */
  readonly newKeyExpectedUntilMs: (
    target: Pick<SessionTarget, 'accountId' | 'host' | 'port'>,
  ) => number | null;
  readonly newKeyTaken: (target: SessionTarget) => void;
  /** Which key opened the instance; null: none did, a password was enough. */
  readonly rememberKey: (target: SessionTarget, fingerprint: string | null) => void;
  readonly onChanged: (sessions: readonly TerminalSession[]) => void;
  /** How it stands with a file that is edited here. */
  readonly onEdit: (news: EditNews, sessionId: SessionId) => void;
  /** A failure that no person waits for: the keychain could not keep a secret, the process crashed. */
  readonly report: (error: unknown) => void;
}

/** Main's side of the terminals. */
export interface Terminals<Port> {
  readonly sessions: () => readonly TerminalSession[];
  /** Opens a session, a shell unless another kind is named; null when there is nothing to connect to. */
  readonly open: (instanceId: InstanceId, kind?: SessionKind) => SessionId | null;
  /** The same for one that was there in the last run: it connects when it is asked to. Null: the instance is gone. */
  readonly restore: (instanceId: InstanceId, kind?: SessionKind) => SessionId | null;
  /** Whose a session is, and on what; null when there is no such session. */
  readonly ownerOf: (sessionId: SessionId) => SessionOwner | null;
  /** Hands a view's port to a session; false when there is no such session. */
  readonly attach: (sessionId: SessionId, port: Port) => boolean;
  readonly close: (sessionId: SessionId) => void;
  /** Gives an order to a session with files; false where there is none of that id. */
  readonly orderFiles: (sessionId: SessionId, order: FileOrder) => boolean;
  /** Forgets the host key that was trusted for an instance's address; rejects when it could not. */
  readonly forgetHostKey: (instanceId: InstanceId) => Promise<void>;
  /** Asks the ssh process something besides sessions; where it was not there it goes again. */
  readonly request: <R extends SshRequest>(request: R) => Promise<SshAnswer<R>>;
  /** Sessions of this instance's address are told that one new host key is expected there. */
  readonly expectNewKey: (instanceId: InstanceId) => void;
  /**
   * Both ends of a session that is open to an instance, as the instance sees them; null where it does not say. Undefined
   * where no session is open.
   */
  readonly endsAt: (
    of: Pick<SessionTarget, 'accountId' | 'instanceId'>,
  ) => Promise<SshConnectionEnds | null> | undefined;
  /** The account was signed out: for its sessions, which go on, no new host key is expected any longer. */
  readonly accountGone: (accountId: AccountId) => void;
  /** Views draw with other colours from now on: `start.theme`. */
  readonly themeChanged: () => void;
  /** It is set otherwise whether a session connects again by itself: `start.reconnects`. */
  readonly reconnectsChanged: () => void;
  /** The machine woke, or its network changed. */
  readonly probe: () => void;
  /** Ends the process and all its sessions. */
  readonly stop: () => void;
}

/** Whose a session is, and on what. */
export interface SessionOwner {
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  readonly title: string;
  readonly kind: SessionKind;
}

interface Session {
  readonly target: SessionTarget;
  readonly title: string;
  /** Null until it connects. */
  readonly route: SessionRoute | null;
  readonly isRestored: boolean;
  readonly state: SessionPhase;
  readonly sinceMs: number;
}

/**
 * Keeps the list of sessions and the process that holds them. The process starts with the first session and
 * goes with the last; when it crashes its sessions have ended, and the next use starts another, in which they
 * wait for the user to connect again.
 */
export function createTerminals<Port>(parts: TerminalsParts<Port>): Terminals<Port> {
  const sessions = new Map<SessionId, Session>();
  const requests = new SshRequests();
  let child: SshChild<Port> | null = null;
  let processNumber = 1;

  const list = (): readonly TerminalSession[] =>
    [...sessions.values()].map(({ target, title, route, state, sinceMs, isRestored }) => ({
      id: target.sessionId,
      kind: target.kind,
      instanceId: target.instanceId,
      title,
      target: route?.target ?? shownTarget(target),
      forwardsAgent: route?.forwardsAgent ?? false,
      state,
      sinceMs,
      process: processNumber,
      ...(isRestored && { isRestored }),
    }));
  const changed = (): void => parts.onChanged(list());

  const expectIn = (
    to: SshChild<Port>,
    { accountId, host, port }: Pick<SessionTarget, 'accountId' | 'host' | 'port'>,
  ): void => {
    const untilMs = parts.newKeyExpectedUntilMs({ accountId, host, port });
    if (untilMs !== null) to.postMessage({ type: 'expect-new-key', accountId, host, port, untilMs });
  };

  const openIn = (to: SshChild<Port>, target: SessionTarget, endedState: EndedState | null): void => {
    expectIn(to, target);
    to.postMessage({ type: 'open', target, endedState });
  };

  const newTarget = (
    instanceId: InstanceId,
    kind: SessionKind,
  ): { target: SessionTarget; title: string } | null => {
    const settings = parts.settingsFor(instanceId);
    if (settings === null) return null;
    const { title, ...reach } = settings;
    return { target: { ...reach, kind, instanceId, sessionId: parts.newSessionId() }, title };
  };

  const process = (): SshChild<Port> => {
    if (child !== null) return child;
    const started = parts.fork();
    child = started;
    started.on('message', (message) => {
      if (child === started) receive(started, message);
    });
    started.on('exit', (code) => {
      if (child === started) lost(code);
    });
    started.postMessage({ type: 'start', ...parts.start });
    for (const { target, state } of sessions.values()) {
      if (state.phase === 'ended') openIn(started, target, state);
    }
    return started;
  };

  const gone = (): void => {
    child = null;
    requests.gone();
  };

  const lost = (code: number): void => {
    gone();
    processNumber += 1;
    parts.report(new Error(`The ssh process stopped with code ${code}`));
    for (const [id, session] of sessions) {
      // What the process would have connected again by itself waits for Enter too.
      if (session.state.phase !== 'ended' || session.state.nextAttempt !== undefined)
        sessions.set(id, { ...session, state: crashed, sinceMs: parts.nowMs() });
    }
    changed();
  };

  const stop = (): void => {
    const stopped = child;
    gone();
    stopped?.kill();
  };

  /** Nobody needs the process now. */
  const stopIdle = (): void => {
    if (sessions.size === 0 && requests.isIdle) stop();
  };

  const receive = (from: SshChild<Port>, message: FromSshProcess): void => {
    if (message.type === 'ready') return;
    if (message.type === 'answer') {
      requests.received(message.requestId, message.answer);
      return;
    }
    // What a session says after it was closed is no longer wanted.
    const session = sessions.get(message.sessionId);
    if (session === undefined) return;
    const { target } = session;
    switch (message.type) {
      case 'state':
        sessions.set(message.sessionId, {
          ...session,
          state: message.state,
          sinceMs: message.sinceMs,
          isRestored: session.isRestored && message.state.phase === 'ended',
        });
        changed();
        return;
      case 'secret-wanted':
        void answerSecret(from, message.requestId, ownerOf(target, message.place), message.kind);
        return;
      case 'remember-secret':
        parts
          .rememberSecret(ownerOf(target, message.place), message.kind, message.secret)
          .catch(parts.report);
        return;
      case 'secret-refused':
        parts.forgetSecret(ownerOf(target, message.place), message.kind).catch(parts.report);
        return;
      case 'routed':
        sessions.set(message.sessionId, { ...session, route: message.route });
        changed();
        return;
      case 'edit-opened':
      case 'edit-failed':
      case 'edit-uploaded':
      case 'edit-not-uploaded':
        parts.onEdit(message, message.sessionId);
        return;
      case 'new-key-taken':
        parts.newKeyTaken(target);
        return;
      case 'authenticated':
        parts.rememberKey(target, message.keyFingerprint);
        return;
      default:
        assertNever(message);
    }
  };

  const request: Terminals<Port>['request'] = async (asked) => {
    const answer = await requests.send(process(), asked);
    stopIdle();
    return answer;
  };

  /** A keychain that is locked or away holds nobody up: the user is asked instead. */
  const answerSecret = async (
    to: SshChild<Port>,
    requestId: number,
    owner: SecretOwner,
    kind: SecretKind,
  ): Promise<void> => {
    let secret: string | null = null;
    try {
      secret = await parts.secretFor(owner, kind);
    } catch (error) {
      parts.report(error);
    }
    if (child === to) to.postMessage({ type: 'secret', requestId, secret });
  };

  return {
    sessions: list,
    open: (instanceId, kind = 'shell') => {
      const made = newTarget(instanceId, kind);
      if (made === null) return null;
      const { target, title } = made;
      const to = process();
      const state = { phase: 'resolving' } as const;
      const sinceMs = parts.nowMs();
      sessions.set(target.sessionId, { target, title, route: null, state, sinceMs, isRestored: false });
      openIn(to, target, null);
      changed();
      return target.sessionId;
    },
    restore: (instanceId, kind = 'shell') => {
      const made = newTarget(instanceId, kind);
      if (made === null) return null;
      const { target, title } = made;
      const state = notConnected;
      sessions.set(target.sessionId, {
        target,
        title,
        route: null,
        state,
        sinceMs: parts.nowMs(),
        isRestored: true,
      });
      // A process that starts later is told of it then.
      if (child !== null) openIn(child, target, state);
      changed();
      return target.sessionId;
    },
    ownerOf: (sessionId) => {
      const session = sessions.get(sessionId);
      if (session === undefined) return null;
      const { accountId, instanceId, kind } = session.target;
      return { accountId, instanceId, title: session.title, kind };
    },
    attach: (sessionId, port) => {
      const session = sessions.get(sessionId);
      if (session === undefined) return false;
      const type = session.target.kind === 'shell' ? 'attach' : 'attach-files';
      process().postMessage({ type, sessionId }, [port]);
      return true;
    },
    close: (sessionId) => {
      if (!sessions.delete(sessionId)) return;
      child?.postMessage({ type: 'close', sessionId });
      stopIdle();
      changed();
    },
    orderFiles: (sessionId, order) => {
      if (sessions.get(sessionId)?.target.kind !== 'files' || child === null) return false;
      child.postMessage({ type: 'files', sessionId, order });
      return true;
    },
    forgetHostKey: async (instanceId) => {
      const settings = parts.settingsFor(instanceId);
      if (settings === null) return;
      const { host, port } = settings;
      const answer = await request({ kind: 'forget-host-key', host, port });
      if (!answer.ok) throw new Error(`The host key could not be forgotten: ${errorText(answer.error)}`);
    },
    request,
    expectNewKey: (instanceId) => {
      const settings = parts.settingsFor(instanceId);
      if (settings !== null && child !== null) expectIn(child, settings);
    },
    endsAt: ({ accountId, instanceId }) => {
      const open = [...sessions.values()].findLast(
        ({ target, state }) =>
          target.accountId === accountId && target.instanceId === instanceId && state.phase === 'open',
      );
      if (open === undefined || child === null) return undefined;
      const { sessionId } = open.target;
      return request({ kind: 'ends', sessionId }).then((answer) => (answer.ok ? answer.value : null));
    },
    accountGone: (accountId) => child?.postMessage({ type: 'account-gone', accountId }),
    themeChanged: () => child?.postMessage({ type: 'theme', theme: parts.start.theme }),
    reconnectsChanged: () => child?.postMessage({ type: 'reconnects', isWanted: parts.start.reconnects }),
    probe: () => child?.postMessage({ type: 'probe' }),
    stop,
  };
}
