import { EventEmitter, on } from 'node:events';
import { inspect } from 'node:util';

/** What to wait for: a value that is read again after each change until it is accepted. */
export interface Condition<T> {
  /** Ends the sentence "Waited 5000 ms for …". */
  readonly what: string;
  readonly read: () => T | Promise<T>;
  readonly accept: (value: T) => boolean;
  /** Calls `changed` whenever a new read may differ; gives the function that ends this. */
  readonly subscribe: (changed: () => void) => () => void;
  readonly timeoutMs: number;
}

/** The condition did not come true in time; the message shows the last value that was read. */
export class ConditionTimeoutError extends Error {
  override readonly name = 'ConditionTimeoutError';
}

/**
 * Gives the first value that is accepted, read at once and then after each change: no polling, no sleeping.
 * Rejects with a {@link ConditionTimeoutError} after `timeoutMs`, or with what `read` throws.
 */
export async function waitForCondition<T>(condition: Condition<T>): Promise<T> {
  const deadline = new AbortController();
  const { signal } = deadline;
  const timer = setTimeout(() => deadline.abort(), condition.timeoutMs);
  const emitter = new EventEmitter();
  // The iterator keeps changes that arrive during a read, so none is lost.
  const changes = on(emitter, 'changed', { signal });
  const unsubscribe = condition.subscribe(() => emitter.emit('changed'));
  let last: T | undefined;
  try {
    last = await condition.read();
    while (!condition.accept(last)) {
      await changes.next();
      last = await condition.read();
    }
    return last;
  } catch (error) {
    if (!signal.aborted) throw error;
    const seen = inspect(last, { depth: 6, breakLength: 100 });
    throw new ConditionTimeoutError(
      `Waited ${condition.timeoutMs} ms for ${condition.what}; last seen: ${seen}`,
    );
  } finally {
    // A test that waits thousands of times keeps none of it.
    clearTimeout(timer);
    unsubscribe();
    await changes.return?.();
  }
}

/** As {@link waitForCondition}, until `read` finds something. */
export async function waitForFound<T>(search: Omit<Condition<T | undefined>, 'accept'>): Promise<T> {
  const found = await waitForCondition({ ...search, accept: (value) => value !== undefined });
  if (found === undefined) throw new Error('Nothing was accepted as found.');
  return found;
}
