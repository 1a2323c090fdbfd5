import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CanaryForms, CanaryScanner } from './canary-forms.ts';
import type { CanaryForm } from './canary-forms.ts';
import { scanMemory } from './canary-memory.ts';
import { isSystemError, processTree } from './process-tree.ts';

/** What is needed of a DevTools session with a page; Playwright's `CDPSession` is one. */
export interface HeapSession {
  on(event: 'HeapProfiler.addHeapSnapshotChunk', listener: (part: { chunk: string }) => void): unknown;
  off(event: 'HeapProfiler.addHeapSnapshotChunk', listener: (part: { chunk: string }) => void): unknown;
  send(method: 'HeapProfiler.takeHeapSnapshot', params: { reportProgress: boolean }): Promise<unknown>;
}

/** Where to look for a secret that must be nowhere. */
export interface CanaryPlaces {
  /** Folders, searched with all that is in them: user data, crash dumps. */
  readonly folders?: readonly string[];
  /** Single files, such as logs. */
  readonly logs?: readonly string[];
  /** Roots of process trees, whose arguments and environments are searched. Linux only. */
  readonly pids?: readonly number[];
  /** Single processes whose whole memory is searched, such as a renderer's. Linux only; see {@link scanMemory}. */
  readonly memoryOf?: readonly number[];
  /**
   * A session with a page, whose JavaScript heap is searched. A snapshot shortens strings beyond 1,024 characters:
   * where it can be had, `memoryOf` is the stronger check.
   */
  readonly heap?: HeapSession;
}

/** A place where the canary was found, and how it was written there. */
export interface CanaryHit {
  /** A path, `/proc/PID/…`, or `heap`. */
  readonly where: string;
  readonly form: CanaryForm;
}

/**
 * Searches for a secret as it is, in Base64, URL-encoded and in UTF-16. A place that does not exist is an error: a
 * search that looked nowhere would prove nothing. Compressed files are searched as they are.
 */
export async function findCanary(needle: string, places: CanaryPlaces): Promise<readonly CanaryHit[]> {
  const forms = new CanaryForms(needle);
  const hits: CanaryHit[] = [];
  const add = (where: string, found: readonly CanaryForm[]): void => {
    hits.push(...found.map((form) => ({ where, form })));
  };
  for (const file of places.logs ?? []) add(file, await scanFile(file, forms));
  for (const folder of places.folders ?? []) {
    for (const file of await filesIn(folder)) add(file, await unlessGone(scanFile(file, forms)));
  }
  for (const rootPid of places.pids ?? []) {
    for (const file of await startFiles(rootPid)) add(file, await unlessGone(scanSmallFile(file, forms)));
  }
  for (const pid of places.memoryOf ?? []) add(`/proc/${pid}/mem`, await scanMemory(pid, forms));
  if (places.heap !== undefined) add('heap', await scanHeap(places.heap, forms));
  return hits;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // Sockets and pipes hold nothing, and links are not followed out of the folder.
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function scanFile(path: string, forms: CanaryForms): Promise<readonly CanaryForm[]> {
  const scanner = new CanaryScanner(forms);
  const chunks: AsyncIterable<Buffer> = createReadStream(path);
  for await (const chunk of chunks) scanner.push(chunk);
  return scanner.found();
}

/** What each process of a tree was started with. */
async function startFiles(rootPid: number): Promise<readonly string[]> {
  const tree = await processTree(rootPid);
  if (tree.length === 0) throw new Error(`There is no process ${rootPid} to search.`);
  return tree.flatMap(({ pid }) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
}

async function scanSmallFile(path: string, forms: CanaryForms): Promise<readonly CanaryForm[]> {
  const scanner = new CanaryScanner(forms);
  scanner.push(await readFile(path));
  return scanner.found();
}

async function scanHeap(session: HeapSession, forms: CanaryForms): Promise<readonly CanaryForm[]> {
  const scanner = new CanaryScanner(forms);
  const take = ({ chunk }: { readonly chunk: string }): void => scanner.push(Buffer.from(chunk));
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  try {
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  } finally {
    session.off('HeapProfiler.addHeapSnapshotChunk', take);
  }
  return scanner.found();
}

/** An app that runs removes files, and ends processes, while they are searched. */
async function unlessGone(scan: Promise<readonly CanaryForm[]>): Promise<readonly CanaryForm[]> {
  try {
    return await scan;
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ESRCH')) return [];
    throw error;
  }
}
