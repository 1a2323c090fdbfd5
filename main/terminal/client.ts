import type { InstanceId } from '../../preload/contract/brands.ts';
import { errorText } from '../../preload/contract/errors-words.ts';
import { assertNever } from '../../preload/contract/result.ts';
import { ClientList } from './client-list.ts';
import { createClientLogs } from './client-logs.ts';
import type { ClientSession, SshChild, Terminals, TerminalsParts } from './client-parts.ts';
import type { ConnectionKind, EndedState, FromSshProcess, SecretKind, SessionTarget } from './protocol.ts';
import { notConnected, ownerOf } from './session-words.ts';
import { SshRequests } from './ssh-requests.ts';
import type { SecretOwner } from './ssh-secrets.ts';

const attachments = { shell: 'attach', files: 'attach-files', ports: 'attach-forwards' } as const;

/**
 * Keeps the list of sessions and the process that holds them. The process starts with the first session and
 * goes with the last; when it crashes its sessions have ended, and the next use starts another, in which they
 * wait for the user to connect again.
 */
export function createTerminals<Port>(parts: TerminalsParts<Port>): Terminals<Port> {
  const sessions = new ClientList(parts);
  const requests = new SshRequests();
  let child: SshChild<Port> | null = null;
  let stopping: Promise<void> | null = null;

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
    kind: ConnectionKind,
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
    for (const { target, state } of sessions.all()) {
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
    parts.report(new Error(`The ssh process stopped with code ${code}`));
    sessions.processLost();
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
        sessions.change({
          ...session,
          state: message.state,
          sinceMs: message.sinceMs,
          isRestored: session.isRestored && message.state.phase === 'ended',
        });
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
        sessions.change({ ...session, route: message.route });
        return;
      case 'forwards':
        parts.onForwards(message.sessionId, message.reports);
        return;
      case 'edit-opened':
      case 'edit-failed':
      case 'edit-uploaded':
      case 'edit-not-uploaded':
      case 'downloaded':
        parts.onFileNews(message, message.sessionId);
        return;
      case 'log-failed':
        logs.failed(message.sessionId, message.problem);
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

  const logs = createClientLogs({ sessions, request });

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

  const begin = ({ target, title }: NonNullable<ReturnType<typeof newTarget>>): ClientSession => {
    const to = process();
    const state = { phase: 'resolving' } as const;
    const session = { target, title, route: null, state, sinceMs: parts.nowMs(), isRestored: false };
    sessions.set(session);
    openIn(to, target, null);
    return session;
  };

  return {
    sessions: () => sessions.shown(),
    open: (instanceId, kind = 'shell') => {
      const made = newTarget(instanceId, kind);
      if (made === null) return null;
      const session = begin(made);
      sessions.change(session);
      return session.target.sessionId;
    },
    openForwards: (instanceId, orders) => {
      const made = newTarget(instanceId, 'ports');
      if (made === null) return null;
      const session = begin(made);
      child?.postMessage({ type: 'forwards', sessionId: session.target.sessionId, orders });
      return sessions.connectionOf(session);
    },
    orderForwards: (sessionId, orders) => {
      if (sessions.get(sessionId) !== undefined) child?.postMessage({ type: 'forwards', sessionId, orders });
    },
    restore: (instanceId, kind = 'shell') => {
      const made = newTarget(instanceId, kind);
      if (made === null) return null;
      const state = notConnected;
      const session = { ...made, route: null, state, sinceMs: parts.nowMs(), isRestored: true };
      const { target } = made;
      // A process that starts later is told of it then.
      if (child !== null) openIn(child, target, state);
      sessions.change(session);
      return target.sessionId;
    },
    ownerOf: (sessionId) => {
      const session = sessions.get(sessionId);
      if (session === undefined) return null;
      const { accountId, instanceId, kind } = session.target;
      if (kind === 'ports') return null;
      return { accountId, instanceId, title: session.title, kind };
    },
    attach: (sessionId, port) => {
      const session = sessions.get(sessionId);
      if (session === undefined) return false;
      process().postMessage({ type: attachments[session.target.kind], sessionId }, [port]);
      return true;
    },
    close: (sessionId) => {
      const session = sessions.get(sessionId);
      if (session === undefined) return;
      // What it has printed is on the disk before the process goes.
      if (session.log !== undefined) void request({ kind: 'stop-log', sessionId });
      child?.postMessage({ type: 'close', sessionId });
      sessions.delete(session);
      stopIdle();
    },
    startLog: logs.startLog,
    stopLog: logs.stopLog,
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
      const open = sessions
        .all()
        .findLast(
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
    stop: () => {
      if (child === null || !logs.isWriting()) stop();
      else
        stopping = logs.stopAll().then(() => {
          stopping = null;
          stop();
        });
    },
    writesDone: () => stopping,
  };
}
