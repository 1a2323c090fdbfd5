import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readKeyFile } from '../../../../main/terminal/process/auth/key-files.ts';
import { newKeyPair, type KeyPair } from '../../../../main/terminal/process/auth/key-pair.ts';
import { readKeyText, type KeyText } from '../../../../main/terminal/process/auth/key-text.ts';
import { offeredKeyOfLine } from '../../../../main/terminal/process/auth/offered-key.ts';
import { lineOfSsh2PublicKey } from '../../../../main/terminal/process/auth/ssh2-public-key.ts';
import { WireReader, wireString } from '../../../../main/terminal/process/auth/wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'key-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** Runs a program that writes a key to a new path, and gives that. */
function made(program: string, args: (path: string) => readonly string[]): string {
  const path = join(folder, `k${(count += 1)}`);
  execFileSync(program, [...args(path)], { stdio: 'pipe' });
  return path;
}
const sshKey = (type: string, words: string, ...more: readonly string[]): string =>
  made('ssh-keygen', (path) => ['-q', '-t', type, '-N', words, '-f', path, ...more]);
const openssl = (...args: readonly string[]): string => made('openssl', (path) => [...args, '-out', path]);
const fingerprint = (path: string): string | undefined =>
  execFileSync('ssh-keygen', ['-lf', path]).toString().split(' ')[1];

/** Opens a text as a person does who knows the passphrase; a wrong one first. */
function opened(text: string, passphrase: string): KeyText | 'wrong-passphrase' {
  const found = readKeyText(text);
  if (found.kind !== 'locked') return found;
  for (const wrong of ['not this one', '']) expect(found.unlock(wrong)).toBe('wrong-passphrase');
  return found.unlock(passphrase);
}

const words = 'open sesame';
const openSslPass = ['-aes256', '-pass', `pass:${words}`];

