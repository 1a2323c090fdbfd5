import { inspect } from 'node:util';
import log from 'electron-log/node.js';
import { redact } from './redact.ts';

export { redact, registerSecret } from './redact.ts';

/** One log for the main process: a file of at most 1 MB and its predecessor, and the console while developing. */
export interface Log {
  info(message: string, detail?: unknown): void;
  warn(message: string, detail?: unknown): void;
  error(message: string, detail?: unknown): void;
}

/** Everything as one redacted line or block; an error with its stack and its causes. */
export function formatEntry(message: string, detail: unknown): string {
  const text =
    detail === undefined ? message : `${message} ${inspect(detail, { depth: 5, breakLength: 110 })}`;
  return redact(text);
}

/**
 * Opens the log in a file, mode 0600. `toConsole`: also on the terminal that the app was started from. A file that
 * cannot be written costs its lines and nothing else.
 */
export function openLog(file: string, toConsole: boolean): Log {
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.level = 'info';
  log.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  log.transports.file.maxSize = 1_000_000;
  log.transports.console.level = toConsole ? 'info' : false;
  return {
    info: (message, detail) => log.info(formatEntry(message, detail)),
    warn: (message, detail) => log.warn(formatEntry(message, detail)),
    error: (message, detail) => log.error(formatEntry(message, detail)),
  };
}
