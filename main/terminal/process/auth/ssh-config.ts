import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { isAbsolute, join, sep } from 'node:path';
import {
  expandTilde,
  expandTokens,
  expandVariables,
  localTokens,
  type Environment,
  type Tokens,
} from './paths.ts';
import { hostListMatches, listMatches } from '../patterns.ts';

/** Whom a connection is for, as `Host` and `Match` see it. */
export interface ConfigTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** What ~/.ssh/config says of a connection, as far as the app follows it. */
export interface HostConfig {
  /** The agent's socket; `none`: no agent; null: nothing is said, or `SSH_AUTH_SOCK`. */
  readonly identityAgent: string | null;
  /** Absolute paths, in the order of the file; they stand in place of the usual ones. Null: none is named. */
  readonly identityFiles: readonly string[] | null;
  /** Only keys of `identityFiles`, or of the usual files, are to be offered. */
  readonly identitiesOnly: boolean;
}

/** As OpenSSH's READCONF_MAX_DEPTH. */
const maxDepth = 16;
/** Files that include each other would otherwise be read thousands of times. */
const maxFiles = 256;
const maxFileBytes = 1024 * 1024;

/** The settings that are looked at; of each but IdentityFile the first value counts. */
const wanted = new Set([
  'identityagent',
  'identityfile',
  'identitiesonly',
  'hostname',
  'hostkeyalias',
  'tag',
]);

/**
 * Reads ~/.ssh/config for one connection by the rules of ssh_config(5). Nothing is run and nothing looked up: `Match
 * exec` and `localnetwork` never match, and `CanonicalizeHostname` is not followed. A file that cannot be read says
 * nothing.
 */
export async function readHostConfig(from: Environment, target: ConfigTarget): Promise<HostConfig> {
  const reader = new ConfigReader(from, target);
  const path = join(from.home, '.ssh', 'config');
  await reader.read(path, 0, true);
  if (reader.wantsFinalPass) {
    reader.isFinal = true;
    await reader.read(path, 0, true);
  }
  return reader.result();
}

/** One reading of the files: what was found so far, and what decides which lines count. */
class ConfigReader {
  readonly #from: Environment;
  readonly #target: ConfigTarget;
  readonly #values = new Map<string, string>();
  readonly #identityFiles: string[] = [];
  #filesLeft = maxFiles;
  wantsFinalPass = false;
  isFinal = false;

  constructor(from: Environment, target: ConfigTarget) {
    this.#from = from;
    this.#target = target;
  }

