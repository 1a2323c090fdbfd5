import { spawnSync } from 'node:child_process';
import * as promises from 'node:fs/promises';
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, type TestContext } from 'vitest';
import type { WritingCalls } from '../../../main/storage/atomic-write.ts';

/** A real disk that counts what is written to it, and that can fill up, or lose its computer. */
export class TestDisk {
  /** Files that were replaced, one entry a time. */
  readonly replaced: string[] = [];
  /** The code that each write fails with. */
  fault: string | null = null;
  /** So many calls get through before the process is dead: nothing reaches the disk after. */
  callsLeft = Infinity;
  callCount = 0;
  /** When set, flushed files wait for it. */
  gate: Promise<void> | null = null;

  readonly calls: WritingCalls = {
    ...promises,
    mkdir: ((...args: Parameters<typeof promises.mkdir>) =>
      this.#do(() => promises.mkdir(...args))) as typeof promises.mkdir,
    open: (...args) => this.#do(() => promises.open(...args)),
    rename: async (from, to) => {
      await this.#do(() => promises.rename(from, to));
      this.replaced.push(String(to));
    },
    rm: (...args) => this.#do(() => promises.rm(...args)),
    writeFile: async (path, data, options) => {
      await this.gate;
      if (this.fault !== null) throw Object.assign(new Error('No.'), { code: this.fault });
      // The computer itself stays on: what is not flushed is not lost, and a busy disk is slow to flush.
      const unflushed = typeof options === 'object' ? { ...options, flush: false } : options;
      return this.#do(() => promises.writeFile(path, data, unflushed));
    },
  };

  #underWay = 0;

  /** The process is dead, and what it had begun has ended. */
  get isDead(): boolean {
    return this.callsLeft <= 0 && this.#underWay === 0;
  }

  async #do<T>(call: () => Promise<T>): Promise<T> {
    this.callCount += 1;
    if (this.callsLeft <= 0) return new Promise<T>(() => undefined);
    this.callsLeft -= 1;
    this.#underWay += 1;
    return call().finally(() => (this.#underWay -= 1));
  }
}

/** Runs a command that needs root on Linux, or skips the test and says why. */
export function runAsRoot(context: TestContext, command: string, ...args: readonly string[]): void {
  if (process.platform !== 'linux') context.skip('needs Linux');
  if (process.getuid?.() !== 0) context.skip(`needs root for ${command}`);
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) context.skip(`${command}: ${error?.message ?? stderr}`);
}

/**
 * Makes a folder one that nobody may write in, for root as well, whom a folder's mode does not stop.
 * Returns what makes it writable again.
 */
export function makeUnwritable(context: TestContext, path: string): () => void {
  if (process.platform === 'win32') context.skip('a folder has no mode on Windows');
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o500);
    return () => {
      chmodSync(path, 0o700);
    };
  }
  runAsRoot(context, 'chattr', '+i', path);
  return () => {
    spawnSync('chattr', ['-i', path]);
  };
}

/** A folder of its own for each test. */
export function useFolder(): { readonly path: (...names: readonly string[]) => string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evorxa-store-'));
  });
  afterEach(async () => {
    // A write that is still on its way may add a file meanwhile, and has to have its turn to end.
    await promises.rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
  });
  return { path: (...names) => join(folder, ...names) };
}

/** What a file holds. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The names in a folder, sorted. */
export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}
