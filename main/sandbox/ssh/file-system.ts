import { posix } from 'node:path';

/** A small tree of text files in memory. Folders exist by the files in them, or by themselves once made. */
export class FileSystem {
  readonly #files: Map<string, string>;
  readonly #directories = new Set<string>(['/', '/tmp', '/root', '/mnt', '/opt', '/srv']);

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
    for (const path of this.#files.keys()) this.#addParents(path);
  }

  isDirectory(path: string): boolean {
    return this.#directories.has(path);
  }

  exists(path: string): boolean {
    return this.#directories.has(path) || this.#files.has(path);
  }

  /** The text of a file; undefined when there is none. */
  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  /** False when the folder does not exist, or the path is one. */
  write(path: string, text: string): boolean {
    if (this.isDirectory(path) || !this.isDirectory(posix.dirname(path))) return false;
    this.#files.set(path, text);
    return true;
  }

  makeDirectory(path: string): boolean {
    if (this.exists(path) || !this.isDirectory(posix.dirname(path))) return false;
    this.#directories.add(path);
    return true;
  }

  /** False when there is no such file. */
  remove(path: string): boolean {
    return this.#files.delete(path);
  }

  /** False where it is none, or something is in it. */
  removeDirectory(path: string): boolean {
    return this.list(path).length === 0 && this.#directories.delete(path);
  }

  /** A file or a folder with all in it; false where there is none, or the new name is taken. */
  rename(from: string, to: string): boolean {
    if (!this.exists(from) || this.exists(to) || !this.isDirectory(posix.dirname(to))) return false;
    const moved = (path: string): string => `${to}${path.slice(from.length)}`;
    const isWithin = (path: string): boolean => path === from || path.startsWith(`${from}/`);
    if (isWithin(to)) return false;
    for (const [path, text] of [...this.#files].filter(([each]) => isWithin(each))) {
      this.#files.delete(path);
      this.#files.set(moved(path), text);
    }
    for (const path of [...this.#directories].filter(isWithin)) {
      this.#directories.delete(path);
      this.#directories.add(moved(path));
    }
    return true;
  }

  /** Names in a folder, sorted. */
  list(directory: string): readonly string[] {
    const prefix = directory === '/' ? '/' : `${directory}/`;
    const names = new Set<string>();
    for (const path of [...this.#files.keys(), ...this.#directories]) {
      if (path !== directory && path.startsWith(prefix))
        names.add(path.slice(prefix.length).split('/')[0] ?? '');
    }
    return [...names].toSorted();
  }

  #addParents(path: string): void {
    for (let parent = posix.dirname(path); !this.#directories.has(parent); parent = posix.dirname(parent)) {
      this.#directories.add(parent);
    }
  }
}

/** A path as the shell means it: absolute, without `~`, `.` and `..`. */
export function resolvePath(cwd: string, path: string): string {
  const absolute = path === '~' || path.startsWith('~/') ? `/root${path.slice(1)}` : path;
  return posix.resolve(cwd, absolute);
}
