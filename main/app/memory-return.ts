import { getHeapStatistics } from 'node:v8';
import { systemClock, type WallClock } from '../clock/index.ts';
import { collectGarbageAndCode } from '../tasks/index.ts';

const lookEveryMs = 1_000;
/** Who uses less than that of a core for so long is at rest: nobody feels a pause. */
const restingShare = 0.03;
/** Less is not worth the pause. */
const worthBytes = 4 * 1024 * 1024;
/** What is in use is gone through: of a list of 10,000 instances that takes too long. */
const mostUsedBytes = 64 * 1024 * 1024;

export interface MemoryReturnHooks {
  /** What this process has used of the processor since it started. */
  readonly usedCpuMs: () => number;
  /** What V8 has of the system, and what of it is in use. */
  readonly heap: () => { readonly totalBytes: number; readonly usedBytes: number };
  readonly collectGarbage: () => void;
}

/**
 * Gives back the memory that something large has left behind, as the start does, once main has come to rest after it: what is
 * garbage, and the code that ran for it.
 */
export class MemoryReturn {
  readonly #clock: WallClock;
  readonly #hooks: MemoryReturnHooks;
  #cancel: (() => void) | null = null;
  #lastCpuMs = 0;

  constructor(clock: WallClock, hooks: MemoryReturnHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** Something large is over, or nearly so. */
  soon(): void {
    this.#cancel?.();
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #wait(): void {
    this.#lastCpuMs = this.#hooks.usedCpuMs();
    this.#cancel = this.#clock.setTimeout(() => this.#look(), lookEveryMs);
  }

  #look(): void {
    this.#cancel = null;
    if (this.#hooks.usedCpuMs() - this.#lastCpuMs > restingShare * lookEveryMs) {
      this.#wait();
      return;
    }
    const { totalBytes, usedBytes } = this.#hooks.heap();
    if (usedBytes > mostUsedBytes || totalBytes - usedBytes < worthBytes) return;
    this.#hooks.collectGarbage();
  }
}

/** Of this process. */
export function createMemoryReturn(): MemoryReturn {
  return new MemoryReturn(systemClock, {
    usedCpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
    heap: () => {
      const { total_heap_size: totalBytes, used_heap_size: usedBytes } = getHeapStatistics();
      return { totalBytes, usedBytes };
    },
    collectGarbage: collectGarbageAndCode,
  });
}
