import { open, stat, type FileHandle } from 'node:fs/promises';
import type { LogFormat } from '../../../../preload/contract/terminal.ts';
import { errorCode } from '../errors.ts';
import { PlainText } from './plain-text.ts';

/** So much may wait for a slow disk. */
const mostWaitingBytes = 64 * 1024 * 1024;

/** Where a log is not written on, and why: the system's code, or that the disk is too slow. */
export type LogProblem = string;

/**
 * What a session prints, added to a file. It has the output alone: what is typed is in it only where the server echoes it. It
 * ends by `stop`, or where the file cannot be written.
 */
export class SessionLog {
  readonly #file: FileHandle;
  readonly #text: PlainText | null;
  readonly #onProblem: (problem: LogProblem) => void;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | null = null;
  #isOver = false;

  private constructor(file: FileHandle, format: LogFormat, onProblem: (problem: LogProblem) => void) {
    this.#file = file;
    this.#text = format === 'text' ? new PlainText() : null;
    this.#onProblem = onProblem;
  }

  /** Opens a file, new or there already, for its owner alone. Rejects with the system's error. */
  static async open(
    path: string,
    format: LogFormat,
    onProblem: (problem: LogProblem) => void,
  ): Promise<SessionLog> {
    // A pipe would hold the call until somebody reads it.
    const before = await stat(path).catch(() => null);
    if (before?.isFile() === false) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
    const file = await open(path, 'a', 0o600);
    try {
      await file.chmod(0o600);
    } catch {
      // A file system without permissions, or somebody else's file that may be written.
    }
    return new SessionLog(file, format, onProblem);
  }

  /** Adds output; the bytes are copied. */
  write(chunk: Uint8Array): void {
    if (this.#isOver) return;
    this.#add(this.#text === null ? Buffer.from(chunk) : Buffer.from(this.#text.take(chunk)));
  }

  /** Writes what is left and closes the file. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#add(Buffer.from(this.#text?.end() ?? ''));
    this.#isOver = true;
    await this.#writing;
    await this.#file.close().catch(() => undefined);
  }

  #add(bytes: Buffer): void {
    if (bytes.byteLength === 0) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes > mostWaitingBytes) this.#fail('too-slow');
    else this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const bytes = Buffer.concat(this.#waiting.splice(0));
        // Writes on where the system took a part of it.
        await this.#file.appendFile(bytes);
        this.#waitingBytes -= bytes.byteLength;
      }
    } catch (error) {
      this.#fail(errorCode(error));
    } finally {
      this.#writing = null;
    }
  }

  #fail(problem: LogProblem): void {
    const wasOver = this.#isOver;
    this.#isOver = true;
    this.#waiting = [];
    if (!wasOver) void this.#file.close().catch(() => undefined);
    this.#onProblem(problem);
  }
}
