import type { Command, Run, ShellState } from './command.ts';
import { fileCommands } from './file-commands.ts';
import { resolvePath } from './file-system.ts';
import { filters, lineCount } from './filters.ts';
import type { Machine } from './machine.ts';
import { parseLine, type ParsedCommand, type Pipeline } from './parse-line.ts';
import { systemCommands } from './system-commands.ts';

/** Where a line's output goes. */
export interface Output {
  write(text: string): Promise<void>;
  error(text: string): Promise<void>;
  readonly signal: AbortSignal;
  readonly isTerminal: boolean;
}

/** More than this is not kept between two commands of a pipe: the first is ended, as by SIGPIPE. */
const longestPipe = 1024 * 1024;
const notFoundStatus = 127;

const builtins: Readonly<Record<string, Command>> = {
  echo: async (run) => {
    const isBare = run.args[0] === '-n';
    await run.write(run.args.slice(isBare ? 1 : 0).join(' ') + (isBare ? '' : '\n'));
    return 0;
  },
  printf: async (run) => {
    await run.write(formatted(run.args));
    return 0;
  },
  history: async (run) => {
    await run.write(
      run.shell.history.map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`).join(''),
    );
    return 0;
  },
  clear: async (run) => {
    await run.write('\u001b[H\u001b[2J\u001b[3J');
    return 0;
  },
  true: () => 0,
  false: () => 1,
};

/** What printf(1) makes of its arguments: `%s`, `%d` and a few escapes; the format is used again while some are left. */
function formatted([format = '', ...args]: readonly string[]): string {
  const left = [...args];
  let text = '';
  do {
    const before = left.length;
    text += format.replaceAll(/%[sd%]|\\[nt\\]/g, (part) => {
      if (part === '%s') return left.shift() ?? '';
      if (part === '%d') return String(Number(left.shift() ?? 0) || 0);
      return escapes[part] ?? part;
    });
    if (left.length === before) break;
  } while (left.length > 0);
  return text;
}
const escapes: Readonly<Record<string, string>> = { '%%': '%', '\\n': '\n', '\\t': '\t', '\\\\': '\\' };

const commands: Readonly<Record<string, Command>> = {
  ...systemCommands,
  ...fileCommands,
  ...filters,
  ...builtins,
};

/** What a line ends in: a status, or the end of the shell. */
export interface LineResult {
  readonly status: number;
  readonly exits: boolean;
}

/** Runs a line of the shell; resolves when all of its commands are over. */
export async function runLine(
  line: string,
  machine: Machine,
  shell: ShellState,
  output: Output,
): Promise<LineResult> {
  const variables = {
    USER: 'root',
    HOME: '/root',
    PWD: shell.cwd,
    HOSTNAME: machine.name,
    SHELL: '/bin/bash',
    SSH_CONNECTION: shell.origin.sshConnection ?? '',
    '?': String(shell.lastStatus),
  };
  const pipelines = parseLine(line, variables);
  if (!pipelines) {
    await output.error('-bash: unexpected EOF while looking for matching quote\n');
    return { status: 2, exits: false };
  }
  let status = 0;
  for (const pipeline of pipelines) {
    if (output.signal.aborted || !isTaken(pipeline, status)) continue;
    const [first] = pipeline.commands;
    if (first && (first.words[0] === 'exit' || first.words[0] === 'logout')) {
      return { status: Number(first.words[1] ?? status) % 256, exits: true };
    }
    status = await runPipeline(pipeline.commands, machine, shell, output);
  }
  shell.lastStatus = output.signal.aborted ? 130 : status;
  return { status: shell.lastStatus, exits: false };
}

function isTaken({ joint }: Pipeline, status: number): boolean {
  return joint === ';' || (joint === '&&') === (status === 0);
}

async function runPipeline(
  parsed: readonly ParsedCommand[],
  machine: Machine,
  shell: ShellState,
  output: Output,
): Promise<number> {
  let stdin: string | null = null;
  let status = 0;
  for (const [index, command] of parsed.entries()) {
    const next = parsed[index + 1];
    const run = { machine, shell, stdin, error: (text: string) => output.error(text) };
    if (!next && !command.redirect) {
      const { signal, isTerminal } = output;
      return runCommand(command, { ...run, write: (text) => output.write(text), signal, isTerminal });
    }
    const collected = new Collector(output.signal, next ? linesWanted(next) : Infinity);
    status = await runCommand(command, {
      ...run,
      write: (text) => collected.add(text),
      signal: collected.signal,
      isTerminal: false,
    });
    if (command.redirect) {
      status = (await redirect(command.redirect, collected.text, machine, shell, output)) ? status : 1;
      stdin = '';
    } else stdin = collected.text;
  }
  return status;
}

function runCommand(command: ParsedCommand, run: Omit<Run, 'args'>): number | Promise<number> {
  const [name = '', ...args] = command.words;
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (found) return found({ ...run, args });
  return run.error(`-bash: ${name}: command not found\n`).then(() => notFoundStatus);
}

async function redirect(
  to: NonNullable<ParsedCommand['redirect']>,
  text: string,
  machine: Machine,
  shell: ShellState,
  output: Output,
): Promise<boolean> {
  const path = resolvePath(shell.cwd, to.path);
  if (path === '/dev/null') return true;
  const before = to.append ? (machine.files.read(path) ?? '') : '';
  if (machine.files.write(path, (before + text).slice(-longestPipe))) return true;
  await output.error(`-bash: ${to.path}: No such file or directory\n`);
  return false;
}

/** How many lines the next command of a pipe will read at most. */
function linesWanted({ words }: ParsedCommand): number {
  return words[0] === 'head' ? lineCount(words.slice(1)) : Infinity;
}

/** Holds what goes through a pipe, and ends the writer when the reader has enough. */
class Collector {
  readonly #own = new AbortController();
  readonly #lines: number;
  readonly signal: AbortSignal;
  text = '';

  constructor(outer: AbortSignal, lines: number) {
    this.#lines = lines;
    this.signal = AbortSignal.any([outer, this.#own.signal]);
  }

  add(text: string): Promise<void> {
    this.text += text;
    const hasEnough = this.#lines !== Infinity && this.text.split('\n').length > this.#lines;
    if (hasEnough || this.text.length > longestPipe) this.#own.abort();
    return Promise.resolve();
  }
}
