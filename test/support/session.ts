import { openScreen } from '../../scripts/lib/desktop.mjs';
import { startKeyringSession } from './keyring.ts';
import type { KeyringMode, KeyringSession } from './keyring.ts';

/** A login session with a screen, for one run of the app. */
export interface TestSession {
  /** The environment of a program that shall live in it. */
  readonly env: Readonly<Record<string, string>>;
  /** Its home, bus and keyring; undefined where the session is the person's own. */
  readonly keyring: KeyringSession | undefined;
  readonly close: () => Promise<void>;
}

/** Figures are as the app writes them where the system names no locale: what journeys expect is the same everywhere. */
const noLocale = 'C.UTF-8';

/**
 * Opens a session that shares nothing with the one around it: screen, home, bus and keyring of its own. Only Linux
 * can do this: elsewhere it is the person's own.
 */
export async function openTestSession(mode: KeyringMode = 'unlocked'): Promise<TestSession> {
  if (process.platform !== 'linux') {
    return { env: definedOnly(process.env), keyring: undefined, close: () => Promise.resolve() };
  }
  const screen = await openScreen();
  try {
    const keyring = await startKeyringSession({ mode });
    // Else the app would open its windows on the person's own Wayland desktop.
    const env = definedOnly({ ...keyring.env, ...screen.env, WAYLAND_DISPLAY: undefined, LC_ALL: noLocale });
    const close = async (): Promise<void> => {
      await keyring.close();
      await screen.close();
    };
    return { env, keyring, close };
  } catch (error) {
    await screen.close();
    throw error;
  }
}

/** The variables that have a value, as programs are started with. */
export function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
