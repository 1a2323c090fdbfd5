import type { UpdateProblem } from '../../preload/contract/updates.ts';

/** Codes of the file system that say that something may not be written where it should be. */
const notWrittenCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EIO', 'EMFILE']);

/** What a download ended in that the updater gave up: by the codes of Node, of Chromium, and its own. */
export function downloadProblem(cause: unknown, neededBytes: number): UpdateProblem {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const message = cause instanceof Error ? cause.message : String(cause);
  if (code === 'ERR_CHECKSUM_MISMATCH') return { kind: 'tampered', what: 'file' };
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') return { kind: 'tampered', what: 'file' };
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', neededBytes };
  if (notWrittenCodes.has(code)) return { kind: 'not-written', code };
  const status = /, status (\d{3})/.exec(message)?.[1];
  if (status !== undefined) return { kind: 'server', status: Number(status) };
  const netError = /\bnet::(ERR_[A-Z0-9_]+)/.exec(message)?.[1] ?? '';
  if (netError === 'ERR_CONTENT_LENGTH_MISMATCH' || netError === 'ERR_INCOMPLETE_CHUNKED_ENCODING')
    return { kind: 'truncated' };
  if (netError.startsWith('ERR_CERT_') || netError.startsWith('ERR_SSL_')) return { kind: 'tls' };
  if (netError.startsWith('ERR_CONNECTION_') || netError !== '') return { kind: 'no-network' };
  return { kind: 'failed' };
}
