import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKey } from '../../../main/keys/process/generate.ts';
import { localKeys, readKeyFile } from '../../../main/keys/process/local-keys.ts';
import { systemClock } from '../../../main/clock/index.ts';

let home: string;
const inSsh = (name: string): string => join(home, '.ssh', name);
const make = (name: string, passphrase = '', ...more: readonly string[]): void => {
  execFileSync('ssh-keygen', [
    '-q',
    ...(more.length > 0 ? more : ['-t', 'ed25519']),
    ...['-N', passphrase, '-C', `${name} here`, '-f', inSsh(name)],
  ]);
};
const found = () => localKeys({ env: {}, platform: 'linux', home }, systemClock);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
});
afterEach(() => rmSync(home, { recursive: true }));

describe('the keys of this machine', () => {
  it('are those of ~/.ssh, each once, with or without a private key', async () => {
    make('both', 'a passphrase');
    make('public-only');
    rmSync(inSsh('public-only'));
    make('private-only');
    rmSync(inSsh('private-only.pub'));
    writeFileSync(inSsh('config'), 'Host *\n');
    writeFileSync(inSsh('known_hosts'), readFileSync(inSsh('both.pub')));
    writeFileSync(inSsh('huge'), Buffer.alloc(100_000, 'x'));
    mkdirSync(inSsh('folder'));
    const keys = await found();
    expect(keys.map(({ path, hasPrivateFile }) => [path, hasPrivateFile])).toEqual([
      ['~/.ssh/both', true],
      ['~/.ssh/private-only', true],
      ['~/.ssh/public-only.pub', false],
    ]);
    // An encrypted key tells its public half, and the .pub beside it the comment.
    expect(keys[0]?.facts.comment).toBe('both here');
    expect(JSON.stringify(keys)).not.toContain('PRIVATE');
  });

  it('are those that an agent holds, too', async () => {
    make('held');
    const socket = join(home, 'agent');
    const started = execFileSync('ssh-agent', ['-s', '-a', socket], { encoding: 'utf8' });
    try {
      execFileSync('ssh-add', ['-q', inSsh('held')], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
      rmSync(inSsh('held'));
      const keys = await localKeys({ env: { SSH_AUTH_SOCK: socket }, platform: 'linux', home }, systemClock);
      expect(keys).toMatchObject([{ path: '~/.ssh/held.pub', inSshAgent: true, hasPrivateFile: false }]);
    } finally {
      process.kill(Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]));
    }
  });

  it('are none where there is no folder', async () => {
    rmSync(join(home, '.ssh'), { recursive: true });
    expect(await found()).toEqual([]);
  });
});

describe('a file that was chosen', () => {
  it('is taken as it is where it holds a public key', async () => {
    make('laptop');
    expect(await readKeyFile(inSsh('laptop.pub'), home)).toMatchObject({
      ok: true,
      value: { isFromPrivate: false, key: { path: '~/.ssh/laptop.pub', facts: { comment: 'laptop here' } } },
    });
  });

  it('is taken by its public half where it holds a private key', async () => {
    make('laptop', 'a passphrase');
    const read = await readKeyFile(inSsh('laptop'), home);
    expect(read).toMatchObject({ ok: true, value: { isFromPrivate: true } });
    const line = readFileSync(inSsh('laptop.pub'), 'utf8').split(' ')[1] ?? '';
    expect(read.ok && read.value.key.publicKey).toContain(line);
  });

  it('is refused where the older format hides the public half, or where it is no key', async () => {
    make('old', 'a passphrase', '-t', 'rsa', '-b', '2048', '-m', 'PEM');
    renameSync(inSsh('old.pub'), inSsh('elsewhere.pub'));
    expect(await readKeyFile(inSsh('old'), home)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('it is locked') as string },
    });
    writeFileSync(inSsh('words'), 'words');
    expect(await readKeyFile(inSsh('words'), home)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(await readKeyFile(inSsh('nowhere'), home)).toMatchObject({ ok: false });
  });
});

