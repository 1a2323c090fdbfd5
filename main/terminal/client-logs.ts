import type { SessionId } from '../../preload/contract/brands.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { ClientList } from './client-list.ts';
import type { Terminals } from './client-parts.ts';
import { logProblem } from './session-words.ts';

const noShell = fail({ kind: 'refused', message: 'This session is closed. Open a new one.' } as const);

/** What the logs of sessions take. */
export interface ClientLogsParts {
  readonly sessions: ClientList;
  readonly request: Terminals<unknown>['request'];
}

/** Main's side of the session logs: which session has one, and where. */
export interface ClientLogs extends Pick<Terminals<unknown>, 'startLog' | 'stopLog'> {
  /** A log of some session is being written. */
  readonly isWriting: () => boolean;
  /** Ends all of them; resolves once they are on the disk. */
  readonly stopAll: () => Promise<void>;
  /** A log cannot be written on; `code` as in `logProblem`. */
  readonly failed: (sessionId: SessionId, code: string) => void;
}

/** Starts and ends the logs of sessions in the ssh process, and keeps beside each session what became of its log. */
export function createClientLogs({ sessions, request }: ClientLogsParts): ClientLogs {
  return {
    startLog: async (sessionId, path, format) => {
      if (sessions.get(sessionId)?.target.kind !== 'shell') return noShell;
      const answer = await request({ kind: 'start-log', sessionId, path, format });
      if (!answer.ok)
        return fail({
          kind: 'refused',
          message: logProblem('message' in answer.error ? answer.error.message : answer.error.kind),
        });
      const session = sessions.get(sessionId);
      // Closed meanwhile: its log goes with it.
      if (session === undefined) return request({ kind: 'stop-log', sessionId });
      sessions.change({ ...session, log: { path, format, problem: null } });
      return ok(undefined);
    },
    stopLog: async (sessionId) => {
      const session = sessions.get(sessionId);
      if (session?.log === undefined) return;
      sessions.change({ ...session, log: undefined });
      await request({ kind: 'stop-log', sessionId });
    },
    isWriting: () => sessions.all().some(({ log }) => log?.problem === null),
    stopAll: async () => {
      await request({ kind: 'stop-logs' });
    },
    failed: (sessionId, code) => {
      const session = sessions.get(sessionId);
      if (session?.log !== undefined)
        sessions.change({ ...session, log: { ...session.log, problem: logProblem(code) } });
    },
  };
}
