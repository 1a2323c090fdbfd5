import type { TranscriptEntry } from '../../../preload/contract/agent.ts';
import { visibleText } from '../../../preload/contract/visible-text.ts';
import { shellCommands } from './shell-words.ts';
import { isEdit, isShell } from './transcript.ts';

/** A service of the instance, and what was last done to it: "restarted". */
export interface ServiceChange {
  readonly name: string;
  readonly did: string;
}

/** What the tool calls of a turn or a conversation say that they changed. */
export interface Digest {
  readonly commands: number;
  /** Those that ended with another code than 0. */
  readonly failed: number;
  /** In the order in which they were first touched. */
  readonly files: readonly string[];
  readonly services: readonly ServiceChange[];
}

const didOf: Readonly<Record<string, string>> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
  'try-restart': 'restarted',
  'force-reload': 'reloaded',
  reload: 'reloaded',
  'reload-or-restart': 'reloaded or restarted',
  enable: 'enabled',
  disable: 'disabled',
  mask: 'masked',
  unmask: 'unmasked',
};

/** What stands before a command without being one. */
const prefixes = new Set(['sudo', 'env', 'nice', 'nohup', 'time', 'command', 'exec', 'then', 'do', 'else']);
/** Programs that change every file that they name. */
const fileChangers = new Set(['rm', 'touch', 'mkdir', 'rmdir', 'truncate', 'unlink', 'mv', 'tee', 'shred']);
/** Programs whose first word is something else: a mode, an owner. */
const ownerChangers = new Set(['chmod', 'chown', 'chgrp']);

/**
 * Reads from the tool calls of entries what they changed: by the words of their commands, which prove nothing (a script
 * can do more than its name says), and by the paths of edits. Running and failed commands count too: they may have changed
 * something.
 */
export function digestOf(entries: readonly TranscriptEntry[]): Digest {
  let commands = 0;
  let failed = 0;
  const files = new Set<string>();
  const services = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind !== 'tool') continue;
    const title = visibleText(entry.title);
    if (isEdit(entry)) {
      if (title !== '') files.add(title);
    } else if (isShell(entry)) {
      commands += 1;
      if (entry.exitCode !== null && entry.exitCode !== 0) failed += 1;
      for (const { words, writesTo } of shellCommands(title)) {
        const command = withoutPrefixes(words);
        for (const file of [...filesOf(command), ...writesTo]) if (isFile(file)) files.add(file);
        for (const { name, did } of servicesOf(command)) services.set(name, did);
      }
    }
  }
  return {
    commands,
    failed,
    files: [...files],
    services: [...services].map(([name, did]) => ({ name, did })),
  };
}

/** Nothing was changed, as far as it can be read. */
export function isEmptyDigest({ commands, files }: Digest): boolean {
  return commands === 0 && files.length === 0;
}

function withoutPrefixes(words: readonly string[]): readonly string[] {
  const begin = words.findIndex(
    (word) => !prefixes.has(word) && !/^\w+=/.test(word) && !word.startsWith('-'),
  );
  return begin === -1 ? [] : words.slice(begin);
}

const operands = (words: readonly string[]): readonly string[] =>
  words.filter((word) => word !== '' && !word.startsWith('-'));

function filesOf([path = '', ...rest]: readonly string[]): readonly string[] {
  const program = path.replace(/^.*\//, '');
  const named = operands(rest);
  if (fileChangers.has(program)) return named;
  if (ownerChangers.has(program)) return named.slice(1);
  if (program === 'cp' || program === 'ln' || program === 'install') return named.slice(-1);
  // The first word of sed is its script, be it behind -e or alone.
  if (program === 'sed' && rest.some((word) => /^(?:-[a-zA-Z]*i|--in-place)/.test(word)))
    return named.slice(1);
  return [];
}

function servicesOf([path = '', ...rest]: readonly string[]): readonly ServiceChange[] {
  const program = path.replace(/^.*\//, '');
  const [first = '', ...others] = operands(rest);
  const did = (verb: string): string | undefined => (Object.hasOwn(didOf, verb) ? didOf[verb] : undefined);
  if (program === 'systemctl') {
    const what = did(first);
    return what === undefined
      ? []
      : others.map((name) => ({ name: name.replace(/\.service$/, ''), did: what }));
  }
  if (program === 'service' || program === 'rc-service') {
    const what = did(others[0] ?? '');
    return what === undefined || first === '' ? [] : [{ name: first, did: what }];
  }
  return [];
}

/** Devices take no change that stays, and what is expanded later is not known. */
function isFile(path: string): boolean {
  return path !== '' && !path.startsWith('/dev/') && !/^[&$`(]/.test(path);
}
