import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { processTree } from '../support/process-tree.ts';

const kilobytesPerMegabyte = 1024;

/** What a mapping holds: a file of the system's or the app's, what was allocated, or memory that processes share. */
type Kind = 'allocated' | 'shared' | 'runtime' | 'other files';

/** A name for each process of an app, by Chromium's switches. */
function processName(command: string): string {
  const type = / --type=([\w-]+)/.exec(command)?.[1];
  if (type === undefined) return 'main';
  return /--utility-sub-type=(?:\w+\.mojom\.)?(\w+)/.exec(command)?.[1] ?? type;
}

function kindOf(path: string, runtime: string): Kind {
  if (path === '' || /^\[(?:heap|stack|anon)/.test(path)) return 'allocated';
  if (/^\/(?:memfd:|dev\/shm|SYSV)/.test(path)) return 'shared';
  return basename(path) === runtime ? 'runtime' : 'other files';
}

/**
 * Where the memory of an app is: megabytes (PSS) by process and kind of mapping, a line a process. `runtime` is the file
 * that all of them run. Processes that end meanwhile are left out. Linux only.
 */
export async function mappingLines(rootPid: number, runtimePath: string): Promise<readonly string[]> {
  const sums = new Map<string, Map<Kind, number>>();
  for (const { pid, command } of await processTree(rootPid)) {
    const smaps = await readFile(`/proc/${pid}/smaps`, 'utf8').catch(() => '');
    const ofProcess = sums.get(processName(command)) ?? new Map<Kind, number>();
    sums.set(processName(command), ofProcess);
    let kind: Kind = 'allocated';
    for (const line of smaps.split('\n')) {
      const path = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)$/.exec(line)?.[1];
      if (path !== undefined) kind = kindOf(path, basename(runtimePath));
      const kilobytes = Number(/^Pss:\s+(\d+) kB$/.exec(line)?.[1] ?? 0);
      ofProcess.set(kind, (ofProcess.get(kind) ?? 0) + kilobytes / kilobytesPerMegabyte);
    }
  }
  return [...sums].map(([name, kinds]) => {
    const parts = [...kinds].map(([kind, megabytes]) => `${kind} ${megabytes.toFixed(1)}`);
    return `${name}: ${parts.join(', ')} MB`;
  });
}
