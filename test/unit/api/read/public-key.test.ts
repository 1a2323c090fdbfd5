import { createECDH } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyLine, readPublicKey } from '../../../../main/api/read/public-key.ts';

// What ssh-keygen says of real keys is in test/unit/keys.

const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';
const line = `ssh-ed25519 ${body}`;
const fingerprint = 'SHA256:CaRASOrJMhmUtHw9D7AJ9Q8GOwpIpElxuwYZIBJ35po';

const field = (bytes: Buffer | string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, Buffer.from(bytes)]);
};
/** A key of this type, with these fields. */
const keyOf = (type: string, ...fields: readonly (Buffer | string)[]): string =>
  `${type} ${Buffer.concat([type, ...fields].map(field)).toString('base64')} me`;
/** A positive number of so many bits, as the wire format has it. */
const number = (bits: number): Buffer => {
  const bytes = Buffer.alloc(Math.floor(bits / 8) + 1);
  const top = (bits - 1) % 8;
  bytes[bits % 8 === 0 ? 1 : 0] = 1 << top;
  return bytes;
};
const exponent = Buffer.of(1, 0, 1);
/** The first point of a curve. */
const pointOf = (curve: string): Buffer => {
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(Buffer.of(1));
  return ecdh.getPublicKey();
};
const p256 = pointOf('prime256v1');
const p384 = pointOf('secp384r1');
const p521 = pointOf('secp521r1');
const bytes32 = Buffer.alloc(32, 7);

describe('a public key', () => {
  it.each([
    ['alone', line, ''],
    ['with a comment', `${line} me@laptop of mine`, 'me@laptop of mine'],
    ['with tabs', `\t${line.replace(' ', ' \t')}\tme  `, 'me'],
    ['behind comment lines', `# old\n  # older\r\n\r\n \n${line} me\r\n`, 'me'],
    ['behind options', `no-pty,command="echo \\"a b\\"" ${line} me`, 'me'],
    ['with a comment that turns text round', `${line} a\u202eb`, 'a b'],
  ])('%s is read', (_, text, comment) => {
    expect(readPublicKey(text)).toEqual({ type: 'ed25519', comment, fingerprint, weakness: null });
  });

  it('has no comment without an end', () => {
    expect(readPublicKey(`${line} ${'x'.repeat(500)}`)?.comment.length).toBeLessThanOrEqual(120);
  });

  it.each([
    [keyOf('sk-ssh-ed25519@openssh.com', bytes32, 'ssh:'), 'ed25519 on a security key'],
    [keyOf('ssh-rsa', exponent, number(2048)), 'RSA 2048'],
    [keyOf('ssh-rsa', exponent, number(3071)), 'RSA 3071'],
    [keyOf('ssh-rsa', exponent, number(4096)), 'RSA 4096'],
    [keyOf('ssh-rsa', exponent, number(2049)), 'RSA 2049'],
    [keyOf('ecdsa-sha2-nistp256', 'nistp256', p256), 'ECDSA P-256'],
    [keyOf('ecdsa-sha2-nistp384', 'nistp384', p384), 'ECDSA P-384'],
    [keyOf('ecdsa-sha2-nistp521', 'nistp521', p521), 'ECDSA P-521'],
    [keyOf('sk-ecdsa-sha2-nistp256@openssh.com', 'nistp256', p256, 'ssh:'), 'ECDSA P-256 on a security key'],
  ])('%s is of the type %s', (text, type) => {
    expect(readPublicKey(text)).toMatchObject({ type, comment: 'me', weakness: null });
  });

  it('of RSA that is too short is marked', () => {
    const weaknessOf = (bits: number) => readPublicKey(keyOf('ssh-rsa', exponent, number(bits)))?.weakness;
    expect(weaknessOf(2047)).toBe('RSA with 2047 bits is too short to be safe. Replace it with ed25519.');
    expect(weaknessOf(1024)).toContain('1024 bits');
    expect(weaknessOf(2048)).toBeNull();
    // OpenSSH reads none that is shorter.
    expect(weaknessOf(1023)).toBeUndefined();
  });

  it('of the old DSA is marked', () => {
    const facts = readPublicKey(keyOf('ssh-dss', number(1024), number(160), number(1024), number(1024)));
    expect(facts).toMatchObject({ type: 'DSA 1024', comment: 'me' });
    expect(facts?.weakness).toBe(
      'DSA is no longer safe, and today’s OpenSSH refuses it. Replace it with ed25519.',
    );
  });
});

