import { describe, expect, it } from 'vitest';
import { looksPrivate, privateKeyRefusal } from '../../../../preload/contract/private-key.ts';

describe('a private key', () => {
  it.each([
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----',
    'some words\n  -----begin openssh private key-----',
    'b3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----',
    // What a paste lost, and what an editor made of the dashes.
    '-----BEGIN RSA PRIVATE KEY',
    'BEGIN RSA PRIVATE KEY-----',
    '--BEGIN PRIVATE-KEY',
    '-----  BEGIN \t RSA \t ENCRYPTED \t PRIVATE \t KEY',
    'BEGIN \t RSA \t ENCRYPTED \t PRIVATE \t KEY \t --',
    '--BEGIN ONE TWO THREE PRIVATE KEY',
    'BEGIN ONE TWO THREE PRIVATEKEY--',
    '—–BEGIN OPENSSH PRIVATE KEY—–',
    '‐‐END EC PRIVATE KEY',
    'PuTTY-User-Key-File-2: ssh-rsa',
    'putty-user-key-file-3: ssh-ed25519',
  ])('is seen in %j', (text) => {
    expect(looksPrivate(text)).toBe(true);
  });

  it.each([
    '',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh my private key',
    'BEGIN PRIVATE KEY',
    '-BEGIN PRIVATE KEY-',
    '-----BEGIN PUBLIC KEY-----',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN ONE OF MY MANY PRIVATE KEYS',
    'BEGIN ONE OF MY MANY PRIVATE KEY-----',
    'BEGIN PRIVATE-KEY-----',
    '--BEGINPRIVATE KEY',
    '-----START PRIVATE KEY',
    'PuTTY-User-Key-File',
  ])('is not seen in %j', (text) => {
    expect(looksPrivate(text)).toBe(false);
  });
});

describe('the refusal of a private key', () => {
  const refused = 'This is a private key. It was not kept and must stay on this computer.';
  const beside = (file: string): string =>
    `${refused} Use the file beside it that ends in .pub, such as ~/.ssh/${file}.`;
  /** OpenSSH's own format, which has the type of the key behind its header; in lines as ssh-keygen writes them. */
  const openSsh = (type: string): string => {
    const head = `openssh-key-v1\0\0\0\0\u0004none\0\0\0\u0004none\0\0\0\0\0\0\0\u0001\0\0\0\u0033\0\0\0\u000b${type}\0\0\0\u0020`;
    const base64 = Buffer.from(head, 'latin1')
      .toString('base64')
      .replace(/(.{20})/g, '$1\n');
    return `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64}\n-----END OPENSSH PRIVATE KEY-----\n`;
  };

  it.each([
    ['ed25519', openSsh('ssh-ed25519'), 'id_ed25519.pub'],
    ['RSA', openSsh('ssh-rsa'), 'id_rsa.pub'],
    ['ECDSA', openSsh('ecdsa-sha2-nistp256'), 'id_ecdsa.pub'],
    ['RSA in PEM', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', 'id_rsa.pub'],
    ['ECDSA in PEM', '-----begin ec private key-----\nMHcC', 'id_ecdsa.pub'],
    ['no type that is named', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE', 'id_ed25519.pub'],
    ['nothing but a heading', '-----BEGIN OPENSSH PRIVATE KEY-----', 'id_ed25519.pub'],
    ['a body that is no base64', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA/A=A', 'id_ed25519.pub'],
    // Of 75 to 78 characters behind the heading, as a paste may end anywhere: three of four are no whole bytes.
    ...[75, 76, 77, 78].map((length) => [
      `RSA that was cut behind ${length} characters`,
      openSsh('ssh-rsa')
        .replaceAll('\n', '')
        .slice(0, '-----BEGIN OPENSSH PRIVATE KEY-----'.length + length),
      'id_rsa.pub',
    ]),
  ])('names the usual file of a key of %s', (_what, text, file) => {
    expect(privateKeyRefusal(text)).toBe(beside(file));
  });

  it('sends the user of PuTTY to PuTTYgen', () => {
    expect(privateKeyRefusal('PuTTY-User-Key-File-3: ssh-ed25519\n')).toBe(
      `${refused} Open its file in PuTTYgen, and take the public key for OpenSSH that is shown there.`,
    );
  });
});
