import { open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { CanaryScanner } from './canary-forms.ts';
import type { CanaryForm, CanaryForms } from './canary-forms.ts';
import { requireLinux } from './linux.ts';
import { isSystemError } from './process-tree.ts';

interface Region {
  readonly start: number;
  readonly end: number;
}

const chunkBytes = 4 * 1024 * 1024;
const hexRange = /^([\da-f]+)-([\da-f]+) (r...) \S+ \S+ \S+\s*(.*)$/;

/**
 * Searches all that a process has in memory now: heap, stacks, buffers, freed memory that was not overwritten. Needs
 * the right to trace it (root, or its own child where the system allows that). Rejects when it is gone. Linux only.
 */
export async function scanMemory(pid: number, forms: CanaryForms): Promise<readonly CanaryForm[]> {
  requireLinux('Searching a process’s memory');
  const regions = presentRegions(await readFile(`/proc/${pid}/smaps`, 'utf8'));
  const memory = await open(`/proc/${pid}/mem`, 'r');
  try {
    const found = new Set<CanaryForm>();
    for (const region of regions) for (const form of await scanRegion(memory, region, forms)) found.add(form);
    return [...found];
  } finally {
    await memory.close();
  }
}

/** Regions that can be read and hold pages; V8 alone reserves terabytes that it never touches. */
function presentRegions(smaps: string): readonly Region[] {
  const regions: Region[] = [];
  let current: Region | undefined;
  for (const line of smaps.split('\n')) {
    if (/^[\da-f]+-[\da-f]+ /.test(line)) {
      const [, start, end, , name] = hexRange.exec(line) ?? [];
      // The kernel's own pages cannot be read this way and hold nothing of the process.
      const isKernels = name === '[vvar]' || name === '[vsyscall]';
      current =
        start === undefined || end === undefined || isKernels
          ? undefined
          : { start: parseInt(start, 16), end: parseInt(end, 16) };
    } else if (current !== undefined && /^(Rss|Swap): +[1-9]/.test(line)) {
      regions.push(current);
      current = undefined;
    }
  }
  return regions;
}

async function scanRegion(
  memory: FileHandle,
  region: Region,
  forms: CanaryForms,
): Promise<readonly CanaryForm[]> {
  const scanner = new CanaryScanner(forms);
  const buffer = Buffer.alloc(Math.min(chunkBytes, region.end - region.start));
  for (let position = region.start; position < region.end; position += buffer.length) {
    const length = Math.min(buffer.length, region.end - position);
    try {
      const { bytesRead } = await memory.read(buffer, 0, length, position);
      scanner.push(buffer.subarray(0, bytesRead));
    } catch (error) {
      // The process gave the region back meanwhile, or it is a device's.
      if (!isSystemError(error, 'EIO') && !isSystemError(error, 'EFAULT')) throw error;
    }
  }
  return scanner.found();
}
