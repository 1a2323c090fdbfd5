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