describe('what is no public key', () => {
  const blob = Buffer.from(body, 'base64');
  const offCurve = Buffer.from(p256);
  offCurve.writeUInt8(offCurve.readUInt8(64) ^ 1, 64);
  const compressed = Buffer.concat([Buffer.of(2), p256.subarray(1)]);
  const negative = Buffer.alloc(256, 0xff);

  it.each([
    ['nothing', ''],
    ['comments alone', '# a\n\n'],
    ['a type alone', 'ssh-ed25519'],
    ['options alone', 'no-pty'],
    ['two keys', `${line}\n${line}`],
    ['a type that is not known', `ssh-ed448 ${body}`],
    ['the name of a field of all objects', keyOf('constructor', 'Object', p256)],
    ['a certificate', `ssh-ed25519-cert-v01@openssh.com ${body}`],
    ['another type in front', `ssh-rsa ${body}`],
    ['another type inside', keyOf('ssh-ed25519', bytes32).replace('ssh-ed25519', 'ssh-rsa')],
    ['a body that is cut off', `ssh-ed25519 ${body.slice(0, -8)}`],
    ['a body with a character of no base64', `ssh-ed25519 ${body.slice(0, -1)}!`],
    ['a body in base64 for URLs', `ssh-ed25519 ${body.replace('/', '_')}`],
    [
      'a body with bytes behind its fields',
      `ssh-ed25519 ${Buffer.concat([blob, Buffer.of(0)]).toString('base64')}`,
    ],
    ['a field more', keyOf('ssh-ed25519', bytes32, '')],
    ['a short ed25519', keyOf('ssh-ed25519', bytes32.subarray(1))],
    ['no field', keyOf('ssh-ed25519')],
    ['an ed25519 of a security key without its application', keyOf('sk-ssh-ed25519@openssh.com', bytes32)],
    ['a short one of a security key', keyOf('sk-ssh-ed25519@openssh.com', bytes32.subarray(1), 'ssh:')],
    ['RSA without a number', keyOf('ssh-rsa', exponent)],
    ['RSA with three numbers', keyOf('ssh-rsa', exponent, number(2048), number(2048))],
    ['a negative number', keyOf('ssh-rsa', exponent, negative)],
    ['an empty number', keyOf('ssh-rsa', '', number(2048))],
    ['zero', keyOf('ssh-rsa', Buffer.of(0), number(2048))],
    ['a negative exponent', keyOf('ssh-rsa', Buffer.of(0x80), number(2048))],
    ['DSA with three numbers', keyOf('ssh-dss', number(1024), number(160), number(1024))],
    ['DSA with a negative number', keyOf('ssh-dss', number(1024), number(160), number(1024), negative)],
    ['the name of another curve', keyOf('ecdsa-sha2-nistp256', 'nistp384', p256)],
    ['the point of another curve', keyOf('ecdsa-sha2-nistp256', 'nistp256', p384)],
    ['a point off its curve', keyOf('ecdsa-sha2-nistp256', 'nistp256', offCurve)],
    ['half a point', keyOf('ecdsa-sha2-nistp256', 'nistp256', compressed)],
    ['a point that is cut off', keyOf('ecdsa-sha2-nistp256', 'nistp256', p256.subarray(0, 64))],
    ['a curve without a point', keyOf('ecdsa-sha2-nistp256', 'nistp256')],
    ['a point and more', keyOf('ecdsa-sha2-nistp256', 'nistp256', p256, 'ssh:')],
    [
      'a point of a security key without its application',
      keyOf('sk-ecdsa-sha2-nistp256@openssh.com', 'nistp256', p256),
    ],
  ])('%s', (_, text) => {
    expect(readPublicKey(text)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.base64String(), (type, base64) => {
        readPublicKey(`${type} ${base64}`);
        readPublicKey(`ssh-rsa ${base64}`);
        readPublicKey(`ssh-ed25519 ${base64}`);
      }),
    );
  });
});

describe('the line of a public key', () => {
  it.each([
    [line, line],
    [`# old\n\n  ${line}\tme of mine \n`, `${line} me of mine`],
    [`from="10.0.0.0/8",no-pty ${line} me`, `${line} me`],
  ])('is taken out of %j', (text, expected) => expect(publicKeyLine(text)).toBe(expected));

  it('is what there is, where there is none', () => {
    expect(publicKeyLine('  odd  ')).toBe('odd');
    expect(publicKeyLine('# old\n')).toBe('# old');
  });
});
