import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import {
  offeredKey,
  offeredKeyOfLine,
  plainTypeOf,
  signingAlgorithm,
  ssh2Key,
} from '../../../../main/terminal/process/auth/offered-key.ts';
import { lineOfSsh2PublicKey } from '../../../../main/terminal/process/auth/ssh2-public-key.ts';
import { wireString } from '../../../../main/terminal/process/auth/wire.ts';
import { blobOf, fingerprints, madeKey } from './made-keys.ts';

const wire = (...fields: readonly (string | Buffer)[]): Buffer => Buffer.concat(fields.map(wireString));

describe('a public key in wire format', () => {
  test.each([
    ['ssh-ed25519', 1],
    ['ssh-rsa', 2],
    ['ecdsa-sha2-nistp256', 2],
    ['ecdsa-sha2-nistp384', 2],
    ['ecdsa-sha2-nistp521', 2],
    ['sk-ssh-ed25519@openssh.com', 2],
    ['sk-ecdsa-sha2-nistp256@openssh.com', 3],
  ])('%s has %i fields, no less and no more', (type, count) => {
    const fields = Array.from({ length: count }, (_, index) => `field ${index}`);
    const blob = wire(type, ...fields);
    expect(offeredKey(blob, 'me')).toMatchObject({ type, blob, plainBlob: blob, comment: 'me' });
    expect(offeredKey(wire(type, ...fields.slice(1)), '')).toBeNull();
    expect(offeredKey(wire(type, ...fields, 'more'), '')).toBeNull();
  });

  test.each(['ssh-dss', 'ssh-ed448', '', 'constructor'])('a key of the type "%s" is not offered', (type) => {
    expect(offeredKey(wire(type, 'a', 'b', 'c', 'd'), '')).toBeNull();
  });

  test.each([
    ['ed25519', 'ssh-ed25519'],
    ['rsa', 'ssh-rsa'],
    ['ecdsa-521', 'ecdsa-sha2-nistp521'],
  ] as const)('a certificate of %s is that of its plain key', (name, plainType) => {
    const certificate = offeredKey(blobOf(madeKey(`openssh ${name}-cert.pub`)), '');
    expect(certificate).toMatchObject({
      type: `${plainType}-cert-v01@openssh.com`,
      blob: blobOf(madeKey(`openssh ${name}-cert.pub`)),
      plainBlob: blobOf(madeKey(`openssh ${name}.pub`)),
      fingerprint: fingerprints[name],
    });
  });

  test.each([
    ['ssh-rsa', 'ssh-rsa'],
    ['ssh-rsa-cert-v01@openssh.com', 'ssh-rsa'],
    ['sk-ssh-ed25519-cert-v01@openssh.com', 'sk-ssh-ed25519@openssh.com'],
    ['sk-ssh-ed25519@openssh.com', 'sk-ssh-ed25519@openssh.com'],
  ])('the plain type of %s is %s', (type, plain) => {
    expect(plainTypeOf(type)).toBe(plain);
  });
});

describe('the line of a public key', () => {
  const [type = '', base64 = ''] = madeKey('openssh ed25519.pub').split(' ');

  test.each([
    [`${type} ${base64} jane at home`, 'jane at home'],
    [`  ${type}\t${base64}\n`, ''],
    [`${type} \t ${base64} \t a  b `, 'a  b'],
  ])('%j has the comment "%s"', (line, comment) => {
    expect(offeredKeyOfLine(line)).toMatchObject({ fingerprint: fingerprints.ed25519, comment });
  });

  test.each([
    `ssh-rsa ${base64}`,
    `${type} ${base64.slice(0, -8)}`,
    `${type} ?${base64}`,
    `no-pty ${type} ${base64}`,
    `${type}${base64}`,
    type,
    '',
  ])('%j is none', (line) => {
    expect(offeredKeyOfLine(line)).toBeNull();
  });
});

describe('what signs for a key', () => {
  test.each([
    ['ssh-ed25519', null, { name: 'ssh-ed25519', hash: undefined }],
    ['ecdsa-sha2-nistp256', ['rsa-sha2-256'], { name: 'ecdsa-sha2-nistp256', hash: undefined }],
    ['ssh-ed25519-cert-v01@openssh.com', null, { name: 'ssh-ed25519-cert-v01@openssh.com', hash: undefined }],
    ['ssh-rsa', null, { name: 'rsa-sha2-512', hash: 'sha512' }],
    ['ssh-rsa', ['rsa-sha2-256', 'rsa-sha2-512'], { name: 'rsa-sha2-512', hash: 'sha512' }],
    ['ssh-rsa', ['ssh-rsa', 'rsa-sha2-256'], { name: 'rsa-sha2-256', hash: 'sha256' }],
    ['ssh-rsa', ['ssh-rsa'], null],
    ['ssh-rsa', [], null],
    [
      'ssh-rsa-cert-v01@openssh.com',
      ['rsa-sha2-256'],
      { name: 'rsa-sha2-256-cert-v01@openssh.com', hash: 'sha256' },
    ],
  ])('%s, where the server takes %j: %j', (type, takes, algorithm) => {
    expect(signingAlgorithm(type, takes)).toEqual(algorithm);
  });

  test('ssh2 takes it for a key that it has parsed, by the name and the bytes that are given', () => {
    const blob = Buffer.from('bytes');
    const key = ssh2Key('of a kind of its own', blob);
    expect([key.type, key.getPublicSSH()]).toEqual(['of a kind of its own', blob]);
    expect(ssh2.utils.parseKey(key)).toBe(key);
  });
});

describe('a public key as RFC 4716 has it', () => {
  const [, base64 = ''] = madeKey('openssh ed25519.pub').split(' ');
  const wrapped = `${base64.slice(0, 40)}\n${base64.slice(40)}`;
  const file = (...lines: readonly string[]): string =>
    ['---- BEGIN SSH2 PUBLIC KEY ----', ...lines, '---- END SSH2 PUBLIC KEY ----', ''].join('\n');

  test.each([
    [file(wrapped), ''],
    [file('Comment: jane at home', wrapped), ' jane at home'],
    [file('Comment: "jane at home"', wrapped), ' jane at home'],
    [file('Subject: me', 'COMMENT:x', wrapped), ' x'],
    [file('Comment: "a line that \\', 'goes on: here"', wrapped), ' a line that goes on: here'],
    [file('Comment: x', wrapped).replaceAll('\n', '\r\n'), ' x'],
    [file('Comment: a \\', 'b', wrapped).replaceAll('\n', '\r\n'), ' a b'],
    [`before it\n${file(wrapped)}after it`, ''],
  ])('%j', (text, comment) => {
    expect(lineOfSsh2PublicKey(text)).toBe(`ssh-ed25519 ${base64}${comment}`);
  });

  test.each([
    '',
    wrapped,
    file(),
    file(wrapped).replace('---- END', 'END'),
    file(wrapped).replace('---- BEGIN', ' ---- BEGIN'),
  ])('not %j', (text) => {
    expect(lineOfSsh2PublicKey(text)).toBeNull();
  });
});