  /** Reads a file and what it includes; `counts` is whether the block that includes it matches. */
  async read(path: string, depth: number, counts: boolean): Promise<void> {
    if (depth > maxDepth || (this.#filesLeft -= 1) < 0) return;
    const text = await readConfigFile(path);
    let active = counts;
    for (const line of text.split('\n')) {
      const [keyword, ...values] = splitLine(line);
      if (keyword === undefined) continue;
      const name = keyword.toLowerCase();
      if (name === 'host') active = counts && listMatches(values, this.#target.host);
      else if (name === 'match') active = counts && this.#matches(values);
      else if (name === 'include') for (const value of values) await this.#include(value, depth, active);
      else if (active) this.#set(name, values[0]);
    }
  }

  result(): HostConfig {
    const agent = this.#values.get('identityagent');
    return {
      identityAgent: agent === undefined || agent === 'SSH_AUTH_SOCK' ? null : this.#agentPath(agent),
      identityFiles:
        this.#identityFiles.length === 0
          ? null
          : this.#identityFiles.flatMap((path) =>
              path.toLowerCase() === 'none' ? [] : (this.#path(path) ?? []),
            ),
      identitiesOnly: /^(yes|true)$/i.test(this.#values.get('identitiesonly') ?? ''),
    };
  }

  #set(name: string, value: string | undefined): void {
    if (!wanted.has(name) || value === undefined || value === '') return;
    // Which host it is was settled by the first reading.
    if (name === 'hostname' && this.isFinal) return;
    if (name === 'identityfile') {
      if (!this.#identityFiles.includes(value)) this.#identityFiles.push(value);
    } else if (!this.#values.has(name)) this.#values.set(name, value);
  }

  async #include(value: string, depth: number, active: boolean): Promise<void> {
    const { home } = this.#from;
    const withTokens = expandTokens(expandVariables(value, this.#from.env).text, this.#tokens());
    if (withTokens.unknown !== null) return;
    const expanded = expandTilde(withTokens.text, this.#from);
    const pattern = isAbsolute(expanded) ? expanded : join(home, '.ssh', expanded);
    for (const path of await pathsLike(pattern)) await this.read(path, depth + 1, active);
  }

  /** The criteria of a `Match` line; all have to hold. */
  #matches(criteria: readonly string[]): boolean {
    const words = criteria.flatMap((word) => /^(!?[a-z]+)=(.*)$/is.exec(word)?.slice(1) ?? [word]);
    let matches = words.length > 0;
    while (words.length > 0) {
      const word = words.shift() ?? '';
      const isNegated = word.startsWith('!');
      const criterion = word.slice(isNegated ? 1 : 0).toLowerCase();
      if (criterion === 'all') {
        if (isNegated) matches = false;
        continue;
      }
      if (criterion === 'final' || criterion === 'canonical') {
        if (criterion === 'final') this.wantsFinalPass = true;
        if (this.isFinal === isNegated) matches = false;
        continue;
      }
      const wantedValue = words.shift();
      const holds = wantedValue === undefined ? null : this.#holds(criterion, wantedValue);
      // Null: it would take a command or a look at the network to know. Then it never matches, negated or not.
      if (holds === null || holds === isNegated) matches = false;
    }
    return matches;
  }

  #holds(criterion: string, patterns: string): boolean | null {
    const list = patterns.split(',');
    switch (criterion) {
      case 'host':
        return hostListMatches(list, this.#hostName());
      case 'originalhost':
        return hostListMatches(list, this.#target.host);
      case 'user':
        return listMatches(list, this.#target.user);
      case 'localuser':
        return listMatches(list, userInfo().username);
      case 'sessiontype':
        return listMatches(list, 'shell');
      case 'tagged':
        return listMatches(list, this.#values.get('tag') ?? '');
      // A shell is none, which no pattern is like.
      case 'command':
        return false;
      default:
        return null;
    }
  }

  /** In lower case, as `%h` has it too. */
  #hostName(): string {
    const { host } = this.#target;
    const named = this.#values.get('hostname');
    const name = named === undefined ? host : expandTokens(named, { '%': '%', h: host }).text;
    return name.toLowerCase();
  }

  #agentPath(value: string): string {
    if (value.toLowerCase() === 'none') return 'none';
    // The older spelling: a variable alone. One that is not set means no agent.
    if (value.startsWith('$') && !value.startsWith('${')) return this.#from.env[value.slice(1)] ?? 'none';
    return this.#path(value) ?? 'none';
  }

  /** Null where a token or variable is not known: ssh(1) refuses to go on then. */
  #path(value: string): string | null {
    const withTokens = expandTokens(expandTilde(value, this.#from), this.#tokens());
    const withVariables = expandVariables(withTokens.text, this.#from.env);
    if (withTokens.unknown !== null || withVariables.unknown !== null) return null;
    const path = withVariables.text;
    return isAbsolute(path) || this.#from.platform === 'win32' ? path : join(this.#from.home, path);
  }

  #tokens(): Tokens {
    const { host, port, user } = this.#target;
    const local = hostname();
    const name = this.#hostName();
    const tokens = {
      ...localTokens(this.#from),
      h: name,
      j: '',
      k: this.#values.get('hostkeyalias') ?? host,
      l: local,
      L: local.split('.')[0] ?? local,
      n: host,
      p: String(port),
      r: user,
    };
    const hash = createHash('sha1').update(`${local}${name}${port}${user}`).digest('hex');
    return { ...tokens, C: hash };
  }
}

/** Words of one line, as OpenSSH splits them: quotes, backslashes, `=` after the keyword, comments. */
function splitLine(line: string): string[] {
  const [, keyword = '', rest = ''] =
    /^[ \t]*("[^"]*"|[^ \t\f\r="]+)[ \t]*=?[ \t]*(.*?)[ \t\f\r]*$/s.exec(line) ?? [];
  if (keyword === '' || keyword.startsWith('#')) return [];
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let index = 0; index < rest.length; index += 1) {
    const letter = rest.charAt(index);
    const next = rest.charAt(index + 1);
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
  // A quotation that does not end makes the whole line wrong.
  if (quote !== '') return [];
  if (word !== null) words.push(word);
  return [keyword.replaceAll('"', ''), ...words];
}

/** The files that a pattern of `Include` names, by name; `*`, `?` and `[…]` in any part of it. */
async function pathsLike(pattern: string): Promise<string[]> {
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
    found = next.flat().slice(0, maxFiles);
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
async function readConfigFile(path: string): Promise<string> {
  try {
    const facts = await stat(path);
    return facts.isFile() && facts.size <= maxFileBytes ? await readFile(path, 'utf8') : '';
  } catch {
    return '';
  }
}
