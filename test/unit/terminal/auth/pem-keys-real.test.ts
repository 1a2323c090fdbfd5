import { execFileSync } from 'node:child_process';
import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  derBody,
  derElements,
  derOf,
  derSequence,
  derTags,
  type DerElement,
} from '../../../../main/terminal/process/auth/der.ts';
import { readKeyText } from '../../../../main/terminal/process/auth/key-text.ts';
import { derOfPem } from '../../../../main/terminal/process/auth/pem-key.ts';
import { resolveRuntime } from '../../../../scripts/lib/runtime.mjs';
import { bundleForNode, type Bundle } from '../../../support/bundle.ts';

// OpenSSL of Node and BoringSSL of Electron know other hashes and curves: what is read has to be the same in both.
const folder = mkdtempSync(join(tmpdir(), 'pem-keys-'));
const passphrase = 'open sesame ü';
const pass = ['-passout', `pass:${passphrase}`];
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

function openssl(...args: readonly string[]): string {
  const path = join(folder, `k${(count += 1)}`);
  execFileSync('openssl', [...args, '-out', path], { stdio: 'pipe' });
  return path;
}
const made = (algorithm: string, ...options: readonly string[]): string =>
  openssl('genpkey', '-algorithm', algorithm, ...options.flatMap((option) => ['-pkeyopt', option]));
const ed25519 = (): string => made('ed25519');
const rsa = (): string => made('RSA', 'rsa_keygen_bits:2048');
const curve = (name: string, ...more: readonly string[]): string =>
  openssl('ecparam', '-genkey', '-noout', '-name', name, ...more);
const dsa = (): string => {
  const parameters = openssl(
    'genpkey',
    '-genparam',
    '-algorithm',
    'DSA',
    '-pkeyopt',
    'dsa_paramgen_bits:1024',
  );
  return openssl('genpkey', '-paramfile', parameters);
};
const pkcs8 = (path: string, ...method: readonly string[]): string =>
  openssl('pkcs8', '-topk8', '-in', path, ...method, ...pass);
const pem = (path: string, cipher: string, ...more: readonly string[]): string =>
  openssl('pkey', '-traditional', '-in', path, `-${cipher}`, ...pass, ...more);
const ec = (path: string, ...more: readonly string[]): string => openssl('ec', '-in', path, ...pass, ...more);
const plain = (path: string): string => openssl('pkcs8', '-topk8', '-nocrypt', '-in', path);

/** Version 2 of PKCS #8 has the public half at the end: `[1]` of RFC 5958, or as some libraries write it by mistake. */
function version2(publicHalf: (key: Buffer) => DerElement): Buffer {
  const path = ed25519();
  const [, algorithm, key] = derSequence(derElements(derOfPem(readFileSync(path, 'utf8'))), 0);
  const bits = Buffer.concat([
    Buffer.of(0),
    execFileSync('openssl', ['pkey', '-in', path, '-pubout', '-outform', 'DER']).subarray(-32),
  ]);
  if (algorithm === undefined || key === undefined) throw new Error('no PKCS #8');
  const version = { tag: derTags.integer, body: Buffer.of(1) };
  return derOf([{ tag: derTags.sequence, body: derOf([version, algorithm, key, publicHalf(bits)]) }]);
}
const appended = (body: Buffer): DerElement => ({ tag: 0x81, body });
const nested = (bits: Buffer): DerElement => ({ tag: 0xa1, body: derOf([{ tag: 0x03, body: bits }]) });

function pemFile(name: string, der: Buffer): string {
  const path = join(folder, `k${(count += 1)}`);
  writeFileSync(path, `-----BEGIN ${name}-----\n${der.toString('base64')}\n-----END ${name}-----\n`);
  return path;
}

/** Encrypts with the parameters of a file of OpenSSL, which cannot read what is encrypted here. */
function encrypted(der: Buffer): string {
  const file = pkcs8(ed25519(), '-v2', 'aes256');
  const [method, data] = derSequence(derElements(derOfPem(readFileSync(file, 'utf8'))), 0);
  if (method === undefined || data === undefined) throw new Error('no PKCS #8');
  const methods = derSequence(derElements(method.body), 1);
  const parameters = derSequence(derSequence(methods, 0), 1);
  const salt = derBody(parameters, 0, derTags.octets);
  const rounds = derBody(parameters, 1, derTags.integer);
  const key = pbkdf2Sync(passphrase, salt, rounds.readUIntBE(0, rounds.length), 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, derBody(derSequence(methods, 1), 1, derTags.octets));
  const body = Buffer.concat([cipher.update(der), cipher.final()]);
  return pemFile(
    'ENCRYPTED PRIVATE KEY',
    derOf([{ tag: derTags.sequence, body: derOf([method, { ...data, body }]) }]),
  );
}

const wrong = 'wrong-passphrase';
const noKind = (kind: string): string =>
  `contains a key of a kind (${kind}) that this app cannot sign in with`;
const otherMethod =
  'is encrypted with a method of PKCS #8, which this app cannot read. Encrypt it again: ssh-keygen -p -f F';
