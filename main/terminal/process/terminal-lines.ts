import { formatDayTime } from '../../../preload/contract/format.ts';
import { assertNever } from '../../../preload/contract/result.ts';
import type { DirectoryEntry } from './working-directory.ts';

/** What the app writes into a terminal itself, between the shell that was lost and the next one. */
export const lostLine = (atMs: number): string =>
  `\u001b[2m—— Connection lost: ${formatDayTime(atMs, atMs)} ——\u001b[0m`;

/** Why a shell is not in the directory of the one before it. */
export function notEntered(
  directory: string,
  host: string,
  entry: Exclude<DirectoryEntry, 'entered'>,
): string {
  switch (entry) {
    case 'gone':
      return `The directory ${directory} is gone or cannot be entered: this shell begins in its home directory.`;
    case 'other-host':
      return `The directory ${directory} was on ${host}, another host: this shell begins in its home directory.`;
    case 'not-run':
      return `The server lets no shell begin in ${directory}: this one begins where the server has it begin.`;
    default:
      return assertNever(entry);
  }
}
