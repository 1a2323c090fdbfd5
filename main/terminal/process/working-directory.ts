import { randomBytes } from 'node:crypto';
import { displayText } from '../../../preload/contract/display-text.ts';

/** A directory on a server, as its shell has told it (OSC 7). */
export interface WorkingDirectory {
  /** The host name that the shell gave with it; empty: it gave none. */
  readonly host: string;
  /** Absolute; bytes, since a name need not be UTF-8. */
  readonly path: Buffer;
}

/** How a shell came into a directory: `not-run` where the server runs its own program instead of ours. */
export type DirectoryEntry = 'entered' | 'gone' | 'other-host' | 'not-run';

const longestPathBytes = 4096;

/** Reads what follows `OSC 7 ;`, a file URL; null for anything that is none, or that no shell could be sent to. */
export function parseWorkingDirectory(data: string): WorkingDirectory | null {
  const [, host = '', encoded = ''] = /^file:\/\/([^/]*)(\/.*)$/s.exec(data) ?? [];
  if (!/^[\w.-]{0,253}$/.test(host)) return null;
  const path = percentDecoded(encoded);
  const isUsable =
    path.length > 0 && path.length <= longestPathBytes && !path.some((byte) => isControl(byte));
  // A drive of Windows, whose shell takes none of this.
  if (!isUsable || /^\/[a-z]:(?:\/|$)/i.test(encoded)) return null;
  return { host: host === 'localhost' ? '' : host, path };
}

/** The path as it is shown. */
export const shownDirectory = ({ path }: WorkingDirectory): string => displayText(path.toString('utf8'), 200);

const isControl = (byte: number): boolean => byte < 0x20 || byte === 0x7f;

/** A `%` that begins no byte stands for itself: not every shell encodes what it tells. */
function percentDecoded(text: string): Buffer {
  const parts = text.split(/(%[\da-f]{2})/i);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  );
}

/** Opens a shell in a directory, and finds in its output how that went. */
export class DirectoryEntrance {
  readonly #mark: string;
  readonly #directory: WorkingDirectory;
  #tail = '';

  constructor(directory: WorkingDirectory, nonce = randomBytes(8).toString('hex')) {
    this.#directory = directory;
    this.#mark = `\u001b]6973;${nonce};`;
  }

  /**
   * A command that becomes the user's login shell in the directory. Each login shell reads the same in it (bash, zsh, dash, fish
   * and tcsh are tried): two words, and a script in single quotes without a quote, an exclamation mark or a newline; of
   * backslashes there is never one before another. The script itself is read by `sh`. It first says how it went, in a sequence
   * that no terminal shows.
   */
  get command(): string {
    const { host, path } = this.#directory;
    const script = [
      `d=$(printf %b "${octal(path)}"); h="${host}"; n=$(uname -n); r=entered`,
      'case "$n" in "$h"|"$h".*) ;; *) case "$h" in ""|"$n".*) ;; *) r=other-host ;; esac ;; esac',
      'if [ $r = entered ]; then cd -- "$d" 2>/dev/null || r=gone; fi',
      `printf "${this.#mark.replace('\u001b', '\\033')}%s\\007" $r`,
      'exec "${SHELL:-/bin/sh}" -l',
    ].join('; ');
    return `exec sh -c '${script}'`;
  }

  /** How it went, once the output has said so; null until then. */
  read(chunk: Buffer): DirectoryEntry | null {
    const text = this.#tail + chunk.toString('latin1');
    const at = text.indexOf(this.#mark);
    const end = at < 0 ? -1 : text.indexOf('\u0007', at);
    if (end < 0) {
      this.#tail = at < 0 ? text.slice(-this.#mark.length) : text.slice(at, at + 100);
      return null;
    }
    const said = text.slice(at + this.#mark.length, end);
    return said === 'entered' || said === 'other-host' ? said : 'gone';
  }
}

/** For `printf %b`: every byte that a shell could take for more than itself is a number. */
function octal(path: Buffer): string {
  return [...path]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[\w./-]/.test(character) ? character : `\\0${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}
