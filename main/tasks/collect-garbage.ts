import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects this process's garbage now, and gives the memory back. V8 does so when something is allocated: at rest nothing is, and
 * what a start or a flood left behind stays for minutes. It pauses the process, by 30 ms on a quiet machine.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as (options: object) => void)({
    type: 'major',
    execution: 'sync',
    flavor: 'last-resort',
  });
}

/**
 * As `collectGarbage`, and gives back all compiled code that is not running. What is called again is compiled again: most of what a
 * start has run never is.
 */
export function collectGarbageAndCode(): void {
  // V8 leaves out what its baseline compiler made, which holds on to the bytecode too.
  setFlagsFromString('--flush-baseline-code');
  // Not only what six collections have found unused.
  setFlagsFromString('--stress-flush-code');
  try {
    collectGarbage();
  } finally {
    setFlagsFromString('--no-stress-flush-code');
    setFlagsFromString('--no-flush-baseline-code');
  }
}
