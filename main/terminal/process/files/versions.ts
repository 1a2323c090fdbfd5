import type { BigIntStats } from 'node:fs';
import type { FileVersion } from './copying.ts';
import type { Attributes } from './packets.ts';

/** The version of a file on the server. */
export function remoteVersion({ size, modifiedS }: Attributes): FileVersion {
  return { sizeBytes: size ?? 0, modifiedMs: modifiedS === null ? null : modifiedS * 1000 };
}

/** The version of a file of this computer. */
export function localVersion(stats: BigIntStats): FileVersion {
  return { sizeBytes: Number(stats.size), modifiedMs: Number(stats.mtimeNs / 1000n) / 1000 };
}

/** Whether it is the system that refused, and no mistake of ours. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
