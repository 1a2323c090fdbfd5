import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  expandTilde,
  expandTokens,
  expandVariables,
  localTokens,
  type Environment,
  type Tokens,
} from '../auth/paths.ts';
import { hostListMatches, isLike, listMatches } from '../patterns.ts';
import {
  maxConfigFiles,
  pathsLike,
  readConfigFile,
  readConfigLine,
  type ConfigLine,
} from './config-lines.ts';
import { readPort } from './ports.ts';
import { readJumpAddresses } from '../../../../preload/contract/jump-address.ts';

/** Whom a connection is for, as `Host` and `Match` see it. */
export interface ConfigTarget {
  /** As ssh(1) would be given it. */
  readonly host: string;
  /** As with `-p`; null: none is given. */
  readonly port: number | null;
  /** As with `-l`; null: none is given. */
  readonly user: string | null;
  /** Who signs in where nobody says; ssh(1) takes this computer's user. */
  readonly otherwiseUser: string;
}

/** As OpenSSH's READCONF_MAX_DEPTH. */
const maxDepth = 16;

/** Which socket is forwarded is kept beside whether one is: the first line that has a path may be another. */
export const forwardedSocket = 'forwardagent socket';

/** Keywords of which the first value counts, a single word. */
const single = new Set([
  'forwardagent',
  'hostkeyalias',
  'hostname',
  'identitiesonly',
  'identityagent',
  'permitlocalcommand',
  'port',
  'tag',
  'user',
]);
/** Keywords of which the first line counts, all of its words. */
const wholeLists = new Set(['globalknownhostsfile', 'setenv', 'userknownhostsfile']);
/** Keywords of which the first line counts, as it stands there. */
const wholeLines = new Set(['knownhostscommand', 'localcommand', 'remotecommand']);

/**
 * One reading of the files for one connection: what was found so far, and what decides which lines count. Nothing is run
 * and nothing looked up: `Match exec` and `localnetwork` never match, and `CanonicalizeHostname` is not followed.
 */
export class ConfigReader {
  readonly #from: Environment;
  readonly #target: ConfigTarget;
  readonly #values = new Map<string, string>();
  readonly #lists = new Map<string, readonly string[]>();
  readonly identityFiles: string[] = [];
  readonly certificateFiles: string[] = [];
  /** Names of variables and patterns of such names. */
  sendEnv: readonly string[] = [];
  /** A block was left out for a command that would have to run, and for that alone. */
  leftOutExec = false;
  #filesLeft = maxConfigFiles;
  #wantsFinalPass = false;
  #isFinal = false;

  constructor(from: Environment, target: ConfigTarget) {
    this.#from = from;
    this.#target = target;
  }

