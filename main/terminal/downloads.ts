import type { SessionId } from '../../preload/contract/brands.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';

/** Where downloads are on this computer, which the window does not know. */
export interface Downloads {
  readonly downloaded: (sessionId: SessionId, transferId: number, localPath: string) => void;
  /** Null: nothing came of it, or its session is closed. */
  readonly pathOf: (sessionId: SessionId, transferId: number) => string | null;
  /** Those of sessions that are closed are forgotten. */
  readonly sessionsChanged: (sessions: readonly TerminalSession[]) => void;
}

/** Keeps them for the life of their sessions. */
export function createDownloads(): Downloads {
  const bySession = new Map<SessionId, Map<number, string>>();
  return {
    downloaded: (sessionId, transferId, localPath) => {
      const paths = bySession.get(sessionId) ?? new Map<number, string>();
      bySession.set(sessionId, paths.set(transferId, localPath));
    },
    pathOf: (sessionId, transferId) => bySession.get(sessionId)?.get(transferId) ?? null,
    sessionsChanged: (sessions) => {
      for (const id of bySession.keys())
        if (!sessions.some((session) => session.id === id)) bySession.delete(id);
    },
  };
}
