import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Store from 'electron-store';

/** What was found when a store was opened, and what happens to its writes. */
export interface StoreHealth {
  /** Where a file that could not be read was put aside; null when all was well. */
  readonly backupPath: string | null;
  /** Changes hold until the app quits: the file cannot be written. */
  readonly readOnly: boolean;
}

/** A file of JSON under one key a part. Reading never fails; a write that fails is told once and kept in memory. */
export interface JsonStore {
  readonly health: () => StoreHealth;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

const isObject = (text: string): boolean => {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
};

/** Puts a file aside that is not a JSON object, so that the store starts empty and nothing is lost. */
function setAsideBroken(path: string): string | null {
  if (!existsSync(path)) return null;
  try {
    if (isObject(readFileSync(path, 'utf8'))) return null;
  } catch {
    // Falls through: broken JSON and an unreadable file end alike.
  }
  const backupPath = `${path}.bad`;
  try {
    renameSync(path, backupPath);
    return backupPath;
  } catch {
    return null;
  }
}

/** A crash in the middle of an atomic write leaves its temporary file behind. */
function sweepTemporaries(path: string): void {
  try {
    for (const name of readdirSync(dirname(path))) {
      if (name.startsWith(`${basename(path)}.tmp-`)) rmSync(join(dirname(path), name), { force: true });
    }
  } catch {
    // A folder that cannot be listed holds nothing that we could sweep.
  }
}

const writable = (path: string): boolean => {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Opens `path` as a store, mode 0600, written atomically. Starts in any case: a broken file is put aside as
 * `.bad`, one that cannot be written is replaced by memory. `onWriteError` is told of the first write that fails.
 */
export function openJsonStore(path: string, onWriteError: (cause: unknown) => void): JsonStore {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  sweepTemporaries(path);
  const backupPath = setAsideBroken(path);
  let readOnly = !writable(path);
  const values = new Map<string, unknown>();
  let disk: Store | null = null;
  try {
    disk = new Store<Record<string, unknown>>({
      cwd: dirname(path),
      name: basename(path, '.json'),
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
      clearInvalidConfig: false,
    });
    for (const [key, value] of Object.entries(disk.store)) values.set(key, value);
  } catch (cause) {
    readOnly = true;
    onWriteError(cause);
  }
  return {
    health: () => ({ backupPath, readOnly }),
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
      if (disk === null) return;
      try {
        disk.set(key, value);
        readOnly = false;
      } catch (cause) {
        if (!readOnly) onWriteError(cause);
        readOnly = true;
      }
    },
  };
}