describe('a private key in the format of another program, with no .pub beside it', () => {
  /** Makes a private key alone; gives the type and the body of its public half. */
  const alone = (passphrase: string, ...more: readonly string[]): string => {
    make('other', passphrase, ...more);
    const line = readFileSync(inSsh('other.pub'), 'utf8');
    rmSync(inSsh('other.pub'));
    return line.split(' ').slice(0, 2).join(' ');
  };
  const picked = async (name: string): Promise<string> => {
    const read = await readKeyFile(inSsh(name), home);
    if (read.ok) return read.value.key.publicKey.split(' ').slice(0, 2).join(' ');
    return read.error.kind === 'refused' ? read.error.message : read.error.kind;
  };

  it.each([
    ['rsa', '2048'],
    ['ecdsa', '256'],
    ['ecdsa', '521'],
  ])('is taken by its public half: PKCS#8, %s %s', async (type, bits) => {
    const line = alone('', '-t', type, '-b', bits, '-m', 'PKCS8');
    expect(readFileSync(inSsh('other'), 'utf8')).toContain('BEGIN PRIVATE KEY');
    expect(await picked('other')).toBe(line);
  });

  it('is taken by its public half: PKCS#8, ed25519 by openssl', async () => {
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', inSsh('other')]);
    const der = execFileSync('openssl', ['pkey', '-in', inSsh('other'), '-pubout', '-outform', 'DER']);
    const line = await picked('other');
    expect(line).toMatch(/^ssh-ed25519 /);
    expect(Buffer.from(line.split(' ')[1] ?? '', 'base64').subarray(-32)).toEqual(der.subarray(-32));
  });

  it('is locked where it is: PKCS#8 with a passphrase', async () => {
    alone('a passphrase', '-t', 'rsa', '-b', '2048', '-m', 'PKCS8');
    expect(readFileSync(inSsh('other'), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    expect(await picked('other')).toContain('it is locked');
  });

  it.each([
    ['2', 'ed25519', ''],
    ['2', 'ecdsa', 'a passphrase'],
    ['3', 'rsa', ''],
    ['3', 'ed25519', 'a passphrase'],
  ])('is taken by its public half: PuTTY %s, %s (passphrase: %j)', async (version, type, passphrase) => {
    const line = alone('', '-t', type);
    writeFileSync(inSsh('new'), `${passphrase}\n`, { mode: 0o600 });
    execFileSync('puttygen', [
      ...[inSsh('other'), '-O', 'private', '-o', inSsh('key.ppk'), '--new-passphrase', inSsh('new')],
      ...['--ppk-param', `version=${version}`],
    ]);
    expect(readFileSync(inSsh('key.ppk'), 'utf8')).toContain(`PuTTY-User-Key-File-${version}`);
    expect(await picked('key.ppk')).toBe(line);
  });
});

describe('a key that is made here', () => {
  const job = { kind: 'generate', fileName: 'laptop', comment: 'My laptop', passphrase: null } as const;

  it.each([null, 'open sesame'])('is one that OpenSSH reads (passphrase: %s)', async (passphrase) => {
    const made = await generateKey({ ...job, passphrase }, home);
    expect(made).toMatchObject({ ok: true, value: { path: '~/.ssh/laptop' } });
    const read = execFileSync('ssh-keygen', ['-y', '-P', passphrase ?? '', '-f', inSsh('laptop')], {
      encoding: 'utf8',
    });
    expect(made.ok && made.value.publicKey).toBe(read.trim());
    expect(readFileSync(inSsh('laptop.pub'), 'utf8')).toBe(read);
    expect(read).toContain('My laptop');
    expect(statSync(inSsh('laptop')).mode & 0o777).toBe(0o600);
    if (passphrase !== null) {
      expect(() =>
        execFileSync('ssh-keygen', ['-y', '-P', 'wrong', '-f', inSsh('laptop')], { stdio: 'pipe' }),
      ).toThrow();
    }
  });

  it('makes the folder that only its owner can read', async () => {
    rmSync(join(home, '.ssh'), { recursive: true });
    expect(await generateKey(job, home)).toMatchObject({ ok: true });
    expect(statSync(join(home, '.ssh')).mode & 0o777).toBe(0o700);
  });

  it.each(['laptop', 'laptop.pub'])('is written over nothing: %s is there', async (name) => {
    writeFileSync(inSsh(name), 'precious');
    expect(await generateKey(job, home)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(readFileSync(inSsh(name), 'utf8')).toBe('precious');
    const other = name === 'laptop' ? 'laptop.pub' : 'laptop';
    expect(() => statSync(inSsh(other))).toThrow();
  });

  it('says why where the folder is no folder', async () => {
    rmSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(join(home, '.ssh'), '');
    chmodSync(join(home, '.ssh'), 0o600);
    const made = await generateKey(job, home);
    expect(made).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('~/.ssh/laptop') as string },
    });
  });
});
