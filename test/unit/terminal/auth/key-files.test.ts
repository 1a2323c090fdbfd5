import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  KeyFileError,
  keyFileText,
  readKeyFile,
  usualKeyFiles,
  type AskPassphrase,
} from '../../../../main/terminal/process/auth/key-files.ts';
import { fingerprints, madeKey, passphrase } from './made-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'key-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const data = Buffer.from('data');

/** Writes a file, and others beside it by what follows its name. */
function fileOf(content: string | Buffer, beside: Readonly<Record<string, string>> = {}): string {
  const path = join(folder, `k${(count += 1)}`);
  writeFileSync(path, content);
  for (const [end, text] of Object.entries(beside)) writeFileSync(`${path}${end}`, text);
  return path;
}

/** Answers with these passphrases, one after the other, and then with none; which was right is in `right`. */
function person(...words: readonly string[]) {
  const right: string[] = [];
  let asked = 0;
  const ask: AskPassphrase = () => {
    const text = words[asked];
    asked += 1;
    return Promise.resolve(text === undefined ? null : { text, onRight: () => right.push(text) });
  };
  return { ask, right, asked: () => asked };
}
const nobody: AskPassphrase = () => Promise.reject(new Error('asked'));

test('the usual files are those that OpenSSH tries', () => {
  expect(usualKeyFiles('/home/ada')).toEqual([
    '/home/ada/.ssh/id_ed25519',
    '/home/ada/.ssh/id_ecdsa',
    '/home/ada/.ssh/id_rsa',
  ]);
});

describe('a key file without a passphrase', () => {
  test('is offered, and signs', async () => {
    const file = await readKeyFile(fileOf(madeKey('openssh ed25519')), nobody);
    if (file?.kind !== 'offers') throw new Error(file?.kind);
    expect(file.offers).toMatchObject([{ type: 'ssh-ed25519', fingerprint: fingerprints.ed25519 }]);
    expect(await file.offers[0]?.sign(data, undefined)).toHaveLength(4 + 11 + 4 + 64);
  });

  test.each([
    ['of the key', madeKey('openssh ed25519-cert.pub'), ['ssh-ed25519-cert-v01@openssh.com', 'ssh-ed25519']],
    ['of another key', madeKey('openssh rsa-cert.pub'), ['ssh-ed25519']],
    ['that is only the public key', madeKey('openssh ed25519.pub'), ['ssh-ed25519']],
    ['that is none', 'words', ['ssh-ed25519']],
  ])('with a certificate beside it %s', async (_name, certificate, types) => {
    const path = fileOf(madeKey('openssh ed25519'), { '-cert.pub': certificate });
    const file = await readKeyFile(path, nobody);
    if (file?.kind !== 'offers') throw new Error(file?.kind);
    expect(file.offers.map(({ type }) => type)).toEqual(types);
    for (const offer of file.offers) expect((await offer.sign(data, undefined)).length).toBe(83);
  });

  test('may be in DER, in the text of PowerShell, or a public key of PuTTYgen', async () => {
    const key = generateKeyPairSync('ed25519').privateKey;
    const der = key.export({ format: 'der', type: 'pkcs8' });
    expect(await readKeyFile(fileOf(der), nobody)).toMatchObject({ kind: 'offers' });
    const locked = createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' })).export({
      ...{ format: 'der', type: 'pkcs8', cipher: 'aes-128-cbc', passphrase },
    } as never) as unknown as Buffer;
    expect(await readKeyFile(fileOf(locked), person(passphrase).ask)).toMatchObject({ kind: 'offers' });
    const utf16 = Buffer.from(`\ufeff${madeKey('openssh ed25519')}`, 'utf16le');
    expect(await readKeyFile(fileOf(utf16), nobody)).toMatchObject({ kind: 'offers' });
    const [, base64 = ''] = madeKey('openssh ed25519.pub').split(' ');
    const rfc4716 = `---- BEGIN SSH2 PUBLIC KEY ----\n${base64}\n---- END SSH2 PUBLIC KEY ----\n`;
    expect(await readKeyFile(fileOf(rfc4716), nobody)).toMatchObject({
      kind: 'public',
      key: { fingerprint: fingerprints.ed25519 },
    });
  });
});

