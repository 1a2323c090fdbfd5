import * as promises from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { removeFile, replaceFile, type WritingCalls } from './atomic-write.ts';

/** Gives the text to be written, as it is when the write begins; null: the file is removed. */
export type Produce = () => string | null | Promise<string | null>;

/** Writes one file over and over: one write at a time, and what is asked for meanwhile is a single one more. */
export class FileWriter {
  readonly #path: string;
  readonly #produce: Produce;
  readonly #calls: WritingCalls;
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<Result<undefined, unknown>> | null = null;

  constructor(path: string, produce: Produce, calls: WritingCalls = promises) {
    this.#path = path;
    this.#produce = produce;
    this.#calls = calls;
  }

  /** Writes what is there now. Never rejects: the error is what the file system threw. */
  write(): Promise<Result<undefined, unknown>> {
    return (this.#next ??= this.#follow());
  }

  /** Waits for what is on its way. */
  async settled(): Promise<void> {
    await (this.#next ?? this.#current);
  }

  async #follow(): Promise<Result<undefined, unknown>> {
    // Also with nothing under way this waits for the end of the task, so that all that it sets is one write.
    await this.#current;
    if (this.#next !== null) this.#current = this.#next;
    this.#next = null;
    try {
      const text = await this.#produce();
      if (text === null) {
        await removeFile(this.#path, this.#calls);
      } else {
        await this.#calls.mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
        await replaceFile(this.#path, text, this.#calls);
      }
      return ok(undefined);
    } catch (cause) {
      return fail(cause);
    }
  }
}
