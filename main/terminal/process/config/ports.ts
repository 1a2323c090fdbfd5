import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let known: ReadonlyMap<string, number> | null = null;

/**
 * A port as OpenSSH's files write it: a number from 1 to 65535, else the name of a TCP service in this system's list of
 * them (`a2port`, which asks `getservbyname`). Null where it is neither.
 */
export function readPort(text: string): number | null {
  if (!/^\s*\+?\d+$/.test(text)) return (known ??= systemServices()).get(text) ?? null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}

/**
 * The ports of TCP services by name and alias.
 * @param text In the form of services(5).
 */
export function readServices(text: string): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name, at = '', ...aliases] = line.replace(/#.*/s, '').trim().split(/\s+/);
    const [, port] = /^(\d+)\/tcp$/i.exec(at) ?? [];
    if (name === undefined || port === undefined) continue;
    for (const each of [name, ...aliases]) if (!ports.has(each)) ports.set(each, Number(port));
  }
  return ports;
}

function systemServices(): ReadonlyMap<string, number> {
  const path =
    process.platform === 'win32'
      ? join(process.env.SystemRoot ?? String.raw`C:\Windows`, 'System32', 'drivers', 'etc', 'services')
      : '/etc/services';
  try {
    return readServices(readFileSync(path, 'utf8'));
  } catch {
    return new Map();
  }
}