describe('a key file with a passphrase', () => {
  const locked = madeKey('openssh aes256-ctr');

  test('is offered without a question; its passphrase is asked for once, when it has to sign', async () => {
    const { ask, asked, right } = person('wrong', passphrase);
    const path = fileOf(locked, { '-cert.pub': madeKey('openssh ed25519-cert.pub') });
    const file = await readKeyFile(path, ask);
    if (file?.kind !== 'offers') throw new Error(file?.kind);
    expect(file.offers.map(({ fingerprint }) => fingerprint)).toEqual(Array(2).fill(fingerprints.ed25519));
    expect(asked()).toBe(0);
    for (const offer of file.offers) expect(await offer.sign(data, undefined)).toHaveLength(83);
    expect([asked(), right]).toEqual([2, [passphrase]]);
  });

  test('stays locked where nobody answers', async () => {
    const file = await readKeyFile(fileOf(locked), person('wrong').ask);
    if (file?.kind !== 'offers') throw new Error(file?.kind);
    const signing = file.offers[0]?.sign(data, undefined);
    await expect(signing).rejects.toThrow(new KeyFileError('stayed locked'));
    await expect(signing).rejects.toBeInstanceOf(KeyFileError);
  });

  test('that turns out to be damaged says so, and is not asked about again', async () => {
    const { ask, asked, right } = person(passphrase, passphrase);
    const broken = madeKey('putty 2-rsa-locked').replace(/^Private-Lines: \d+$/m, 'Private-Lines: x');
    const file = await readKeyFile(fileOf(broken), ask, '~/key');
    if (file?.kind !== 'offers') throw new Error(file?.kind);
    await expect(file.offers[0]?.sign(data, 'sha256')).rejects.toThrow('is damaged');
    expect([asked(), right]).toEqual([1, []]);
  });

  describe('whose public half is locked too', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = String(privateKey.export({ format: 'pem', type: 'sec1', cipher: 'aes-128-cbc', passphrase }));

    test('is unlocked first', async () => {
      const { ask, asked, right } = person('wrong', passphrase);
      expect(await readKeyFile(fileOf(pem), ask)).toMatchObject({
        kind: 'offers',
        offers: [{ type: 'ecdsa-sha2-nistp256' }],
      });
      expect([asked(), right]).toEqual([2, [passphrase]]);
    });

    test('is called by its name where it stays locked', async () => {
      expect(await readKeyFile(fileOf(pem), person().ask, '~/key')).toEqual({
        kind: 'unusable',
        path: '~/key',
        problem: 'stayed locked',
      });
      expect(await readKeyFile(fileOf(pem), nobody, '~/key')).toEqual({
        kind: 'unusable',
        path: '~/key',
        problem: 'cannot be read',
      });
    });

    test('is offered by the public key that lies beside it', async () => {
      const { ask, asked } = person(passphrase);
      const file = await readKeyFile(fileOf(pem, { '.pub': madeKey('openssh ecdsa-521.pub') }), ask);
      if (file?.kind !== 'offers') throw new Error(file?.kind);
      expect(file.offers).toMatchObject([{ fingerprint: fingerprints['ecdsa-521'] }]);
      expect(asked()).toBe(0);
      expect(publicKey.asymmetricKeyType).toBe('ec');
      // What lies there is no key: as without it.
      const other = await readKeyFile(fileOf(pem, { '.pub': 'words' }), person().ask);
      expect(other?.kind).toBe('unusable');
    });
  });
});

describe('what is no key file', () => {
  const unusable = (path: string, problem: string) => ({ kind: 'unusable', path, problem });

  test('is not there', async () => {
    expect(await readKeyFile(join(folder, 'nowhere'), nobody)).toBeNull();
    expect(await readKeyFile(join(fileOf(''), 'below a file'), nobody)).toBeNull();
  });

  test('says what it is, by the name that the user gave it', async () => {
    const read = (path: string) => readKeyFile(path, nobody, '~/x');
    mkdirSync(join(folder, 'a folder'));
    expect(await read(join(folder, 'a folder'))).toEqual(unusable('~/x', 'is a folder, not a key file'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await read(join(folder, 'pipe'))).toEqual(unusable('~/x', 'is no key file'));
    expect(await read(fileOf('words'))).toEqual(unusable('~/x', 'contains no key that this app can read'));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    expect(await read(join(folder, 'loop'))).toEqual(unusable('~/x', 'cannot be read (ELOOP)'));
    const putty = await read(fileOf(madeKey('putty 3-ed25519')));
    expect(putty).toMatchObject({ problem: expect.stringContaining('puttygen ~/x ') as string });
    const path = fileOf('words');
    expect(await readKeyFile(path, nobody)).toMatchObject({ path });
  });

  test('is larger than 64 KB', async () => {
    expect(await keyFileText(fileOf('x'.repeat(65_536)))).toBe('x'.repeat(65_536));
    expect(await keyFileText(fileOf('x'.repeat(65_537)))).toEqual({ problem: 'is no key file' });
  });

  test('begins as UTF-16 does by one byte alone', async () => {
    expect(await keyFileText(fileOf(Buffer.of(0xff, 0x41)))).toBe('\ufffdA');
    expect(await keyFileText(fileOf(Buffer.of(0x41, 0xfe)))).toBe('A\ufffd');
    expect(await keyFileText(fileOf(Buffer.of(0xff, 0xfe, 0x41, 0)))).toBe('A');
  });
});
