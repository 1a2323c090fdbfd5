import { statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, extname } from 'node:path';

export interface AppArchiveHooks {
  /** It is not there any more. Told once. */
  readonly onGone: () => void;
  /** Another one has its place. Told once, after the other. */
  readonly onReplaced: () => void;
}

/**
 * The archive (`app.asar`) that this process was started from, while another one may take its place: `apt upgrade` does not ask
 * whether the app runs. dpkg and rpm put the new file beside it and rename it.
 */
export class AppArchive {
  readonly #path: string;
  readonly #hooks: AppArchiveHooks;
  readonly #identity: string | null;
  #watcher: FSWatcher | null = null;
  #isGone = false;
  #isReplaced = false;

  /** @param path What the app was loaded from; a folder, as during development, is not followed. */
  constructor(path: string, hooks: AppArchiveHooks) {
    this.#path = path;
    this.#hooks = hooks;
    this.#identity = extname(path) === '.asar' ? identityOf(path) : null;
  }

  /** Is told by the system from now on. */
  follow(): void {
    if (this.#identity === null) return;
    try {
      this.#watcher = watch(dirname(this.#path), { persistent: false }, () => this.check());
      this.#watcher.on('error', () => this.stop());
    } catch {
      // The system has no watch left to give: it is seen when the window is looked at.
    }
  }

  /** Looks whether it is still there. */
  check(): void {
    if (this.#identity === null || this.#isReplaced) return;
    const found = identityOf(this.#path);
    if (found === this.#identity) return;
    if (!this.#isGone) this.#hooks.onGone();
    this.#isGone = true;
    if (found === null) return;
    this.#isReplaced = true;
    this.stop();
    this.#hooks.onReplaced();
  }

  stop(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}

/** What tells a file from another one of its name; null: there is none. */
function identityOf(path: string): string | null {
  // Electron shows an archive as a folder, unless it is told not to.
  const { noAsar } = process;
  process.noAsar = true;
  try {
    const { dev, ino, size, mtimeMs } = statSync(path);
    return [dev, ino, size, mtimeMs].join(' ');
  } catch {
    return null;
  } finally {
    process.noAsar = noAsar;
  }
}
