import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Control, LogEntry } from '../../main/sandbox/index.ts';

/** Electron names itself there, unlike a test that asks the sandbox directly. */
const appUserAgent = 'Electron/';

/** Whether the app sent this request, and not the test beside it. */
export function isFromApp({ userAgent }: LogEntry): boolean {
  return userAgent.includes(appUserAgent);
}

/**
 * Leaves the ids of the endpoints that the app reached in a file of the folder EVORXA_ENDPOINTS, for
 * scripts/lib/endpoint-coverage.mjs to add up; does nothing without that variable.
 */
export async function recordEndpoints(control: Control): Promise<void> {
  const folder = process.env.EVORXA_ENDPOINTS;
  if (!folder) return;
  const log = await control.log();
  const reached = new Set(log.filter(isFromApp).flatMap(({ endpoint }) => endpoint ?? []));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${crypto.randomUUID()}.json`), JSON.stringify([...reached]));
}
