import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, sep } from 'node:path';
import { protocol, type Session } from 'electron';

/**
 * Content Security Policy of every page. xterm injects `<style>` elements, hence `'unsafe-inline'` for styles;
 * scripts come from our own files only, and the page has no network of its own.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Makes `app://` a standard, secure scheme. Has to run before Electron is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * The file that an `app://` address names, or null where it names none that may be served: a foreign host,
 * a path that leaves `root` by any spelling, a NUL, a backslash or a drive letter, an unknown type.
 */
export function resolveAppFile(root: string, address: string): string | null {
  let path: string;
  try {
    const url = new URL(address);
    if (url.protocol !== 'app:' || url.host !== 'evorxa') return null;
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (/[\\:%\0]/.test(path) || path.split('/').includes('..')) return null;
  const file = join(root, path);
  if (!file.startsWith(root + sep)) return null;
  return extname(file) in contentTypes ? file : null;
}

/**
 * Electron's two ways to serve a scheme. `file`, the older one, is deprecated and may go; `handle` loads Node's `fetch` for
 * its first answer and sends each file through this thread. docs/decisions/0009-electron-33-to-45.md has what that costs.
 */
export type ServingWay = 'file' | 'handle';

/**
 * Which way serves a session's `app://`: `file` while this Electron has it. `wanted` is what who runs the app from its
 * sources may ask for, to test and to measure the other one.
 */
export function servingWay({ protocol }: Session, wanted = ''): ServingWay {
  return wanted === 'handle' || !('registerFileProtocol' in protocol) ? 'handle' : 'file';
}

/** How the built pages are served. */
export interface ServingOptions {
  /** The folder of the built renderer. */
  readonly root: string;
  readonly way?: ServingWay;
  /** Asked with each request of the window's page: the file that takes its place, or null. */
  readonly pictureOf?: () => string | null;
}

/** What goes on of a session that is served. */
export interface Serving {
  /**
   * The app's archive is gone, or another one has its place, as after an upgrade of the package. Chromium, which serves the `file`
   * way, opens it anew for each file, and would give the bytes that stand now where the file stood. Node has the one open that this
   * process was started from: what is asked for from now on is copied out of it. A page keeps the way that it was loaded by.
   */
  readonly archiveGone: () => void;
  /** Removes what was copied. */
  readonly close: () => void;
}

/** Serves the built renderer under `app://evorxa/`, with the security headers. Anything else is a 404. */
export function serveApp(session: Session, options: ServingOptions): Serving {
  const { root, way = servingWay(session), pictureOf = () => null } = options;
  const page = join(root, 'index.html');
  const find = (url: string, method: string): Served | null => {
    const found = findServed(root, url, method);
    const picture = found !== null && resolveAppFile(root, url) === page ? pictureOf() : null;
    if (found === null || picture === null) return found;
    return { ...found, path: picture };
  };
  if (way === 'handle') {
    session.protocol.handle('app', async ({ url, method }) => {
      const found = find(url, method);
      if (found === null) return new Response(null, { status: 404 });
      return new Response(await readFile(found.path), { headers: found.headers });
    });
    return { archiveGone: () => undefined, close: () => undefined };
  }
  const copies = new Copies(root);
  let isGone = false;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it costs the start too much, see above
  session.protocol.registerFileProtocol('app', ({ url, method }, answer) => {
    const found = find(url, method) ?? { statusCode: 404 };
    if (!isGone || !('path' in found)) {
      answer(found);
      return;
    }
    void copies
      .of(found.path)
      .then((path) => answer(path === null ? { statusCode: 404 } : { ...found, path }));
  });
  return { archiveGone: () => (isGone = true), close: () => copies.remove() };
}

/** Files of a folder in an archive, copied into one of their own, which no other user can read. */
class Copies {
  readonly #root: string;
  #folder: string | null = null;
  /** One for each file: written again, it would be empty for who reads it just then. */
  readonly #made = new Map<string, Promise<string | null>>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The copy of a file; null where that fails. A file elsewhere needs none. */
  of(file: string): Promise<string | null> {
    if (!file.startsWith(this.#root + sep)) return Promise.resolve(file);
    const made = this.#made.get(file) ?? this.#copy(file);
    this.#made.set(file, made);
    return made;
  }

  async #copy(file: string): Promise<string | null> {
    try {
      this.#folder ??= mkdtempSync(join(tmpdir(), 'evorxa-page-'));
      const copy = join(this.#folder, file.slice(this.#root.length));
      await mkdir(dirname(copy), { recursive: true });
      await writeFile(copy, await readFile(file));
      return copy;
    } catch {
      // Asked for again, it may work: the disk can be full for a while.
      this.#made.delete(file);
      return null;
    }
  }

  remove(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}

interface Served {
  readonly path: string;
  readonly headers: Record<string, string>;
}

function findServed(root: string, address: string, method: string): Served | null {
  const path = method === 'GET' ? servedFile(root, address) : null;
  if (path === null) return null;
  const contentType = contentTypes[extname(path)] ?? 'application/octet-stream';
  return { path, headers: { ...securityHeaders, 'content-type': contentType } };
}

/** The file behind an address, or null. A symbolic link inside the folder could still lead out of it. */
function servedFile(root: string, address: string): string | null {
  const file = resolveAppFile(root, address);
  if (file === null) return null;
  try {
    const real = realpathSync.native(file);
    return real.startsWith(realpathSync.native(root) + sep) && statSync(real).isFile() ? real : null;
  } catch {
    return null;
  }
}
