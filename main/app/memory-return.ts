import { getHeapStatistics } from 'node:v8';
import { systemClock, type WallClock } from '../clock/index.ts';
import { collectGarbage } from '../tasks/index.ts';

const lookEveryMs = 1_000;
/** Who uses less than that of a core for so long is at rest: nobody feels a pause. */
const restingShare = 0.03;
/** Less is not worth the pause. */
const worthBytes = 4 * 1024 * 1024;
/** What is in use is gone through: of a list of 10,000 instances that takes too long. */
const mostUsedBytes = 64 * 1024 * 1024;
/** V8 lets go of the code of a function that was not called between so many collections (`bytecode_old_age` is 6). */
const collectionCount = 8;

export interface MemoryReturnHooks {
  /** What this process has used of the processor since it started. */
  readonly usedCpuMs: () => number;
  /** What V8 has of the system, and what of it is in use. */
  readonly heap: () => { readonly totalBytes: number; readonly usedBytes: number };
  readonly collectGarbage: () => void;
}

/**
 * Gives back the memory that something large has left behind, as the start does, once main has come to rest after it: what is
 * garbage, and then the code that ran for it alone, collection by collection.
 */
export class MemoryReturn {
  readonly #clock: WallClock;
  readonly #hooks: MemoryReturnHooks;
  #cancel: (() => void) | null = null;
  #lastCpuMs = 0;
  #collectionsLeft = 0;

  constructor(clock: WallClock, hooks: MemoryReturnHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** Something large is over, or nearly so. */
  soon(): void {
    this.#cancel?.();
    this.#collectionsLeft = collectionCount;
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
    const isFirst = this.#collectionsLeft === collectionCount;
    if (usedBytes > mostUsedBytes || (isFirst && totalBytes - usedBytes < worthBytes)) return;
    this.#hooks.collectGarbage();
    this.#collectionsLeft -= 1;
    if (this.#collectionsLeft > 0) this.#wait();
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
    collectGarbage,
  });
}
