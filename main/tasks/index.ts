export { collectGarbage, collectGarbageAndCode } from './collect-garbage.ts';
export { soon, Turn } from './turn.ts';

/*
 * Work that shuts something while it runs: a form, a batch, an instance. Both helpers ask what becomes of it when the code
 * throws, so that nothing stays shut for ever.
 */

/** What a task that threw ends in, at once or later. */
export type OnThrow<T> = (cause: unknown) => T | Promise<T>;

/** Runs one task at a time for each key. A key is free again when its task is over, however that ended. */
export class KeyedMutex<K> {
  readonly #held = new Set<K>();

  /** Runs a task now, and gives what it or `onThrow` gives; null where one of that key is running. */
  tryRun<T>(key: K, task: () => T | Promise<T>, onThrow: OnThrow<T>): Promise<T> | null {
    if (this.#held.has(key)) return null;
    this.#held.add(key);
    return this.#run(key, task, onThrow);
  }

  async #run<T>(key: K, task: () => T | Promise<T>, onThrow: OnThrow<T>): Promise<T> {
    try {
      return await task();
    } catch (cause) {
      return await onThrow(cause);
    } finally {
      this.#held.delete(key);
    }
  }
}

/** Runs a task that nobody waits for. `onThrow` brings to an end what it has begun. */
export function inBackground(task: () => void | Promise<void>, onThrow: OnThrow<void>): void {
  const run = async (): Promise<void> => {
    try {
      await task();
    } catch (cause) {
      await onThrow(cause);
    }
  };
  void run();
}
