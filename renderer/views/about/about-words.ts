import type { AboutApp } from '../../../preload/contract/about.ts';

/** The version as one line, for a report. */
export function aboutText({
  version,
  commit,
  builtAtMs,
  electron,
  chromium,
  node,
  system,
  arch,
}: AboutApp): string {
  const built = [commit, builtAtMs === null ? null : new Date(builtAtMs).toISOString().slice(0, 10)]
    .filter((part) => part !== null)
    .join(', ');
  return `Evorxa ${version}${built === '' ? '' : ` (${built})`}, Electron ${electron}, Chromium ${chromium}, Node.js ${node}, ${system} (${arch})`;
}

/** The file of a report, by its day. */
export function diagnosticsFileName(atMs: number): string {
  return `evorxa-diagnostics-${new Date(atMs).toISOString().slice(0, 10)}.md`;
}
