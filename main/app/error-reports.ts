import type { PageError } from '../../preload/contract/app.ts';
import { redact, type Log } from '../log/index.ts';
import { describeThrown } from '../unexpected-errors/index.ts';
import type { UnexpectedError } from './unexpected-errors.ts';

/** So many of each kind are logged within a minute; a page that throws with each frame would fill the log. */
const mostInAMinute = 10;
const minuteMs = 60_000;
const mostChars = 8_000;

export interface ErrorReportsOptions {
  readonly log: Pick<Log, 'error'>;
  /** The app, its version and its system, in words. */
  readonly about: string;
  /** Of a clock that nobody sets. */
  readonly nowMs: () => number;
}

/** Logs what nobody caught, and gives each as it was logged: what the user copies into a report. */
export interface ErrorReports {
  ofMain(error: UnexpectedError): string;
  ofPage(error: PageError): string;
}

const pageWords: Readonly<Record<PageError['where'], string>> = {
  drawing: 'A part of the window could not be drawn',
  event: 'Uncaught exception in the window',
  promise: 'Unhandled rejection in the window',
};

/** Makes the reports, each redacted and bounded. */
export function createErrorReports({ log, about, nowMs }: ErrorReportsOptions): ErrorReports {
  const ofMain = createRateLimit(nowMs);
  const ofPage = createRateLimit(nowMs);

  const report = (limit: RateLimit, what: string, thrown: string): string => {
    const details = redact(`${what}.\n${about}\n${thrown}`).slice(0, mostChars);
    const left = limit();
    if (left !== null) log.error(left === 0 ? details : `${details}\n(${left} before this were not logged)`);
    return details;
  };

  return {
    ofMain: ({ kind, cause }) => {
      const what = kind === 'exception' ? 'Uncaught exception' : 'Unhandled rejection';
      return report(ofMain, `${what} in the main process`, describeThrown(cause));
    },
    ofPage: ({ where, message, stack }) => {
      // V8 repeats the message at the head of the stack.
      const thrown = stack?.includes(message) === true ? stack : [message, stack ?? ''].join('\n');
      return report(ofPage, pageWords[where], thrown);
    },
  };
}

/** Gives how many were left out since the last one; null: this one is left out too. */
type RateLimit = () => number | null;

function createRateLimit(nowMs: () => number): RateLimit {
  let passedAtMs: readonly number[] = [];
  let left = 0;
  return () => {
    const now = nowMs();
    passedAtMs = passedAtMs.filter((atMs) => now - atMs < minuteMs);
    if (passedAtMs.length >= mostInAMinute) {
      left += 1;
      return null;
    }
    passedAtMs = [...passedAtMs, now];
    const before = left;
    left = 0;
    return before;
  };
}