/** By ssh-keygen; ed25519 in PKCS#8, which 9.2 does not read, by OpenSSL: the last 32 bytes of its public half. */
function publicHalf(path: string): string {
  try {
    const line = execFileSync('ssh-keygen', ['-y', '-P', words, '-f', path], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return line.toString().trim().split(' ')[1] ?? '';
  } catch {
    const args = ['pkey', '-in', path, '-passin', `pass:${words}`, '-pubout', '-outform', 'DER'];
    const key = execFileSync('openssl', args).subarray(-32);
    return Buffer.concat(['ssh-ed25519', key].map(wireString)).toString('base64');
  }
}

describe('a key file that is opened', () => {
  test.each<[string, () => string]>([
    ['OpenSSH ed25519', () => sshKey('ed25519', '')],
    ['OpenSSH ECDSA 521', () => sshKey('ecdsa', '', '-b', '521')],
    ['OpenSSH RSA', () => sshKey('rsa', '', '-b', '2048')],
    ['OpenSSH, aes256-ctr', () => sshKey('ed25519', words)],
    ['OpenSSH, aes128-cbc', () => sshKey('ecdsa', words, '-Z', 'aes128-cbc')],
    ['OpenSSH, aes256-gcm', () => sshKey('ed25519', words, '-Z', 'aes256-gcm@openssh.com')],
    ['OpenSSH, 3des-cbc', () => sshKey('ed25519', words, '-Z', '3des-cbc')],
    ['PEM RSA', () => sshKey('rsa', '', '-m', 'PEM')],
    ['PEM EC with a passphrase', () => sshKey('ecdsa', words, '-m', 'PEM')],
    ['PKCS#8 RSA of ssh-keygen', () => sshKey('rsa', '', '-m', 'PKCS8')],
    ['PKCS#8 RSA of ssh-keygen with a passphrase', () => sshKey('rsa', words, '-m', 'PKCS8')],
    ['PKCS#8 EC', () => openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384')],
    ['PKCS#8 ed25519', () => openssl('genpkey', '-algorithm', 'ed25519')],
    ['PKCS#8 ed25519 with a passphrase', () => openssl('genpkey', '-algorithm', 'ed25519', ...openSslPass)],
    ['PEM with EC parameters in front', () => openssl('ecparam', '-genkey', '-name', 'prime256v1')],
  ])('%s', async (_name, make) => {
    const path = make();
    const text = readFileSync(path, 'utf8');
    const key = opened(text, words);
    if (key === 'wrong-passphrase' || key.kind !== 'open') throw new Error(JSON.stringify(key));
    expect(key.key.blob.toString('base64')).toBe(publicHalf(path));
    const signature = await key.sign(Buffer.from('data'), key.key.type === 'ssh-rsa' ? 'sha512' : undefined);
    expect(signature.length).toBeGreaterThan(60);
  });

  test('also where its public line stands in the same file, or lines end as on Windows', () => {
    const path = sshKey('ed25519', '');
    const text = readFileSync(path, 'utf8');
    for (const odd of [
      `${text}${readFileSync(`${path}.pub`, 'utf8')}`,
      text.replaceAll('\n', '\r\n'),
      `\ufeff${text}`,
    ]) {
      const found = readKeyText(odd);
      expect(found).toMatchObject({ kind: 'open', key: { fingerprint: fingerprint(path) } });
    }
  });

  test.each<[string, (text: string) => string]>([
    ['is indented', (text) => text.replaceAll(/^/gm, '   ')],
    ['has the line ends of an old Mac', (text) => text.replaceAll('\n', '\r')],
    [
      'has attributes of a bag in front',
      (text) => `Bag Attributes\n    localKeyID: 01 02\nKey Attributes: <none>\n${text}`,
    ],
    [
      'is followed by a second key',
      (text) => `${text}\n${newKeyPair().private.replaceAll('OPENSSH', 'OTHER')}`,
    ],
  ])('also where its text %s', (_name, changed) => {
    for (const path of [
      sshKey('ed25519', ''),
      sshKey('rsa', '', '-m', 'PKCS8'),
      sshKey('ecdsa', '', '-m', 'PEM'),
    ]) {
      const found = readKeyText(changed(readFileSync(path, 'utf8')));
      expect(found).toMatchObject({ kind: 'open', key: { fingerprint: fingerprint(path) } });
    }
  });

  test.each<[string, string, readonly string[]]>([
    ['PKCS#8', 'rsa', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER']],
    ['PKCS#8 with a passphrase', 'rsa', ['pkcs8', '-topk8', '-outform', 'DER', '-passout', `pass:${words}`]],
    ['PKCS#1', 'rsa', ['rsa', '-traditional', '-outform', 'DER']],
    ['SEC 1', 'ecdsa', ['ec', '-outform', 'DER']],
  ])('also in DER: %s', async (_name, type, args) => {
    const path = sshKey(type, '', '-m', 'PEM');
    const der = openssl(...args, '-in', path);
    const file = await readKeyFile(der, () => Promise.resolve({ text: words, onRight: () => undefined }));
    expect(file).toMatchObject({ kind: 'offers', offers: [{ fingerprint: fingerprint(path) }] });
  });

  test('also as PowerShell writes text', async () => {
    const path = sshKey('ed25519', '');
    const other = join(folder, 'utf-16');
    writeFileSync(other, Buffer.from(`\ufeff${readFileSync(path, 'utf8')}`, 'utf16le'));
    const file = await readKeyFile(other, () => Promise.resolve(null));
    expect(file).toMatchObject({ kind: 'offers', offers: [{ fingerprint: fingerprint(path) }] });
  });

  test.each(['ed25519', 'ecdsa', 'rsa'])('a public key as RFC 4716 has it, by puttygen: %s', async (type) => {
    const path = sshKey(type, '', '-C', 'jane: "at" home');
    const line = readFileSync(`${path}.pub`, 'utf8').trim();
    for (const key of [
      made('puttygen', (out) => [path, '-O', 'public', '-o', out]),
      made('sh', (out) => ['-c', `ssh-keygen -e -f ${path}.pub > ${out}`]),
    ]) {
      const file = await readKeyFile(key, () => Promise.resolve(null));
      expect(file).toMatchObject({ kind: 'public', key: { fingerprint: fingerprint(path) } });
      expect(lineOfSsh2PublicKey(readFileSync(key, 'utf8'))).toContain(line.split(' ')[1]);
    }
  });

  test('a certificate or a public key in DER is no private key', async () => {
    const path = openssl('genpkey', '-algorithm', 'ed25519');
    for (const args of [
      ['pkey', '-in', path, '-pubout', '-outform', 'DER'],
      ['req', '-x509', '-key', path, '-subj', '/CN=a', '-outform', 'DER'],
    ]) {
      const file = await readKeyFile(openssl(...args), () => Promise.resolve(null));
      expect(file).toMatchObject({ kind: 'unusable', problem: 'contains no key that this app can read' });
    }
  });

  test('its fingerprint is the one that ssh-keygen prints', () => {
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const path = sshKey(type, '', '-m', type === 'rsa' ? 'PKCS8' : 'RFC4716');
      const found = readKeyText(readFileSync(path, 'utf8'));
      expect(found).toMatchObject({ kind: 'open', key: { fingerprint: fingerprint(path) } });
    }
  });
});

describe('a key file that this app cannot read says why, and never that a passphrase is wrong', () => {
  const problemOf = (text: string): string => {
    const found = readKeyText(text);
    if (found.kind !== 'unusable') throw new Error(found.kind);
    return found.problem('~/.ssh/my key');
  };

  test.each<[string, () => string, RegExp]>([
    [
      'OpenSSH with chacha20',
      () => sshKey('ed25519', words, '-Z', 'chacha20-poly1305@openssh.com'),
      /chacha20-poly1305@openssh\.com, which this app cannot read.*ssh-keygen -p -f ~\/'\.ssh\/my key'$/,
    ],
    ['PKCS#8 of a curve that SSH does not have', () => openssl('genpkey', '-algorithm', 'ed448'), /ed448/],
    [
      'PEM of a curve that SSH does not have',
      () => openssl('ecparam', '-genkey', '-name', 'secp256k1'),
      /secp256k1/,
    ],
    [
      'PKCS#8 with scrypt',
      () => {
        const plain = openssl('genpkey', '-algorithm', 'ed25519');
        return openssl('pkcs8', '-topk8', '-in', plain, '-scrypt', '-passout', `pass:${words}`);
      },
      /a method of PKCS #8.*ssh-keygen -p/,
    ],
  ])('%s', (_name, make, problem) => {
    expect(problemOf(readFileSync(make(), 'utf8'))).toMatch(problem);
  });

  test.each([
    [
      'DES-CBC',
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0123456789ABCDEF\n\nAAAA\n-----END RSA PRIVATE KEY-----',
      /DES-CBC.*ssh-keygen -p/,
    ],
    ['DSA', '-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----', /kind \(DSA\)/],
    [
      'damaged',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----',
      /damaged/,
    ],
  ])('%s', (_name, text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });

  test.each([
    ['rsa', '-O', 'private-sshcom', /^is in SSH\.com’s format.*puttygen .* -O private-openssh -o NEW$/],
    ['dsa', '-O', 'private', /kind \(ssh-dss\)/],
    ['ed448', '-O', 'private', /kind \(ssh-ed448\)/],
  ])('a key of puttygen: %s, %s %s', (type, option, format, problem) => {
    const path = made('puttygen', (out) => [
      ...['-q', '-t', type, '--new-passphrase', '/dev/null', option, format, '-o', out],
    ]);
    expect(problemOf(readFileSync(path, 'utf8'))).toMatch(problem);
  });

  test('the file of a security key, whose public half is read: an agent has to use it', () => {
    const [, plain = ''] = readFileSync(`${sshKey('ed25519', '')}.pub`, 'utf8').split(' ');
    const key = Buffer.from(plain, 'base64').subarray(-32);
    const blob = Buffer.concat(['sk-ssh-ed25519@openssh.com', key, 'ssh:'].map(wireString));
    const fields = ['none', 'none', ''].map(wireString);
    const data = Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      ...fields,
      Buffer.of(0, 0, 0, 1),
      wireString(blob),
      wireString(''),
    ]);
    const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${data.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
    expect(problemOf(text)).toBe(
      "belongs to a security key, which this app can use by an SSH agent only: ssh-add ~/'.ssh/my key'",
    );
    const path = join(folder, 'sk.pub');
    writeFileSync(path, `sk-ssh-ed25519@openssh.com ${blob.toString('base64')} me\n`);
    expect(readKeyText(text)).toMatchObject({ key: { fingerprint: fingerprint(path) } });
  });

  test('a text that holds no key', () => {
    for (const text of ['', 'words', 'ssh-ed25519 AAAA']) expect(readKeyText(text)).toEqual({ kind: 'none' });
  });
});

test('the path in a command that is named is one word of a shell, with the home folder', () => {
  const home = mkdtempSync(join(folder, "home o'"));
  const found = readKeyText(
    readFileSync(sshKey('ed25519', words, '-Z', 'chacha20-poly1305@openssh.com'), 'utf8'),
  );
  if (found.kind !== 'unusable') throw new Error(found.kind);
  for (const path of ['~/my key', '~/plain', "~/o'brien", join(home, 'a $HOME b')]) {
    const command = found.problem(path).replace(/^.*ssh-keygen -p -f /, 'printf "%s" ');
    const word = execFileSync('sh', ['-c', command], { env: { HOME: home }, encoding: 'utf8' });
    expect(word).toBe(path.replace(/^~/, home));
  }
});

describe('a key of puttygen', () => {
  const fileOf = (text: string): string => {
    const path = join(folder, `words${(count += 1)}`);
    writeFileSync(path, text);
    return path;
  };

  test.each([
    ['rsa', 2, '', 'opened'],
    ['rsa', 2, words, 'opened'],
    ['rsa', 3, words, 'refused'],
    ['ed25519', 2, '', 'refused'],
    ['ed25519', 3, words, 'refused'],
    ['ecdsa', 2, words, 'refused'],
    ['ecdsa', 3, '', 'refused'],
  ])(
    '%s in version %i, passphrase "%s": %s, and read after the command that is named',
    (type, version, passphrase, what) => {
      const secret = fileOf(passphrase);
      const args = ['-t', type, '--ppk-param', `version=${version}`, '--new-passphrase', secret, '-q', '-o'];
      const path = made('puttygen', (out) => [...args, out]);
      const line = execFileSync('puttygen', [path, '-L'], { encoding: 'utf8' });
      const key = opened(readFileSync(path, 'utf8'), passphrase);
      if (key === 'wrong-passphrase') throw new Error(key);
      expect(key).toMatchObject({
        kind: what === 'opened' ? 'open' : 'unusable',
        key: { fingerprint: offeredKeyOfLine(line)?.fingerprint },
      });
      if (key.kind !== 'unusable') return;
      const command = / Export it: (puttygen .+) -o NEW$/.exec(key.problem(path))?.[1] ?? '';
      const exported = made('sh', (out) => [
        '-c',
        `${command} -o ${out} --old-passphrase ${secret} --new-passphrase ${secret}`,
      ]);
      expect(opened(readFileSync(exported, 'utf8'), passphrase)).toMatchObject({
        kind: 'open',
        key: { fingerprint: offeredKeyOfLine(line)?.fingerprint },
      });
    },
  );
});

describe('a key that the app makes', () => {
  test('is read by ssh-keygen, many times over', () => {
    for (let index = 0; index < 40; index += 1) {
      const pair = newKeyPair({ comment: `c ${index}`, passphrase: index < 2 ? words : null });
      const path = join(folder, `made-${index}`);
      writeFileSync(path, `${pair.private.trim()}\n`, { mode: 0o600 });
      const args = ['-y', '-P', index < 2 ? words : '', '-f', path];
      const line = execFileSync('ssh-keygen', args).toString().trim();
      expect(line.split(' ').slice(0, 2)).toEqual(pair.public.split(' ').slice(0, 2));
    }
  });

  test('is thrown away where one half has lost its leading zero, as ssh2 makes one in 256', () => {
    const sound = newKeyPair();
    const short = (pair: KeyPair): KeyPair => {
      const [type, base64 = ''] = pair.public.split(' ');
      const blob = Buffer.from(base64, 'base64');
      const cut = Buffer.concat([blob.subarray(0, 15), Buffer.of(0, 0, 0, 31), blob.subarray(20)]);
      return { ...pair, public: `${type} ${cut.toString('base64')}` };
    };
    const pairs = [
      short(sound),
      { ...sound, public: newKeyPair().public },
      { ...sound, private: 'x' },
      sound,
    ];
    expect(newKeyPair(undefined, () => pairs.shift() ?? sound)).toBe(sound);
    expect(pairs).toEqual([]);
    expect(offeredKeyOfLine(sound.public)?.blob).toHaveLength(51);
  });

  test('is encrypted with the passphrase that it is given, and has the comment', () => {
    const locked = newKeyPair({ comment: 'web', passphrase: words });
    expect(offeredKeyOfLine(locked.public)).toMatchObject({ type: 'ssh-ed25519', comment: 'web' });
    expect(readKeyText(locked.private).kind).toBe('locked');
    // The header of the file names cipher and derivation; 24 rounds.
    const bytes = Buffer.from(locked.private.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    const reader = new WireReader(bytes.subarray('openssh-key-v1\0'.length));
    expect([reader.string().toString(), reader.string().toString()]).toEqual(['aes256-ctr', 'bcrypt']);
    const options = new WireReader(reader.string());
    options.string();
    expect(options.uint32()).toBe(24);
  });
});
