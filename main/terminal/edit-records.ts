import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import { remotePath } from '../../preload/contract/remote-files.ts';
import { opaqueId } from '../../preload/contract/watch.ts';
import { writeFileAtomically } from '../storage/index.ts';

const recordSchema = z.object({
  accountId: opaqueId<AccountId>(),
  instanceId: opaqueId<InstanceId>(),
  instanceName: z.string(),
  /** Where it belongs on the instance. */
  path: remotePath,
  /** What was there when it was fetched, or sent last. */
  remote: z.object({ sizeBytes: z.number(), modifiedMs: z.nullable(z.number()) }),
  /** Its name on this computer. */
  name: z.string().check(z.minLength(1), z.regex(/^[^/\\]+$/)),
  /** The version of it on this computer (`LocalVersion`) that is on the instance. */
  sent: z.string(),
});

/** What is kept of a file that is edited here, beside it: a later run finds by it what was not sent. */
export type EditRecord = z.infer<typeof recordSchema>;

/** A record, and the folder that it is in. */
export interface KeptEdit {
  readonly folder: string;
  readonly record: EditRecord;
}

/** A state of a file of this computer. */
export interface LocalVersion {
  /** Differs where the file does. */
  readonly text: string;
  readonly modifiedMs: number;
}

const recordName = 'edit.json';
const folderPrefix = 'edit-';

/** The files that are edited here, each in a folder of its own that only the user may read, with its record. */
export class EditFolders {
  readonly #root: string;
  #made: Promise<unknown> | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** A new folder, and the one in it that the file alone comes into. */
  async make(): Promise<{ readonly folder: string; readonly fileFolder: string }> {
    this.#made ??= this.#makeRoot();
    await this.#made;
    const folder = await mkdtemp(join(this.#root, folderPrefix));
    const fileFolder = join(folder, 'file');
    await mkdir(fileFolder, { mode: 0o700 });
    return { folder, fileFolder };
  }

  /** Those of a former run. One without a record was never opened: it is removed. */
  async former(report: (cause: unknown) => void): Promise<readonly KeptEdit[]> {
    const found: KeptEdit[] = [];
    for (const name of (await orNull(readdir(this.#root))) ?? []) {
      const folder = join(this.#root, name);
      const text = await orNull(readFile(join(folder, recordName), 'utf8'));
      if (text === null) await rm(folder, { recursive: true, force: true });
      else
        try {
          found.push({ folder, record: recordSchema.parse(JSON.parse(text)) });
        } catch (cause) {
          // Whoever wrote it so: the file beside it may be the only one.
          report(cause);
        }
    }
    return found;
  }

  async #makeRoot(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    // Where the folder was there with other permissions.
    await chmod(this.#root, 0o700);
  }
}

/** Where the file of a record is. */
export function localPathOf(folder: string, { name }: Pick<EditRecord, 'name'>): string {
  return join(folder, 'file', name);
}

/** Whether what is here is on the instance too. Without the file itself: whether an editor has left nothing either. */
export function isSent(
  { folder }: Pick<KeptEdit, 'folder'>,
  { sent }: Pick<EditRecord, 'sent'>,
  local: LocalVersion | null,
): boolean {
  return local === null ? filesIn(join(folder, 'file')).length === 0 : local.text === sent;
}

/** Keeps a record; throws what the file system throws. */
export function writeRecord(folder: string, record: EditRecord): void {
  writeFileAtomically(join(folder, recordName), JSON.stringify(record));
}

/** How a file is now; null: it is not there, as while some editors write it. */
export function localVersion(path: string): LocalVersion | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined
    ? null
    : { text: `${stats.size} ${stats.mtimeMs}`, modifiedMs: Math.round(stats.mtimeMs) };
}

/** What is not there is null. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null;
    throw error;
  }
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
