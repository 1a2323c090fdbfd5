import { writeSync } from 'node:fs';

/** So many causes of causes are told, and so many characters in all. */
const mostCauses = 5;
const mostChars = 8_000;

/**
 * What was thrown, as text: each error with its stack, and what caused it. Not their other properties, which may hold
 * what somebody typed.
 */
export function describeThrown(thrown: unknown): string {
  const parts: string[] = [];
  let each = thrown;
  while (parts.length < mostCauses) {
    parts.push(each instanceof Error ? (each.stack ?? `${each.name}: ${each.message}`) : inWords(each));
    if (!(each instanceof Error) || each.cause === undefined) break;
    each = each.cause;
  }
  return cutAtLine(parts.join('\nCaused by: '));
}

/** Half a line may be half a secret, which no mask knows. */
function cutAtLine(text: string): string {
  if (text.length <= mostChars) return text;
  const cut = text.slice(0, mostChars);
  return `${cut.slice(0, cut.lastIndexOf('\n') + 1)}(cut)`;
}

/** Of what is no error nothing is read but its kind: it may be anything. */
function inWords(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : `a ${thrown === null ? 'null' : typeof thrown} was thrown`;
}

/** What of `process` a utility process needs for it. */
export interface EndingProcess {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (thrown: unknown) => void): unknown;
  exit(code: number): void;
}

/**
 * Ends a utility process in order when something was thrown that nobody caught: it says what, on its error output, which
 * main logs. Main starts another, or says that it ended.
 */
export function endOnUnexpectedErrors(
  own: EndingProcess = process,
  write: (text: string) => void = (text) => void writeSync(2, text),
): void {
  const end =
    (what: string) =>
    (thrown: unknown): void => {
      try {
        write(`${what}: ${describeThrown(thrown)}\n`);
      } finally {
        own.exit(1);
      }
    };
  own.on('uncaughtException', end('Uncaught exception'));
  own.on('unhandledRejection', end('Unhandled rejection'));
}
