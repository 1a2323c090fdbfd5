import { endWithPrograms } from './run.mjs';

/** What went wrong in one sentence, and what to do next; shown without a stack trace. */
export class SetupError extends Error {
  /**
   * @param {string} message A sentence for the person at the terminal.
   * @param {string} [details] Output of the tool that failed, shown above the sentence.
   */
  constructor(message, details = '') {
    super(message);
    this.details = details;
  }
}

/**
 * One line of progress. It goes to stderr, so that stdout belongs to what a script is asked for.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a script's body and turns its outcome into the exit code: the number it returns, 1 for an error.
 * @param {() => Promise<number | void>} body
 */
export async function runScript(body) {
  endWithPrograms();
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    if (error.details) say(error.details.trimEnd());
    say(error.message);
    process.exitCode = 1;
  }
}
