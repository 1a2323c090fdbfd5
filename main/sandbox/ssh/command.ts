import type { Machine } from './machine.ts';

/** From where a shell was opened. */
export interface Origin {
  /** As "Last login" names it. */
  readonly from: string;
  /** SSH_CONNECTION: client address, client port, server address, server port; null on a console. */
  readonly sshConnection: string | null;
}

/** What lasts as long as a shell: where it is, and what was typed. */
export interface ShellState {
  readonly origin: Origin;
  cwd: string;
  lastStatus: number;
  readonly history: string[];
}

/** One run of a command. */
export interface Run {
  /** Without the command's own name. */
  readonly args: readonly string[];
  readonly machine: Machine;
  readonly shell: ShellState;
  /** What the command before it in a pipe wrote; null at the head of a pipe. */
  readonly stdin: string | null;
  /** Resolves when there is room for more: flow control reaches the command. */
  write(text: string): Promise<void>;
  error(text: string): Promise<void>;
  /** Ends with Ctrl+C, the connection, or a pipe that has enough. */
  readonly signal: AbortSignal;
  /** Colours are for terminals only. */
  readonly isTerminal: boolean;
}

/** Returns the exit status. */
export type Command = (run: Run) => number | Promise<number>;

/** Says on standard error why it did not work, as coreutils do; gives status 1. */
export async function fail(run: Run, sentence: string): Promise<number> {
  await run.error(`${sentence}\n`);
  return 1;
}

/** Prints lines and succeeds. */
export async function print(run: Run, ...lines: readonly string[]): Promise<number> {
  await run.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** The value after an option such as `-n`, also in the form `-n5`; undefined where it is not given. */
export function optionValue(args: readonly string[], option: string): string | undefined {
  const index = args.findIndex((arg) => arg.startsWith(option));
  const arg = args[index];
  if (arg === undefined) return undefined;
  return arg === option ? args[index + 1] : arg.slice(option.length);
}
