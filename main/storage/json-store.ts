import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { temporaryInfix, writeFileAtomically } from './atomic-write.ts';

/** What was found when a store was opened, and what happens to its writes. */
export interface StoreHealth {
  /** Where a file that could not be read was put aside; null when all was well. */
  readonly backupPath: string | null;
  /** Changes hold until the app quits: the file cannot be written. */
  readonly readOnly: boolean;
}

/** A file of JSON under one key a part. Reading never fails; a write that fails is told once and the value kept in memory. */
export interface JsonStore {
  readonly health: () => StoreHealth;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** The parts in the file; none where there is no file. Throws where it is not a JSON object. */
function readParts(path: string): Map<string, unknown> {
  if (!existsSync(path)) return new Map();
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${basename(path)} is not a JSON object.`);
  }
  return new Map(Object.entries(value));
}

/** Puts a broken file aside, so that the store starts empty and nothing is lost. Null where that is not possible. */
function setAside(path: string): string | null {
  const backupPath = `${path}.bad`;
  try {
    renameSync(path, backupPath);
    return backupPath;
  } catch {
    return null;
  }
}

/** A crash in the middle of a write leaves its temporary file behind. */
function sweepTemporaries(path: string): void {
  try {
    for (const name of readdirSync(dirname(path))) {
      if (name.startsWith(`${basename(path)}${temporaryInfix}`))
        rmSync(join(dirname(path), name), { force: true });
    }
  } catch {
    // A folder that cannot be listed holds nothing that we could sweep.
  }
}

/** Makes the folder if need be. A write replaces the file, so it is the folder that has to allow it. */
function isFolderWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens `path` as a store, mode 0600, written atomically. Starts in any case: a broken file is put aside as
 * `.bad`, one that cannot be written is replaced by memory. `onWriteError` is told of the first write that fails.
 */
export function openJsonStore(path: string, onWriteError: (cause: unknown) => void): JsonStore {
  let readOnly = !isFolderWritable(dirname(path));
  let failing = false;
  // A person may keep the file elsewhere and link to it: the link stays, its target is replaced.
  const file = existsSync(path) ? realpathSync(path) : path;
  sweepTemporaries(file);
  let values = new Map<string, unknown>();
  let backupPath: string | null = null;
  try {
    values = readParts(file);
  } catch {
    backupPath = setAside(file);
  }
  return {
    health: () => ({ backupPath, readOnly }),
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
      try {
        writeFileAtomically(file, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`);
        readOnly = false;
        failing = false;
      } catch (cause) {
        readOnly = true;
        if (!failing) onWriteError(cause);
        failing = true;
      }
    },
  };
}
