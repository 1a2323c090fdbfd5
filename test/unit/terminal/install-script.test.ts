import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InstallUndo } from '../../../main/terminal/requests.ts';
import {
  installScript,
  readInstallOutcome,
  removalScript,
} from '../../../main/terminal/process/install-script.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh jane@laptop';
const other = Buffer.from('# caf\xe9\nssh-rsa AAAAB3 old one\n', 'latin1');

/** The shells that may be `sh`, as far as they are here. */
const shells = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['zsh', '--emulate', 'sh']].filter(
  ([program = '']) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
);

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'install-'));
});
afterEach(() => {
  spawnSync('chattr', ['-R', '-i', home]);
  spawnSync('umount', ['-q', join(home, '.ssh')]);
  rmSync(home, { recursive: true, force: true });
});
const file = (): string => join(home, '.ssh', 'authorized_keys');
const seed = (bytes: Buffer | string, mode = 0o600): void => {
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  writeFileSync(file(), bytes);
  chmodSync(file(), mode);
};
const modeOf = (path: string): number => statSync(path).mode & 0o777;

function run(script: string, shell: readonly string[] = ['sh']) {
  const [program = 'sh', ...args] = shell;
  const done = spawnSync(program, [...args, '-s'], { input: script, env: { ...process.env, HOME: home } });
  return { outcome: readInstallOutcome(done.stdout.toString()), errors: done.stderr.toString() };
}
const undoOf = (outcome: ReturnType<typeof run>['outcome']): InstallUndo => {
  if (outcome === null || outcome === 'removed' || outcome.kind !== 'added') throw new Error('not added');
  return outcome.undo;
};

describe.each(shells)('a key is installed by %s', (...shell) => {
  test('where there is no folder yet, and taken out with all that was made', () => {
    const { outcome, errors } = run(installScript(key), shell);
    expect({ outcome, errors }).toMatchObject({
      outcome: { kind: 'added', undo: { sizeBefore: 0, hadFile: false, hadFolder: false } },
      errors: '',
    });
    expect(readFileSync(file(), 'utf8')).toBe(`${key}\n`);
    expect([modeOf(join(home, '.ssh')), modeOf(file())]).toEqual([0o700, 0o600]);
    expect(readdirSync(join(home, '.ssh'))).toEqual(['authorized_keys']);
    expect(run(removalScript(key, undoOf(outcome)), shell).outcome).toBe('removed');
    expect(readdirSync(home)).toEqual([]);
  });

  test.each([
    ['with a line end', other],
    ['without one', other.subarray(0, -1)],
    ['that is empty', Buffer.alloc(0)],
  ])('behind what is in a file %s, byte for byte, once', (_title, bytes) => {
    seed(bytes, 0o640);
    const { outcome } = run(installScript(key), shell);
    const newline = bytes.length > 0 && bytes.at(-1) !== 10 ? '\n' : '';
    expect(readFileSync(file())).toEqual(Buffer.concat([bytes, Buffer.from(`${newline}${key}\n`)]));
    expect(modeOf(file())).toBe(0o640);
    expect(run(installScript(key), shell).outcome).toEqual({ kind: 'present' });
    expect(run(removalScript(key, undoOf(outcome)), shell).outcome).toBe('removed');
    expect(readFileSync(file())).toEqual(bytes);
  });

  test('through symbolic links, which stay', () => {
    mkdirSync(join(home, '.ssh'));
    mkdirSync(join(home, 'dotfiles'));
    writeFileSync(join(home, 'dotfiles', 'keys'), other);
    symlinkSync('../link', file());
    symlinkSync('dotfiles/keys', join(home, 'link'));
    expect(run(installScript(key), shell).outcome).toMatchObject({ kind: 'added' });
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(home, 'dotfiles', 'keys'))).toEqual(
      Buffer.concat([other, Buffer.from(`${key}\n`)]),
    );
  });

  test('and is not taken for one that is commented out', () => {
    seed(`# ${key}\n`);
    expect(run(installScript(key), shell).outcome).toMatchObject({ kind: 'added' });
  });
});

test('a line that came meanwhile stays when the key is taken out', () => {
  seed(other);
  const { outcome } = run(installScript(key));
  writeFileSync(file(), Buffer.concat([readFileSync(file()), Buffer.from('ssh-rsa BBBB new\n')]));
  expect(run(removalScript(key, undoOf(outcome))).outcome).toBe('removed');
  expect(readFileSync(file())).toEqual(Buffer.concat([other, Buffer.from('ssh-rsa BBBB new\n')]));
});

describe('nothing is changed', () => {
  test('where the file is a folder, or a link leads in a circle', () => {
    mkdirSync(file(), { recursive: true });
    expect(run(installScript(key)).outcome).toMatchObject({ kind: 'failed', what: 'kind' });
    rmSync(file(), { recursive: true });
    symlinkSync('authorized_keys', file());
    expect(run(installScript(key)).outcome).toMatchObject({ kind: 'failed', what: 'link' });
  });

  test('where there is no home', () => {
    rmSync(home, { recursive: true });
    expect(run(installScript(key)).outcome).toMatchObject({ kind: 'failed', what: 'home' });
    expect(existsSync(home)).toBe(false);
  });

  const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0;
  test.skipIf(!canMount)('on a disk that is read-only, or full', () => {
    seed(other);
    const inMount = (options: string, then: string) => {
      const script = `mount -t tmpfs -o ${options} none "$HOME/.ssh" && ${then} && exec sh -s`;
      const done = spawnSync('unshare', ['--mount', 'sh', '-c', script], {
        input: `${installScript(key)}\nls -a "$HOME/.ssh" | tr '\\n' ' '`,
        env: { ...process.env, HOME: home },
      });
      return readInstallOutcome(done.stdout.toString());
    };
    expect(inMount('size=1m', 'mount -o remount,ro "$HOME/.ssh"')).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('ead-only') as string,
    });
    const fill =
      'echo old > "$HOME/.ssh/authorized_keys"; ! dd if=/dev/zero of="$HOME/.ssh/fill" bs=4k 2>/dev/null';
    expect(inMount('size=64k', fill)).toMatchObject({ kind: 'failed', what: 'write' });
    expect(readFileSync(file())).toEqual(other);
  });
});

test.each([`ssh-ed25519 AAAA '; rm -rf ~; '`, 'ssh-ed25519 AAAA\nssh-rsa BBBB', 'ssh-rsa AAAA', ''])(
  'a text that is no key of ours never comes into a script: %j',
  (text) => expect(() => installScript(text)).toThrow(RangeError),
);

test('what a login shell prints around it is passed over', () => {
  expect(readInstallOutcome('Welcome!\nevorxa-key present\nbye')).toEqual({ kind: 'present' });
  expect(readInstallOutcome('sh: not found')).toBeNull();
});