  /** Reads ~/.ssh/config, a second time where a `Match final` asks for it. */
  async readAll(): Promise<void> {
    const path = join(this.#from.home, '.ssh', 'config');
    await this.#read(path, 0, true);
    if (!this.#wantsFinalPass) return;
    this.#isFinal = true;
    await this.#read(path, 0, true);
  }

  /** The value of a keyword in lower case; undefined where nothing is said. */
  value(keyword: string): string | undefined {
    return this.#values.get(keyword);
  }

  /** The words of a keyword that takes several; undefined where nothing is said. */
  list(keyword: string): readonly string[] | undefined {
    return this.#lists.get(keyword);
  }

  /** The host to connect to in lower case, as `%h` has it. */
  hostName(): string {
    const { host } = this.#target;
    const named = this.#values.get('hostname');
    const name = named === undefined ? host : expandTokens(named, { '%': '%', h: host }).text;
    return name.toLowerCase();
  }

  /** The same, as it was given where no other one is named. */
  connectHost(): string {
    return this.#values.has('hostname') ? this.hostName() : this.#target.host;
  }

  /** The name that host keys are filed under, in lower case as ssh(1) has it; null where none is said. */
  hostKeyAlias(): string | null {
    return this.#values.get('hostkeyalias')?.toLowerCase() ?? null;
  }

  /** Who signs in, as far as is known by now. */
  user(): string {
    return this.#target.user ?? this.#values.get('user') ?? this.#target.otherwiseUser;
  }

  /** The port, as far as is known by now. */
  port(): number {
    return this.#target.port ?? Number(this.#values.get('port') ?? 22);
  }

  /** An absolute path; null where a token or variable is not known: ssh(1) refuses to go on then. */
  path(value: string): string | null {
    const withTokens = expandTokens(expandTilde(value, this.#from), this.tokens());
    const withVariables = expandVariables(withTokens.text, this.#from.env);
    if (withTokens.unknown !== null || withVariables.unknown !== null) return null;
    const path = withVariables.text;
    return isAbsolute(path) || this.#from.platform === 'win32' ? path : join(this.#from.home, path);
  }

  /** What stands behind `%` and a letter. */
  tokens(): Tokens {
    const { host } = this.#target;
    const local = hostname();
    const name = this.hostName();
    const port = String(this.port());
    const user = this.user();
    const jump = readJumpAddresses(this.#values.get('proxyjump') ?? 'none')?.at(-1)?.host ?? '';
    const hash = createHash('sha1').update(`${local}${name}${port}${user}${jump}`).digest('hex');
    return {
      ...localTokens(this.#from),
      C: hash,
      h: name,
      j: jump,
      k: this.hostKeyAlias() ?? host,
      l: local,
      L: local.split('.')[0] ?? local,
      n: host,
      p: port,
      r: user,
    };
  }

  /** Reads a file and what it includes; `counts` is whether the block that includes it matches. */
  async #read(path: string, depth: number, counts: boolean): Promise<void> {
    if (depth > maxDepth || (this.#filesLeft -= 1) < 0) return;
    const text = await readConfigFile(path);
    let active = counts;
    for (const each of text.split('\n')) {
      const line = readConfigLine(each);
      if (line === null) continue;
      const { keyword, words } = line;
      if (keyword === 'host') active = counts && listMatches(words, this.#hostOfBlocks());
      else if (keyword === 'match') active = this.#matches(words, counts);
      else if (keyword === 'include') for (const word of words) await this.#include(word, depth, active);
      else if (active) this.#set(line);
    }
  }

  /** What `Host` lines are about: the name that was given; in the second reading, the one that was found for it. */
  #hostOfBlocks(): string {
    return this.#isFinal ? this.hostName() : this.#target.host;
  }

  #set({ keyword, words, rest }: ConfigLine): void {
    const [value] = words;
    if (value === undefined || value === '') return;
    // Which host it is was settled by the first reading.
    if (keyword === 'hostname' && this.#isFinal) return;
    if (keyword === 'forwardagent' && !isYesOrNo(value)) this.#first(forwardedSocket, value);
    if (single.has(keyword)) this.#first(keyword, keyword === 'port' ? portOf(value) : value);
    else if (wholeLists.has(keyword)) {
      if (!this.#lists.has(keyword)) this.#lists.set(keyword, words);
    } else if (wholeLines.has(keyword)) this.#first(keyword, rest);
    else if (keyword === 'identityfile') addOnce(this.identityFiles, value);
    else if (keyword === 'certificatefile') addOnce(this.certificateFiles, value);
    else if (keyword === 'sendenv') for (const word of words) this.#sendEnv(word);
    else if (keyword === 'proxyjump') {
      // The first of the two counts; `ProxyJump none` keeps no command away.
      if (!this.#values.has('proxycommand')) this.#first(keyword, jumpsOf(rest));
    } else if (keyword === 'proxycommand') {
      const jump = this.#values.get('proxyjump') ?? 'none';
      if (jump.toLowerCase() === 'none') this.#first(keyword, rest);
    }
  }

  #first(keyword: string, value: string | null): void {
    if (value !== null && !this.#values.has(keyword)) this.#values.set(keyword, value);
  }

  /** Names add up; `-` in front takes those away that were named before. */
  #sendEnv(word: string): void {
    if (word.startsWith('-')) this.sendEnv = this.sendEnv.filter((name) => !isLike(word.slice(1), name));
    else this.sendEnv = [...this.sendEnv, word];
  }

  async #include(value: string, depth: number, active: boolean): Promise<void> {
    const { home } = this.#from;
    const withTokens = expandTokens(expandVariables(value, this.#from.env).text, this.tokens());
    if (withTokens.unknown !== null) return;
    const expanded = expandTilde(withTokens.text, this.#from);
    const pattern = isAbsolute(expanded) ? expanded : join(home, '.ssh', expanded);
    for (const path of await pathsLike(pattern)) await this.#read(path, depth + 1, active);
  }

  /** The criteria of a `Match` line; all have to hold. */
  #matches(criteria: readonly string[], counts: boolean): boolean {
    const words = criteria.flatMap((word) => /^(!?[a-z]+)=(.*)$/is.exec(word)?.slice(1) ?? [word]);
    let matches = counts && words.length > 0;
    let takesCommand = false;
    while (words.length > 0) {
      const word = words.shift() ?? '';
      const isNegated = word.startsWith('!');
      const criterion = word.slice(isNegated ? 1 : 0).toLowerCase();
      if (criterion === 'all') {
        if (isNegated) matches = false;
        continue;
      }
      if (criterion === 'final' || criterion === 'canonical') {
        if (criterion === 'final') this.#wantsFinalPass = true;
        if (this.#isFinal === isNegated) matches = false;
        continue;
      }
      const wantedValue = words.shift();
      if (criterion === 'exec') {
        takesCommand = true;
        continue;
      }
      const holds = wantedValue === undefined ? null : this.#holds(criterion, wantedValue);
      // Null: it would take a look at the network to know. Then it never matches, negated or not.
      if (holds === null || holds === isNegated) matches = false;
    }
    if (matches && takesCommand) this.leftOutExec = true;
    return matches && !takesCommand;
  }

  #holds(criterion: string, patterns: string): boolean | null {
    const list = patterns.split(',');
    switch (criterion) {
      case 'host':
        return hostListMatches(list, this.hostName());
      case 'originalhost':
        return hostListMatches(list, this.#target.host);
      case 'user':
        return listMatches(list, this.user());
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
}

function isYesOrNo(text: string): boolean {
  return /^(?:yes|true|no|false)$/i.test(text);
}

function portOf(text: string): string | null {
  const port = readPort(text);
  return port === null ? null : String(port);
}

/** The first word of a `ProxyJump` line, with numbers for the ports that are named. */
function jumpsOf(rest: string): string {
  const [word = ''] = /^[^#\s]*/.exec(rest) ?? [];
  return word.replaceAll(/:([a-z+][\w+.-]*)(?=\/?(?:,|$))/gi, (whole, name: string) => {
    const port = readPort(name);
    return port === null ? whole : `:${port}`;
  });
}

function addOnce(list: string[], value: string): void {
  if (!list.includes(value)) list.push(value);
}
