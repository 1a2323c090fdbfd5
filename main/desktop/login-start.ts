import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { app } from 'electron';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { writeFileAtomically } from '../storage/index.ts';
import { autostartEntry, isEntryOn } from './autostart-entry.ts';

/** Whether the system starts the app when the user signs in to the computer: hidden, in the tray. */
export interface LoginStart {
  isOn(): boolean;
  /** Error: `refused` with what the system said. */
  set(on: boolean): Result<undefined>;
  /** Where it is on, sees to it that it starts the app from where this one lies. */
  renew(): Result<undefined>;
}

/** The system's own setting is the only truth: people turn it off there as well. */
export function createLoginStart(): LoginStart {
  return process.platform === 'linux'
    ? createAutostartFile(autostartPath(process.env), ownCommand())
    : systemItem();
}

/**
 * Keeps the entry of the app in the folder from which desktops start programs at login; Electron has nothing for it.
 * https://specifications.freedesktop.org/autostart-spec/latest/
 */
export function createAutostartFile(path: string, command: readonly string[]): LoginStart {
  const read = (): string | null => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  };
  const isOn = (): boolean => {
    const entry = read();
    return entry !== null && isEntryOn(entry);
  };
  const write = (): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomically(path, autostartEntry(command));
  };
  return {
    isOn,
    set: (on) => told(path, () => (on ? write() : rmSync(path, { force: true }))),
    renew: () =>
      told(path, () => {
        if (isOn() && read() !== autostartEntry(command)) write();
      }),
  };
}

/** Does something with a file; what the file system throws becomes a sentence. */
function told(path: string, act: () => void): Result<undefined> {
  try {
    act();
    return ok(undefined);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    return fail({
      kind: 'refused',
      message: `${path} could not be changed (${code}). Make sure that the folder is writable, then try again.`,
    });
  }
}

/** Where the entry lies. A folder that is not absolute is not looked at, as the XDG Base Directory Specification has it. */
export function autostartPath(env: NodeJS.ProcessEnv, home = homedir()): string {
  const given = env.XDG_CONFIG_HOME ?? '';
  return join(isAbsolute(given) ? given : join(home, '.config'), 'autostart', 'evorxa-desktop.desktop');
}

/** What starts this app again. An AppImage is started by its file: what runs lies where it is mounted just now. */
function ownCommand(): readonly string[] {
  const program = process.env.APPIMAGE ?? process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
}

/** Whether macOS has started the app at login: it passes no arguments on. */
export function wasStartedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** macOS and Windows keep a list of their own. */
function systemItem(): LoginStart {
  const args = ['--hidden'];
  return {
    isOn: () => app.getLoginItemSettings({ args }).openAtLogin,
    set: (on) => {
      app.setLoginItemSettings({ openAtLogin: on, args });
      return ok(undefined);
    },
    renew: () => ok(undefined),
  };
}
