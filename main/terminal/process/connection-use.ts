import type { Client } from 'ssh2';

/** How the program at the other end of a connection ended. */
export interface ProgramExit {
  readonly status: number | null;
  readonly signal: string | null;
}

/** What is done with a connection that is signed in: a shell, files, or a way on from a jump host. */
export interface ConnectionUse {
  /** How its program ended; null while it runs, or where nobody said. */
  readonly exit: ProgramExit | null;
  /** The other side has not answered for some time. */
  readonly isSilent: boolean;
  /** Asks the server for it; what comes of it is told to the hooks. */
  readonly open: () => void;
  /** Something came in, which is a sign of life. */
  readonly heard: () => void;
  /** Asks for a sign of life now. */
  readonly probe: () => void;
  /** The connection has ended. */
  readonly stop: () => void;
}

/** What a use tells its connection. */
export interface UseHooks {
  /** The connection has ended: nothing more is reported. */
  readonly isOver: () => boolean;
  readonly opened: () => void;
  /** The server gives none. */
  readonly refused: (message: string) => void;
  readonly latency: (latencyMs: number) => void;
  /** The answer to `probe` takes its time; a latency follows, or the end. */
  readonly doubt: () => void;
  /** The other side has not answered for so long. */
  readonly dead: (silentMs: number) => void;
  readonly closed: () => void;
}

/** Makes the use of a connection that has just been signed in. */
export type MakeUse = (client: Client, hooks: UseHooks) => ConnectionUse;
