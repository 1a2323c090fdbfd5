import { spawn } from 'node:child_process';

const stopTimeoutMs = 5_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] After this the process is ended.
 */

/** @type {Set<import('node:child_process').ChildProcess>} What {@link run} has under way. */
const running = new Set();
let attachedCount = 0;
/** @type {number | undefined} Set once this process was asked to end: the code that shells report then. */
let endCode;

/**
 * Lets this process end only after the programs that it runs: npm undoes a half-done installation when it is told to
 * stop, and a second one that starts meanwhile would break both.
 */
export function endWithPrograms() {
  // Ctrl-C reaches them by itself, SIGTERM does not.
  process.on('SIGINT', () => endAfterPrograms(130));
  process.on('SIGTERM', () => {
    for (const child of running) child.kill('SIGTERM');
    endAfterPrograms(143);
  });
}

/** @param {number} code */
function endAfterPrograms(code) {
  // Attached programs are waited for by those who started them.
  if (attachedCount > 0) return;
  endCode = code;
  if (running.size === 0) process.exit(code);
}

/**
 * Runs a program to its end and collects what it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} The exit code is 127 when the program is not there,
 *   and 128 when a signal ended it.
 */
export function run(command, args, { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    // This process is about to end: nothing new is begun, and nothing goes on.
    if (endCode !== undefined) return;
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const end = (/** @type {number} */ code) => {
      running.delete(child);
      if (endCode === undefined) resolve({ code, output });
      else if (running.size === 0) process.exit(endCode);
    };
    child.on('error', (error) => {
      output = error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 128));
  });
}

/**
 * Runs a program in the terminal of this one and hands on the signals that ask it to stop.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} Its exit code; 128 when a signal ended it.
 */
export function runAttached(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    const stop = () => {
      child.kill('SIGTERM');
      // An app that shows a modal dialog does not hear it.
      setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs).unref();
    };
    process.on('SIGTERM', stop);
    attachedCount += 1;
    const forget = () => {
      process.off('SIGTERM', stop);
      attachedCount -= 1;
    };
    child.on('error', (error) => {
      forget();
      reject(error);
    });
    child.on('close', (code) => {
      forget();
      resolve(code ?? 128);
    });
  });
}

/**
 * npm as a command of its own. Under `npm run` it is the npm that was called, else the one in the PATH.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/c', 'npm', ...args], options);
  return run('npm', args, options);
}

/**
 * @param {string} program
 * @returns {Promise<boolean>} Whether a Unix system has it, also where only root's PATH looks.
 */
export async function hasProgram(program) {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  const { code } = await run('sh', ['-c', 'command -v "$1"', 'sh', program], { env });
  return code === 0;
}
