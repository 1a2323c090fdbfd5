import { posix } from 'node:path';
import { fail, print, type Command, type Run } from './command.ts';
import { resolvePath } from './file-system.ts';
import { listingTime } from './time-formats.ts';

const blue = (text: string): string => `\u001b[01;34m${text}\u001b[0m`;

const ls: Command = async (run) => {
  const options = run.args.filter((arg) => arg.startsWith('-')).join('');
  const targets = run.args.filter((arg) => !arg.startsWith('-'));
  const { files } = run.machine;
  let status = 0;
  for (const target of targets.length > 0 ? targets : ['.']) {
    const path = resolvePath(run.shell.cwd, target);
    if (!files.exists(path)) {
      status = await fail(run, `ls: cannot access '${target}': No such file or directory`);
      continue;
    }
    const names = files.isDirectory(path) ? files.list(path) : [target];
    const shown = names.filter((name) => options.includes('a') || !name.startsWith('.'));
    const directory = files.isDirectory(path) ? path : run.shell.cwd;
    if (options.includes('l'))
      await print(run, `total ${shown.length * 4}`, ...longRows(run, directory, shown));
    else if (shown.length > 0) {
      await print(run, shown.map((name) => coloured(run, directory, name)).join('  '));
    }
  }
  return status;
};

function coloured(run: Run, directory: string, name: string): string {
  const isDirectory = run.machine.files.isDirectory(resolvePath(directory, name));
  return isDirectory && run.isTerminal ? blue(name) : name;
}

function longRows(run: Run, directory: string, names: readonly string[]): readonly string[] {
  const when = listingTime(run.machine.bootedAtMs);
  return names.map((name) => {
    const path = resolvePath(directory, name);
    const isDirectory = run.machine.files.isDirectory(path);
    const mode = isDirectory ? 'drwxr-xr-x 2' : name.endsWith('.sh') ? '-rwxr-xr-x 1' : '-rw-r--r-- 1';
    const bytes = isDirectory ? 4096 : Buffer.byteLength(run.machine.files.read(path) ?? '');
    return `${mode} root root ${String(bytes).padStart(7)} ${when} ${coloured(run, directory, name)}`;
  });
}

const cd: Command = (run) => {
  const target = run.args[0] ?? '~';
  const path = resolvePath(run.shell.cwd, target);
  const { files } = run.machine;
  if (!files.exists(path)) return fail(run, `-bash: cd: ${target}: No such file or directory`);
  if (!files.isDirectory(path)) return fail(run, `-bash: cd: ${target}: Not a directory`);
  run.shell.cwd = path;
  return 0;
};

const cat: Command = async (run) => {
  if (run.args.length === 0) {
    await run.write(run.stdin ?? '');
    return 0;
  }
  let status = 0;
  for (const target of run.args) {
    const path = resolvePath(run.shell.cwd, target);
    const text = run.machine.files.read(path);
    if (text !== undefined) await run.write(text);
    else {
      const reason = run.machine.files.isDirectory(path) ? 'Is a directory' : 'No such file or directory';
      status = await fail(run, `cat: ${target}: ${reason}`);
    }
  }
  return status;
};

const touch: Command = async (run) => {
  let status = 0;
  for (const target of run.args) {
    const path = resolvePath(run.shell.cwd, target);
    const { files } = run.machine;
    if (!files.exists(path) && !files.write(path, '')) {
      status = await fail(run, `touch: cannot touch '${target}': No such file or directory`);
    }
  }
  return status;
};

const mkdir: Command = async (run) => {
  let status = 0;
  for (const target of run.args.filter((arg) => !arg.startsWith('-'))) {
    if (!run.machine.files.makeDirectory(resolvePath(run.shell.cwd, target))) {
      status = await fail(run, `mkdir: cannot create directory '${target}': File exists or no such parent`);
    }
  }
  return status;
};

const rm: Command = async (run) => {
  let status = 0;
  for (const target of run.args.filter((arg) => !arg.startsWith('-'))) {
    if (!run.machine.files.remove(resolvePath(run.shell.cwd, target))) {
      status = await fail(run, `rm: cannot remove '${target}': No such file or directory`);
    }
  }
  return status;
};

/** Commands on the little file system. */
export const fileCommands: Readonly<Record<string, Command>> = {
  ls,
  ll: (run) => ls({ ...run, args: ['-l', ...run.args] }),
  cd,
  cat,
  touch,
  mkdir,
  rm,
  pwd: (run) => print(run, run.shell.cwd),
  basename: (run) => print(run, posix.basename(run.args[0] ?? '')),
};
