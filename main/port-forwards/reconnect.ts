import type { SessionEnd } from '../../preload/contract/terminal.ts';

const passing: ReadonlySet<SessionEnd> = new Set(['lost', 'refused', 'timeout', 'unreachable']);
const delaysMs = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
const longestDelayMs = 60_000;

/**
 * Whether a connection that ended is made again without anybody. Not where its sign-in or the host key stood in the way, and
 * not where somebody was asked and gave no answer: a server counts each attempt against this computer.
 */
export function comesBack(reason: SessionEnd, wasAskedInVain: boolean): boolean {
  return passing.has(reason) && !wasAskedInVain;
}

/** How long to wait before the next attempt; `failures` is how many have failed in a row, one at least. */
export function retryDelayMs(failures: number): number {
  return delaysMs[failures - 1] ?? longestDelayMs;
}
