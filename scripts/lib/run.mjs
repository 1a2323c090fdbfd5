import { spawn } from 'node:child_process';

const stopTimeoutMs = 5_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] After this the process is ended.
 */

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
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 128, output }));
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
    // A terminal sends Ctrl-C to the child as well: here it must only not end this process first.
    const wait = () => undefined;
    process.on('SIGTERM', stop);
    process.on('SIGINT', wait);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', wait);
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
