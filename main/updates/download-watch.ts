import type { Session } from 'electron';
import type { UpdateProblem } from '../../preload/contract/updates.ts';
import type { DownloadWatch } from './installer.ts';

/** The session that electron-updater downloads with. */
export const downloadPartition = 'electron-updater';

/**
 * Why a request for an update may not be made; null: it may. electron-updater follows redirects by itself, to anywhere, and
 * each is such a request.
 */
export function whyNotAsked(address: string, hosts: readonly string[]): UpdateProblem | null {
  const { protocol, host } = new URL(address);
  if (protocol !== 'https:') return { kind: 'not-https' };
  return hosts.includes(host) ? null : { kind: 'redirected' };
}

/** Why an answer may not be read: it is no file of this size. Compression would hide the size, and files are compressed already. */
export function whyNotRead(
  status: number,
  headers: Readonly<Record<string, readonly string[]>>,
  expectedBytes: number,
): UpdateProblem | null {
  if (status !== 200) return null;
  const values = Object.entries(headers).flatMap(([name, each]) =>
    name.toLowerCase() === 'content-length' ? each : [],
  );
  return values.length === 1 && Number(values[0]) === expectedBytes
    ? null
    : { kind: 'wrong-size', expectedBytes };
}

/** Watches a session: `hosts` with their ports, as an address has them. */
export function watchDownloads(session: Session, hosts: readonly string[]): DownloadWatch {
  let expectedBytes = 0;
  let stopped: UpdateProblem | null = null;
  const judge = (problem: UpdateProblem | null): { readonly cancel: boolean } => {
    stopped ??= problem;
    return { cancel: problem !== null };
  };
  session.webRequest.onBeforeRequest(({ url, webContentsId }, callback) =>
    callback(webContentsId === undefined ? judge(whyNotAsked(url, hosts)) : { cancel: true }),
  );
  session.webRequest.onHeadersReceived(({ statusCode, responseHeaders = {} }, callback) =>
    callback(judge(whyNotRead(statusCode, responseHeaders, expectedBytes))),
  );
  return {
    expect: (sizeBytes) => {
      expectedBytes = sizeBytes;
      stopped = null;
      return () => stopped;
    },
  };
}
