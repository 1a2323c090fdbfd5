import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './console.mjs';
import { run } from './run.mjs';

const startTimeoutMs = 15_000;
const stopTimeoutMs = 3_000;

/**
 * A desktop session for an app to run in: environment variables, and the processes behind them.
 * @typedef {object} Session
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<void>} close Ends its processes and removes its folder.
 */

/** @typedef {'unlocked' | 'locked' | 'absent'} KeyringState */

/** Whether a Unix desktop is there to open windows on; always so on macOS and Windows. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * A virtual screen and a bus, for an app on a Linux machine without a desktop. Its home stays the person's own.
 * @returns {Promise<Session>}
 */
export async function openDesktoplessSession() {
  return open(async (session) => {
    await session.startDisplay();
    if (!process.env.DBUS_SESSION_BUS_ADDRESS) await session.startBus(['--session']);
  });
}

/**
 * A session that shares nothing with the one around it: home, screen, bus and keyring of its own. Nothing starts on
 * its bus by itself, so that a test decides who is there. Only Linux can do this: elsewhere it is the person's own.
 * @param {{ keyring?: KeyringState }} [options]
 * @returns {Promise<Session>}
 */
export async function openTestSession({ keyring = 'unlocked' } = {}) {
  if (process.platform !== 'linux') return { env: { ...process.env }, close: () => Promise.resolve() };
  return open(async (session) => {
    await session.ownHome();
    await session.startDisplay();
    await session.startBus(['--config-file', await session.busConfig()]);
    if (keyring === 'absent') return;
    await session.startKeyring(['--unlock']);
    if (keyring === 'unlocked') return;
    await session.stopKeyring();
    await session.startKeyring([]);
  });
}

/**
 * @param {(builder: SessionBuilder) => Promise<void>} build
 * @returns {Promise<Session>}
 */
async function open(build) {
  const builder = new SessionBuilder(await mkdtemp(join(tmpdir(), 'evorxa-session-')));
  try {
    await build(builder);
  } catch (error) {
    await builder.close();
    throw error;
  }
  return { env: builder.env, close: () => builder.close() };
}

class SessionBuilder {
  /** @type {NodeJS.ProcessEnv} */
  env = { ...process.env };
  /** @type {Daemon[]} */
  #daemons = [];
  /** @type {Daemon | undefined} */
  #keyring;
  #folder;

  /** @param {string} folder Its own, removed when it closes. */
  constructor(folder) {
    this.#folder = folder;
  }

  async ownHome() {
    const folders = {
      HOME: 'home',
      XDG_RUNTIME_DIR: 'run',
      XDG_CONFIG_HOME: 'home/.config',
      XDG_DATA_HOME: 'home/.local/share',
      XDG_CACHE_HOME: 'home/.cache',
      XDG_STATE_HOME: 'home/.local/state',
    };
    for (const [name, folder] of Object.entries(folders)) {
      const path = join(this.#folder, folder);
      await mkdir(path, { recursive: true, mode: 0o700 });
      this.env[name] = path;
    }
    delete this.env.WAYLAND_DISPLAY;
    delete this.env.SSH_AUTH_SOCK;
  }

  /** The server picks its number itself: unlike with xvfb-run, two that start at once never meet. */
  async startDisplay() {
    const daemon = this.#start('Xvfb', [
      '-displayfd',
      '3',
      '-screen',
      '0',
      '1920x1200x24',
      '-nolisten',
      'tcp',
      '-noreset',
    ]);
    this.env.DISPLAY = `:${await daemon.firstLine(3)}`;
  }

  /** @param {readonly string[]} args */
  async startBus(args) {
    const daemon = this.#start('dbus-daemon', [...args, '--nofork', '--nopidfile', '--print-address=3']);
    this.env.DBUS_SESSION_BUS_ADDRESS = await daemon.firstLine(3);
  }

  /** A bus without service folders starts nobody on demand. */
  async busConfig() {
    const path = join(this.#folder, 'bus.conf');
    await writeFile(
      path,
      `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=${this.#folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
    );
    return path;
  }

  /** @param {readonly string[]} args */
  async startKeyring(args) {
    this.#keyring = this.#start('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...args]);
    this.#keyring.say('keyring password\n');
    await this.#untilSecrets(true);
  }

  async stopKeyring() {
    await this.#keyring?.stop();
    await this.#untilSecrets(false);
  }

  async close() {
    // In reverse: a bus that goes first would leave the keyring to complain.
    for (const daemon of this.#daemons.reverse()) await daemon.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  #start(program, args) {
    const daemon = new Daemon(program, args, this.env);
    this.#daemons.push(daemon);
    return daemon;
  }

  /** @param {boolean} wanted Whether somebody is to own the name of the Secret Service. */
  async #untilSecrets(wanted) {
    const ask = [
      '--session',
      '--print-reply=literal',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
    ];
    const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
    const deadlineMs = Date.now() + startTimeoutMs;
    while (Date.now() < deadlineMs) {
      const { output } = await run('dbus-send', [...ask, ...question], { env: this.env });
      if (output.includes('true') === wanted) return;
      await sleep(50);
    }
    throw new SetupError('gnome-keyring did not start. Run gnome-keyring-daemon by hand to see why.');
  }
}

/** A program of the session. The kernel ends it with this process, however this process ends. */
class Daemon {
  #program;
  #child;
  /** @type {Promise<void>} */
  #ended;

  /**
   * @param {string} program
   * @param {readonly string[]} args
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(program, args, env) {
    this.#program = program;
    // Without SIGINT of its own group: Ctrl-C ends the app first, then this.
    this.#child = spawn('setpriv', ['--pdeathsig', 'TERM', program, ...args], {
      env,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', () => resolve());
      this.#child.on('exit', () => resolve());
    });
  }

  /** @param {string} text For its standard input, which ends with it. */
  say(text) {
    this.#child.stdin?.end(text);
  }

  /**
   * @param {number} descriptor Where it prints.
   * @returns {Promise<string>}
   */
  async firstLine(descriptor) {
    const stream = this.#child.stdio[descriptor];
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
