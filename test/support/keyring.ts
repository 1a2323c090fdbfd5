import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusConnection } from './dbus/connection.ts';
import { waitForService } from './dbus/names.ts';
import { startPrivateBus } from './dbus/private-bus.ts';
import type { PrivateBus } from './dbus/private-bus.ts';
import { lockDefaultKeyring, secretServiceName, unlockDefaultKeyring } from './dbus/secret-service.ts';
import { requireLinux } from './linux.ts';
import { isSystemError, stopChild } from './process-tree.ts';

/**
 * How the keyring of a session is: `unlocked`; `locked`, with a prompt that is dismissed at once; `prompt-hangs`:
 * locked, with a prompt that nobody answers; `absent`: no secret service; `mute`: one that never answers.
 */
export type KeyringMode = 'unlocked' | 'locked' | 'prompt-hangs' | 'absent' | 'mute';

/** What a session is made with. */
export interface KeyringOptions {
  readonly mode: KeyringMode;
  /** The home folder that holds the keyring and stays; by default a new one that `close` removes. */
  readonly home?: string;
}

/** A login session of its own: home, runtime folder, session bus and, except when absent, a keyring. */
export interface KeyringSession {
  readonly busAddress: string;
  readonly home: string;
  /** The environment of a program that shall live in this session: that of this process with the session's part. */
  readonly env: Readonly<Record<string, string>>;
  /** Locks the keyring in mid-run. */
  readonly lock: () => Promise<void>;
  /** Unlocks it, as the person would at the prompt. */
  readonly unlock: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const password = 'correct horse';
const prompterName = 'org.gnome.keyring.SystemPrompter';

/** Starts a session with a real gnome-keyring. Linux only; needs `dbus-daemon` and `gnome-keyring-daemon`. */
export async function startKeyringSession({ mode, home }: KeyringOptions): Promise<KeyringSession> {
  requireLinux('A keyring session');
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-session-'));
  const ownHome = home ?? join(folder, 'home');
  const cleanUp: (() => Promise<void> | void)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 10 }),
  ];
  const close = async (): Promise<void> => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  };
  try {
    await mkdir(ownHome, { recursive: true });
    if ((mode === 'locked' || mode === 'prompt-hangs') && !(await hasKeyring(ownHome)))
      await createKeyring(ownHome);
    const runtimeFolder = join(folder, 'runtime');
    await mkdir(runtimeFolder);
    await chmod(runtimeFolder, 0o700);
    const bus = await startPrivateBus();
    cleanUp.push(bus.close);
    const env = sessionEnvironment(ownHome, runtimeFolder, bus);
    const connection = await BusConnection.open(bus.address);
    cleanUp.push(() => connection.close());
    await startSecretService(mode, env, connection, cleanUp);
    return {
      busAddress: bus.address,
      home: ownHome,
      env,
      lock: () => lockDefaultKeyring(connection),
      unlock: () => unlockDefaultKeyring(connection, password),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startSecretService(
  mode: KeyringMode,
  env: Readonly<Record<string, string>>,
  bus: BusConnection,
  cleanUp: (() => Promise<void> | void)[],
): Promise<void> {
  if (mode === 'absent') return;
  if (mode === 'mute') {
    bus.goMute();
    await bus.ownName(secretServiceName);
    return;
  }
  if (mode === 'prompt-hangs') {
    // The keyring asks the prompter to begin and waits for it to call back, which it never does.
    bus.serve({
      path: '/org/gnome/keyring/Prompter',
      interface: 'org.gnome.keyring.internal.Prompter',
      methods: { BeginPrompting: () => undefined, StopPrompting: () => undefined },
    });
    await bus.ownName(prompterName);
  }
  const daemon = startDaemon(mode === 'unlocked', env);
  cleanUp.push(() => stopChild(daemon));
  await Promise.race([waitForService(bus, secretServiceName), unexpectedEnd(daemon)]);
}

/** Rejects when the daemon ends, or cannot be started. */
async function unexpectedEnd(daemon: ChildProcess): Promise<never> {
  await once(daemon, 'exit');
  throw new Error('gnome-keyring-daemon ended before it served.');
}

function startDaemon(unlocked: boolean, env: Readonly<Record<string, string>>): ChildProcess {
  const args = ['--foreground', '--components=secrets', ...(unlocked ? ['--unlock'] : [])];
  const daemon = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  // If it is gone already, its exit tells; the broken pipe adds nothing.
  daemon.stdin.on('error', () => undefined);
  daemon.stdin.end(unlocked ? password : '');
  return daemon;
}

async function createKeyring(home: string): Promise<void> {
  const session = await startKeyringSession({ mode: 'unlocked', home });
  await session.close();
}

async function hasKeyring(home: string): Promise<boolean> {
  try {
    const files = await readdir(join(home, '.local/share/keyrings'));
    return files.some((file) => file.endsWith('.keyring'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}

function sessionEnvironment(
  home: string,
  runtimeFolder: string,
  bus: PrivateBus,
): Readonly<Record<string, string>> {
  // What would lead a program out of this session, to the folders or the keyring of another.
  const foreign = /^(XDG_(CONFIG|DATA|CACHE|STATE)_HOME|GNOME_KEYRING_CONTROL|SSH_AUTH_SOCK)$/;
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_RUNTIME_DIR: runtimeFolder,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
  };
}