const files: readonly (readonly [
  string,
  () => string,
  { readonly wrong?: string; readonly right: string },
])[] = [
  ...['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512'].map(
    (prf) =>
      [
        `PKCS#8, ${prf}`,
        () => pkcs8(ed25519(), '-v2', 'aes256', '-v2prf', prf),
        { wrong, right: 'open ssh-ed25519' },
      ] as const,
  ),
  ['PKCS#8 version 2', () => pemFile('PRIVATE KEY', version2(appended)), { right: 'open ssh-ed25519' }],
  ['PKCS#8 version 2, nested', () => pemFile('PRIVATE KEY', version2(nested)), { right: 'open ssh-ed25519' }],
  ['PKCS#8 version 2, AES-256', () => encrypted(version2(appended)), { wrong, right: 'open ssh-ed25519' }],
  [
    'PKCS#8, AES-128, SHA-512',
    () => pkcs8(rsa(), '-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA512'),
    { wrong, right: 'open ssh-rsa' },
  ],
  [
    'PKCS#8, AES-192',
    () => pkcs8(curve('secp521r1'), '-v2', 'aes-192-cbc'),
    { wrong, right: 'open ecdsa-sha2-nistp521' },
  ],
  ['PKCS#8, 3DES', () => pkcs8(rsa(), '-v2', 'des3', '-iter', '5'), { wrong, right: 'open ssh-rsa' }],
  ['PKCS#8, scrypt', () => pkcs8(ed25519(), '-scrypt'), { right: otherMethod }],
  ['PKCS#8, Camellia', () => pkcs8(rsa(), '-v2', 'camellia256'), { right: otherMethod }],
  ['PKCS#8, PKCS#5 1.5', () => pkcs8(rsa(), '-v1', 'PBE-SHA1-3DES'), { right: otherMethod }],
  ...['secp256k1', 'brainpoolP256r1', 'secp224r1', 'sect283k1'].flatMap((name) => {
    const right = noKind({ secp224r1: 'P-224', sect283k1: '1.3.132.0.16' }[name] ?? name);
    return [
      [`PKCS#8 of ${name}`, () => pkcs8(curve(name), '-v2', 'aes256'), { wrong, right }],
      [`PEM of ${name}`, () => ec(curve(name), '-aes128'), { wrong, right }],
      [`plain ${name}`, () => curve(name), { right }],
    ] as const;
  }),
  ...(
    [
      ['ed448', () => made('ed448'), 'ed448'],
      ['X25519', () => made('X25519'), 'x25519'],
      ['RSA-PSS', () => made('RSA-PSS', 'rsa_keygen_bits:2048'), 'RSA-PSS'],
      [
        'RSA of three primes',
        () => made('RSA', 'rsa_keygen_bits:2048', 'rsa_keygen_primes:3'),
        'RSA of more than two primes',
      ],
      ['DSA', dsa, 'DSA'],
    ] as const
  ).flatMap(
    ([name, make, kind]) =>
      [
        [`PKCS#8 of ${name}`, () => pkcs8(make(), '-v2', 'aes256'), { wrong, right: noKind(kind) }],
        [`plain ${name}`, () => plain(make()), { right: noKind(kind) }],
      ] as const,
  ),
  ...['aes128', 'aes192', 'aes256', 'des3'].map(
    (cipher) => [`PEM RSA, ${cipher}`, () => pem(rsa(), cipher), { wrong, right: 'open ssh-rsa' }] as const,
  ),
  [
    'PEM RSA, Camellia',
    () => pem(rsa(), 'camellia256'),
    {
      right:
        'is encrypted with CAMELLIA-256-CBC, which this app cannot read. Encrypt it again: ssh-keygen -p -f F',
    },
  ],
  ...(
    [
      ['prime256v1', 'open ecdsa-sha2-nistp256'],
      ['secp384r1', 'open ecdsa-sha2-nistp384'],
      ['brainpoolP256r1', noKind('EC with parameters of its own')],
    ] as const
  ).flatMap(([name, right]) => {
    const explicit = ['-param_enc', 'explicit'];
    return [
      [
        `PEM, ${name} by its numbers`,
        () => ec(curve(name, ...explicit), '-aes256', ...explicit),
        { wrong, right },
      ],
      [`PKCS#8, ${name} by its numbers`, () => pkcs8(curve(name, ...explicit)), { wrong, right }],
      [`plain ${name} by its numbers`, () => curve(name, ...explicit), { right }],
    ] as const;
  }),
];

/** The program that is Node with OpenSSL, or Electron with BoringSSL. */
const runtimes: readonly (readonly [string, () => Promise<string>])[] = [
  ['Node', () => Promise.resolve(process.execPath)],
  ['Electron', async () => (await resolveRuntime()).executablePath],
];

describe('what a key in PEM is said to be', () => {
  let reader: Bundle;
  let input: string;
  beforeAll(async () => {
    reader = await bundleForNode(join(import.meta.dirname, 'read-keys.ts'));
    const texts = files.map(([, make]) => readFileSync(make(), 'utf8'));
    input = JSON.stringify({ texts, passphrase });
  });
  afterAll(() => reader.remove());

  test.each(runtimes)('in %s', async (_name, programOf) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const output = execFileSync(await programOf(), [reader.path], { input, env, encoding: 'utf8' });
    const told = (JSON.parse(output) as readonly unknown[]).map((each, index) => [files[index]?.[0], each]);
    expect(told).toEqual(files.map(([name, , expected]) => [name, expected]));
  });
});

test('a wrong passphrase is told as wrong, also where its padding happens to be right', () => {
  const found = readKeyText(readFileSync(pem(rsa(), 'aes256'), 'utf8'));
  if (found.kind !== 'locked') throw new Error(found.kind);
  for (let index = 0; index < 2000; index += 1)
    expect(found.unlock(`wrong ${index}`)).toBe('wrong-passphrase');
});

test('a file whose encrypted part is cut is damaged, and asks for no passphrase', () => {
  for (const path of [pem(rsa(), 'aes256'), pkcs8(ed25519(), '-v2', 'aes256')]) {
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    const cut = [...lines.slice(0, -2), lines.at(-2)?.slice(0, 12), lines.at(-1)].join('\n');
    const found = readKeyText(cut);
    expect(found.kind === 'unusable' ? found.problem('F') : found.kind).toMatch(/^is damaged/);
  }
});
