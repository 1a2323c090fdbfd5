import { realpathSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
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
 * Serves the built renderer under `app://evorxa/`, with the security headers. Anything else is a 404. By the older of
 * Electron's two ways: `protocol.handle` loads Node's whole `fetch` for the first answer, which held the start for 27 ms,
 * and sends each file through this thread.
 */
export function serveApp(session: Session, root: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it costs the start too much, see above
  session.protocol.registerFileProtocol('app', ({ url, method }, answer) => {
    const file = method === 'GET' ? servedFile(root, url) : null;
    if (file === null) {
      answer({ statusCode: 404 });
      return;
    }
    const contentType = contentTypes[extname(file)] ?? 'application/octet-stream';
    answer({ path: file, headers: { ...securityHeaders, 'content-type': contentType } });
  });
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
