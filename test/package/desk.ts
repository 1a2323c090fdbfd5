import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { openScreen } from '../../scripts/lib/desktop.mjs';
import { stopChild } from '../support/process-tree.ts';
import { watchWindows } from '../support/x-windows.ts';
import type { XWindows } from '../support/x-windows.ts';

/**
 * A screen, a session bus and an unlocked keyring of a person, of this machine's programs. They are reached from a
 * bare Debian, which needs none of these programs, nor the libraries that would come along with them: the screen by its
 * abstract socket, the bus in a folder that both have.
 */
export interface Desk {
  readonly env: Readonly<Record<string, string>>;
  /** The person's runtime folder, for the bare Debian to have too. */
  readonly folder: string;
  readonly windows: XWindows;
  /** A box of the toolkit's own, which is in front of the app's windows. */
  readonly box: () => Promise<string | undefined>;
  /** Takes the focus from whatever has it: the next Tab goes to the first control. */
  readonly clickCorner: (windowId: string) => Promise<void>;
  /** Presses keys in a window, by the names of X. */
  readonly press: (windowId: string, ...keys: readonly string[]) => Promise<void>;
  readonly type: (windowId: string, text: string) => Promise<void>;
  /** A picture of the screen, where ImageMagick is installed. */
  readonly saveScreen: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const waitMs = 120_000;
const keyringPassword = 'correct horse';

/** @param uid The person's, here and there. */
export async function openDesk(uid: number): Promise<Desk> {
  const cleanUp: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  };
  try {
    const home = await mkdtemp(join(tmpdir(), 'evorxa-desk-'));
    cleanUp.push(() => rm(home, { recursive: true, force: true, maxRetries: 10 }));
    await chown(home, uid, uid);
    const users = join(home, 'users');
    await writeFile(users, `root:x:0:0::/root:/bin/sh\nperson:x:${uid}:${uid}::${home}:/bin/sh\n`);
    const screen = await openScreen();
    cleanUp.push(screen.close);
    const own = { ...process.env, ...screen.env };
    const bus = spawnAs(
      { uid, users },
      [
        'dbus-daemon',
        '--session',
        '--nofork',
        '--nopidfile',
        '--print-address=1',
        `--address=unix:path=${join(home, 'bus')}`,
      ],
      { ...own, HOME: home, XDG_RUNTIME_DIR: home },
    );
    cleanUp.push(() => stopChild(bus));
    const address = await firstLine(bus);
    const ofPerson = { HOME: home, XDG_RUNTIME_DIR: home, DBUS_SESSION_BUS_ADDRESS: address };
    const keyring = spawnAs(
      { uid, users },
      ['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock'],
      { ...own, ...ofPerson },
    );
    cleanUp.push(() => stopChild(keyring));
    keyring.stdin?.end(keyringPassword);
    const windows = await watchWindows({ PATH: process.env.PATH ?? '', ...screen.env });
    cleanUp.push(() => windows.close());
    const xdotool = (...args: readonly string[]): Promise<{ readonly stdout: string }> =>
      promisify(execFile)('xdotool', args, { env: own, timeout: waitMs });
    return {
      env: { ...screen.env, XDG_RUNTIME_DIR: home, DBUS_SESSION_BUS_ADDRESS: address },
      folder: home,
      windows,
      box: async () => {
        // By the class that the toolkit makes of the program's name; the app's own windows have that of the product.
        const search = xdotool('search', '--onlyvisible', '--class', '^evorxa-desktop$');
        // It fails where it finds none.
        const { stdout } = await search.catch(() => ({ stdout: '' }));
        return stdout.trim().split('\n')[0] || undefined;
      },
      clickCorner: async (id) => {
        await xdotool('mousemove', '--window', id, '10', '10', 'click', '1');
      },
      press: async (id, ...keys) => {
        await xdotool('windowfocus', '--sync', id);
        await xdotool('key', '--clearmodifiers', ...keys);
      },
      type: async (id, text) => {
        await xdotool('windowfocus', '--sync', id);
        await xdotool('type', '--clearmodifiers', '--delay', '20', text);
      },
      saveScreen: async (path) => {
        await promisify(execFile)('import', ['-window', 'root', path], { env: own });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * As another user, whose name is in a list of users of its own: dbus-daemon wants one. The kernel ends it with this process.
 */
function spawnAs(
  { uid, users }: { readonly uid: number; readonly users: string },
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ChildProcess {
  const who = ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', '--pdeathsig', 'TERM'];
  const inside = 'mount --bind "$1" /etc/passwd && shift && exec setpriv "$@"';
  return spawn('unshare', ['--mount', 'sh', '-c', inside, 'sh', users, ...who, ...command], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('Its output is not read.');
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The session bus did not start.')));
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [
    string,
  ];
  return line;
}
