import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A line of a configuration file of OpenSSH's client. */
export interface ConfigLine {
  /** In lower case. */
  readonly keyword: string;
  /** What follows it, split into words as OpenSSH does, without the quotes and a comment. */
  readonly words: readonly string[];
  /** The same as it stands there, for the few keywords that take a whole line. */
  readonly rest: string;
}

/** Files that include each other would otherwise be read thousands of times. */
export const maxConfigFiles = 256;
const maxFileBytes = 1024 * 1024;

/** Reads one line: quotes, backslashes, `=` after the keyword, comments. Null where OpenSSH finds nothing in it. */
export function readConfigLine(line: string): ConfigLine | null {
  const [, keyword = '', rest = ''] =
    /^[ \t]*("[^"]*"|[^ \t\f\r="]+)[ \t]*=?[ \t]*(.*?)[ \t\f\r]*$/s.exec(line) ?? [];
  if (keyword === '' || keyword.startsWith('#')) return null;
  const words = splitWords(rest);
  return words === null ? null : { keyword: keyword.replaceAll('"', '').toLowerCase(), words, rest };
}

/** Null where a quotation does not end, which makes the whole line wrong. */
function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    const next = text.charAt(index + 1);
    if (letter === '\\' && (/["'\\]/.test(next) || (quote === '' && next === ' '))) {
      word = (word ?? '') + next;
      index += 1;
    } else if (quote !== '') {
      if (letter === quote) quote = '';
      else word = (word ?? '') + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (letter === ' ' || letter === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (letter === '#' && word === null) {
      break;
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (quote !== '') return null;
  if (word !== null) words.push(word);
  return words;
}

/** The files that a pattern of `Include` names, by name; `*`, `?` and `[…]` in any part of it. */
export async function pathsLike(pattern: string): Promise<string[]> {
  let found = [''];
  for (const part of pattern.split(/[/\\]/).filter((piece, index) => index === 0 || piece !== '')) {
    if (!/[*?[]/.test(part)) {
      found = found.map((path) => (path === '' ? part || sep : join(path, part)));
      continue;
    }
    const like = partPattern(part);
    const next = await Promise.all(
      found.map(async (path) => {
        const names = await readdir(path).catch((): string[] => []);
        return names
          .filter((name) => like.test(name) && (part.startsWith('.') || !name.startsWith('.')))
          .sort()
          .map((name) => join(path, name));
      }),
    );
    found = next.flat().slice(0, maxConfigFiles);
  }
  return found;
}

function partPattern(part: string): RegExp {
  const source = part.replaceAll(
    /\[(!?)([^\]/]+)\]|[*]+|[?]|[\\^$.|+()[\]{}]/g,
    (token, not: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replaceAll(/[\\^]/g, String.raw`\$&`)}]`;
      if (token.startsWith('*')) return '.*';
      return token === '?' ? '.' : `\\${token}`;
    },
  );
  return new RegExp(`^${source}$`, 's');
}

/** The text of a regular file of a sensible size; nothing otherwise, since reading a pipe would never end. */
export async function readConfigFile(path: string): Promise<string> {
  try {
    const facts = await stat(path);
    return facts.isFile() && facts.size <= maxFileBytes ? await readFile(path, 'utf8') : '';
  } catch {
    return '';
  }
}
