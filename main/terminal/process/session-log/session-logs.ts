import type { SessionId } from '../../../../preload/contract/brands.ts';
import type { LogFormat } from '../../../../preload/contract/terminal.ts';
import { SessionLog, type LogProblem } from './session-log.ts';

/** The logs of all sessions: one each. */
export class SessionLogs {
  readonly #logs = new Map<SessionId, SessionLog>();
  readonly #onProblem: (sessionId: SessionId, problem: LogProblem) => void;

  constructor(onProblem: (sessionId: SessionId, problem: LogProblem) => void) {
    this.#onProblem = onProblem;
  }

  /** Adds what a session prints to a file from now on. Rejects with the system's error. */
  async start(sessionId: SessionId, path: string, format: LogFormat): Promise<void> {
    const log = await SessionLog.open(path, format, (problem) => {
      if (this.#logs.get(sessionId) === log) this.#logs.delete(sessionId);
      this.#onProblem(sessionId, problem);
    });
    await this.stop(sessionId);
    this.#logs.set(sessionId, log);
  }

  write(sessionId: SessionId, chunk: Uint8Array): void {
    this.#logs.get(sessionId)?.write(chunk);
  }

  /** Ends the log of a session, if it has one. */
  async stop(sessionId: SessionId): Promise<void> {
    const log = this.#logs.get(sessionId);
    this.#logs.delete(sessionId);
    await log?.stop();
  }

  /** Ends the logs of all sessions; resolves once they are on the disk. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#logs.keys()].map((sessionId) => this.stop(sessionId)));
  }
}
