import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './console.mjs';

const startTimeoutMs = 15_000;
const stopTimeoutMs = 3_000;

/**
 * What an app needs to have a window: variables for its environment, and the programs behind them.
 * @typedef {object} Desktop
 * @property {Readonly<Record<string, string>>} env On top of this process's.
 * @property {() => Promise<void>} close Ends the programs.
 */

/** Whether there is a desktop to open windows on; always so on macOS and Windows. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * A virtual screen and, where there is none, a session bus: for a Linux machine without a desktop.
 * @returns {Promise<Desktop>}
 */
export async function openDesktop() {
  const screen = await openScreen();
  if (process.env.DBUS_SESSION_BUS_ADDRESS) return screen;
  const bus = new Daemon('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3']);
  const close = async () => {
    await bus.stop();
    await screen.close();
  };
  try {
    return { env: { ...screen.env, DBUS_SESSION_BUS_ADDRESS: await bus.firstLine() }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A virtual screen. The server picks its number itself: unlike with xvfb-run, two that start at once never meet.
 * @returns {Promise<Desktop>} On Linux only.
 */
export async function openScreen() {
  const server = new Daemon('Xvfb', [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1920x1200x24',
    '-nolisten',
    'tcp',
    '-noreset',
  ]);
  const close = () => server.stop();
  try {
    // Else an Electron since 38 would look for the person's Wayland desktop, in a Wayland session.
    return { env: { DISPLAY: `:${await server.firstLine()}`, XDG_SESSION_TYPE: 'x11' }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A program of the desktop. The kernel ends it with this process, however this process ends. */
class Daemon {
  #program;
  #child;
  /** @type {Promise<void>} */
  #ended;

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  constructor(program, args) {
    this.#program = program;
    // In a process group of its own, where Ctrl-C does not reach it before the app has ended.
    this.#child = spawn('setpriv', ['--pdeathsig', 'TERM', program, ...args], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', () => resolve());
      this.#child.on('exit', () => resolve());
    });
  }

  /**
   * What it prints first on descriptor 3: the address under which it can be reached.
   * @returns {Promise<string>}
   */
  async firstLine() {
    const stream = this.#child.stdio[3];
    /** @type {Promise<string>} */
    const line = new Promise((resolve) => {
      let text = '';
      stream?.on('data', (/** @type {Buffer} */ chunk) => {
        text += chunk.toString();
        const end = text.indexOf('\n');
        if (end >= 0) resolve(text.slice(0, end).trim());
      });
    });
    const first = await Promise.race([line, this.#ended, sleep(startTimeoutMs, undefined, { ref: false })]);
    if (first) return first;
    throw new SetupError(`${this.#program} did not start. Run it by hand to see why.`);
  }

  async stop() {
    this.#child.kill('SIGTERM');
    await Promise.race([this.#ended, sleep(stopTimeoutMs, undefined, { ref: false })]);
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
