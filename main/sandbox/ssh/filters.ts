import { fail, optionValue, type Command, type Run } from './command.ts';
import { resolvePath } from './file-system.ts';

/** The text that a filter works on: the pipe's, or the files' that it names; null when one is missing. */
async function input(run: Run, name: string, paths: readonly string[]): Promise<string | null> {
  if (paths.length === 0) return run.stdin ?? '';
  const texts: string[] = [];
  for (const path of paths) {
    const text = run.machine.files.read(resolvePath(run.shell.cwd, path));
    if (text === undefined) {
      await fail(run, `${name}: ${path}: No such file or directory`);
      return null;
    }
    texts.push(text);
  }
  return texts.join('');
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** How many lines `head` and `tail` are asked for: `-n 5`, `-n5` or `-5`. */
export function lineCount(args: readonly string[]): number {
  const short = args.find((arg) => /^-\d+$/.test(arg));
  return Number(short?.slice(1) ?? optionValue(args, '-n') ?? 10);
}

/** Arguments that are neither options nor the value of `-n`. */
function operands(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-n');
}

function part(name: string, take: (lines: readonly string[], count: number) => readonly string[]): Command {
  return async (run) => {
    const text = await input(run, name, operands(run.args));
    if (text === null) return 1;
    if (text !== '') await run.write(joined(take(linesOf(text), lineCount(run.args))));
    return 0;
  };
}

const grep: Command = async (run) => {
  const options = run.args.filter((arg) => arg.startsWith('-')).join('');
  const [pattern, ...paths] = run.args.filter((arg) => !arg.startsWith('-'));
  if (pattern === undefined) return fail(run, 'Usage: grep [OPTION]... PATTERNS [FILE]...');
  const text = await input(run, 'grep', paths);
  if (text === null) return 2;
  const needle = options.includes('i') ? pattern.toLowerCase() : pattern;
  const found = linesOf(text).filter((line) => {
    const matches = (options.includes('i') ? line.toLowerCase() : line).includes(needle);
    return matches !== options.includes('v');
  });
  await run.write(options.includes('c') ? `${found.length}\n` : joined(found));
  return found.length > 0 ? 0 : 1;
};

const wc: Command = async (run) => {
  const paths = operands(run.args);
  const text = await input(run, 'wc', paths);
  if (text === null) return 1;
  const lines = text.split('\n').length - 1;
  const counts = run.args.includes('-l')
    ? `${lines}`
    : `${lines} ${text.split(/\s+/).filter(Boolean).length} ${Buffer.byteLength(text)}`;
  await run.write(`${[counts, ...paths].join(' ')}\n`);
  return 0;
};

/** Commands that read a pipe. `grep` looks for plain text: no pattern of a stranger is ever compiled. */
export const filters: Readonly<Record<string, Command>> = {
  head: part('head', (lines, count) => lines.slice(0, count)),
  tail: part('tail', (lines, count) => lines.slice(-count)),
  sort: part('sort', (lines) => lines.toSorted()),
  grep,
  wc,
};
