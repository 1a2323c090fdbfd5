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
import * as z from 'zod/mini';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { temporaryInfix, type WritingCalls } from './atomic-write.ts';
import { FileWriter } from './file-writer.ts';

/** Values under a key a part. Reading never fails; a value that is `undefined` is none. */
export interface JsonStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** A store that says when what it holds is on the disk. */
export interface SavedStore extends JsonStore {
  /** Ends once all that was set is on the disk, or could not be put there; tries again what could not. */
  saved(): Promise<Result<undefined, SaveError>>;
}

/** Why a file is not written; null: it is. `newer`: a later version of the app wrote it, whose form is not known here. */
export type WriteProblem = 'unwritable' | 'newer' | null;

/** How it stands with a file. */
export interface FileHealth {
  /** Where a file that could not be read was set aside; null when all was well. */
  readonly setAsidePath: string | null;
  /** Changes hold until the app quits. */
  readonly problem: WriteProblem;
}

/** Why what was set is not on the disk. */
export type SaveError = { readonly kind: 'newer' } | { readonly kind: 'unwritable'; readonly cause: unknown };

/** A file of JSON with a version, kept in memory, and written behind the caller's back. */
export interface JsonFile extends SavedStore {
  readonly path: string;
  readonly health: () => FileHealth;
  /** Whether nothing is in it. */
  isEmpty(): boolean;
  /** Removes the file and all that is in it, whatever version wrote it. */
  remove(): void;
}

type Values = Readonly<Record<string, unknown>>;
/** Makes the values of the next version out of those of one version. */
export type Migration = (values: Values) => Values;

/** How a file is opened. */
export interface JsonFileOptions {
  /** By the version that they start from; a file without a version is of version 0. Their number is today's version. */
  readonly migrations: readonly Migration[];
  /** The file cannot be written (with the cause), or can be again (null). */
  readonly onProblem?: (cause: unknown) => void;
  readonly calls?: WritingCalls | undefined;
  readonly nowMs?: () => number;
}

const newerFile: SaveError = { kind: 'newer' };
const brokenFile: SaveError = {
  kind: 'unwritable',
  cause: new Error('The file is broken and could not be set aside.'),
};

const versionSchema = z._default(z.int().check(z.gte(0)), 0);

interface Read {
  readonly version: number;
  readonly values: Values;
}

/** What is in the file; nothing, of version 0, where there is no file. Throws where it is not what such a file holds. */
function readFile(path: string): Read {
  if (!existsSync(path)) return { version: 0, values: {} };
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new TypeError(`${basename(path)} is not a JSON object.`);
  const parts = Object.entries(content);
  return {
    version: z.parse(versionSchema, parts.find(([key]) => key === 'version')?.[1]),
    values: Object.fromEntries(parts.filter(([key]) => key !== 'version')),
  };
}

/** Puts a broken file aside under a name that nothing has. Null where that is not possible. */
function setAside(path: string, nowMs: number): string | null {
  const name = `${path}.broken-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  for (let count = 0; count < 100; count += 1) {
    const free = count === 0 ? name : `${name}-${count}`;
    if (existsSync(free)) continue;
    try {
      renameSync(path, free);
      return free;
    } catch {
      return null;
    }
  }
  return null;
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
 * Opens a file, mode 0600, written atomically. Starts in any case: a broken file is set aside as `.broken-…`, one that
 * cannot be written is replaced by memory, and one of a later version is read as far as it can be and never written.
 */
export function openJsonFile(path: string, options: JsonFileOptions): JsonFile {
  const { migrations, onProblem = () => undefined, calls, nowMs = () => Date.now() } = options;
  const known = migrations.length;
  let problem: WriteProblem = isFolderWritable(dirname(path)) ? null : 'unwritable';
  // The user may keep the file elsewhere and link to it: the link stays, its target is replaced.
  const file = existsSync(path) ? realpathSync(path) : path;
  sweepTemporaries(file);
  let setAsidePath: string | null = null;
  /** It is broken, and could not be set aside: it is not written over either. */
  let isStuck = false;
  const values = new Map<string, unknown>();
  /** What each value is written as: most of them are as they were at the last write. */
  const texts = new Map<string, string>();
  try {
    const read = readFile(file);
    const migrated = migrations.slice(read.version).reduce((before, migrate) => migrate(before), read.values);
    for (const [key, value] of Object.entries(migrated)) values.set(key, value);
    if (read.version > known) problem = 'newer';
  } catch {
    setAsidePath = setAside(file, nowMs());
    if (setAsidePath === null) problem = 'unwritable';
    isStuck = setAsidePath === null;
  }
  const leftAlone = problem === 'newer' ? newerFile : isStuck ? brokenFile : null;

  let isRemoved = false;
  const text = (): string | null => {
    if (isRemoved && values.size === 0) return null;
    for (const [key, value] of values) if (!texts.has(key)) texts.set(key, JSON.stringify(value, null, 2));
    const parts = [...values.keys()].map((key) => `${JSON.stringify(key)}: ${texts.get(key) ?? 'null'}`);
    return `{\n${[`"version": ${known}`, ...parts].join(',\n')}\n}\n`;
  };
  const writer = new FileWriter(file, text, calls);
  let revision = 0;
  let writtenRevision = 0;
  const save = async (): Promise<Result<undefined, SaveError>> => {
    if (leftAlone !== null && !isRemoved) return fail(leftAlone);
    if (writtenRevision === revision) return ok(undefined);
    // The next write has at least what is there now.
    const wanted = revision;
    const written = await writer.write();
    if (written.ok) writtenRevision = Math.max(writtenRevision, wanted);
    const before = problem;
    problem = written.ok ? null : 'unwritable';
    if (problem !== before) onProblem(written.ok ? null : written.error);
    return written.ok ? written : fail({ kind: 'unwritable', cause: written.error });
  };
  return {
    path,
    health: () => ({ setAsidePath, problem }),
    isEmpty: () => values.size === 0,
    get: (key) => values.get(key),
    set: (key, value) => {
      if (value === undefined ? !values.has(key) : values.get(key) === value) return;
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      texts.delete(key);
      revision += 1;
      void save();
    },
    saved: save,
    remove: () => {
      values.clear();
      texts.clear();
      isRemoved = true;
      setAsidePath = null;
      revision += 1;
      void save();
    },
  };
}
