import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatBytes } from '../../preload/contract/format.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** More than any file of rules needs: 200 rules are 30 KB. */
const maxBytes = 256 * 1024;

/** Reads a file that was chosen: its name and its text. Error: `refused` where it is no file, too large or no UTF-8. */
export async function readRulesText(
  path: string,
): Promise<Result<{ readonly name: string; readonly text: string }>> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return refused('This is no file.');
      const bytes = Buffer.alloc(maxBytes + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length);
        length += bytesRead;
        if (bytesRead === 0 || length === bytes.length) break;
      }
      if (length > maxBytes)
        return refused(`The file is larger than ${formatBytes(maxBytes)}: it is no file of firewall rules.`);
      // Takes a byte order mark off.
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
      return ok({ name: basename(path), text });
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? refused('The file is no UTF-8 text.')
      : refused(`The file could not be read (${code}).`);
  }
}

const refused = (message: string) => fail({ kind: 'refused', message } as const);
