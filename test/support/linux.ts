import { spawnSync } from 'node:child_process';

/** Thrown by equipment that stands on D-Bus or `/proc` when it is used on another system. */
export class LinuxOnlyError extends Error {
  override readonly name = 'LinuxOnlyError';

  constructor(what: string) {
    super(`${what} works on Linux only; this is ${process.platform}.`);
  }
}

/** Throws a {@link LinuxOnlyError} that names `what` anywhere but on Linux. */
export function requireLinux(what: string): void {
  if (process.platform !== 'linux') throw new LinuxOnlyError(what);
}

/**
 * Why equipment that needs Linux and these commands cannot be used here, in words for a test report;
 * `undefined` when it can.
 */
export function whyNotHere(commands: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return `needs Linux, this is ${process.platform}`;
  const missing = commands.filter((command) => spawnSync('which', [command]).status !== 0);
  return missing.length === 0 ? undefined : `needs ${missing.join(' and ')}`;
}
