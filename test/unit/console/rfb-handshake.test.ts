import { describe, expect, it } from 'vitest';
import { RfbHandshake, type HandshakeStep } from '../../../main/console/rfb-handshake.ts';
import { vncAuthResponse } from '../../../main/console/vnc-auth.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const version = (minor: number): Buffer => Buffer.from(`RFB 003.00${minor}\n`);
const bytes = (...parts: readonly (Buffer | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
const done = [0, 0, 0, 0];
const challenge = hex('000102030405060708090a0b0c0d0e0f');

/** What the server says in one go. */
function after(said: Buffer, password: string | null = 'secret'): HandshakeStep {
  return new RfbHandshake(password).take(said);
}

/** The same, a byte at a time: what is answered in all, and the last step. */
function slowly(said: Buffer, password: string | null = 'secret'): { replies: Buffer; last: HandshakeStep } {
  const handshake = new RfbHandshake(password);
  const replies: Uint8Array[] = [];
  let last: HandshakeStep = { kind: 'going-on', reply: Buffer.alloc(0) };
  for (const byte of said) {
    last = handshake.take(Buffer.from([byte]));
    if (last.kind !== 'failed') replies.push(last.reply);
  }
  return { replies: Buffer.concat(replies), last };
}

describe('the answer to a VNC challenge', () => {
  it('is DES by the published vectors, with the bits of the key turned round', () => {
    // FIPS 81, appendix B, table B1: key 0123456789abcdef, "Now is t" and "he time ".
    const key = hex('0123456789abcdef').map((byte) =>
      Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
    );
    const response = vncAuthResponse(Buffer.from(key).toString('latin1'), Buffer.from('Now is the time '));
    expect(Buffer.from(response).toString('hex')).toBe('3fa40e8a984d48156a271787ab8883f9');
  });

  it('counts eight characters of the password, and fills shorter ones with zeros', () => {
    expect(vncAuthResponse('password', challenge)).toEqual(vncAuthResponse('password-and-more', challenge));
    expect(vncAuthResponse('pass', challenge)).toEqual(vncAuthResponse('pass\0\0\0\0', challenge));
    expect(vncAuthResponse('pass', challenge)).not.toEqual(vncAuthResponse('Pass', challenge));
  });
});

describe('the handshake', () => {
  it.each([
    { minor: 8, offers: [[2, 1, 2]], chosen: [2] },
    { minor: 7, offers: [[2, 1, 2]], chosen: [2] },
    { minor: 3, offers: [[0, 0, 0, 2]], chosen: [] },
  ])('proves the password to a server of 3.$minor', ({ minor, offers, chosen }) => {
    const said = bytes(version(minor), ...offers, challenge, done);
    const expected = bytes(version(minor), chosen, Buffer.from(vncAuthResponse('secret', challenge)));
    const whole = after(bytes(said, Buffer.from('rest')));
    expect(whole).toMatchObject({ kind: 'open', rest: Buffer.from('rest') });
    expect(whole.kind === 'open' && Buffer.from(whole.reply)).toEqual(expected);
    const { replies, last } = slowly(said);
    expect(last.kind).toBe('open');
    expect(replies).toEqual(expected);
  });

  it.each([
    { minor: 8, said: bytes([1, 1], done), chosen: [1] },
    { minor: 7, said: bytes([1, 1]), chosen: [1] },
    { minor: 3, said: bytes([0, 0, 0, 1]), chosen: [] },
  ])('goes in without a proof where 3.$minor asks for none', ({ minor, said, chosen }) => {
    const { replies, last } = slowly(bytes(version(minor), said), null);
    expect(last.kind).toBe('open');
    expect(replies).toEqual(bytes(version(minor), chosen));
  });

  it('takes a newer version for 3.8 and an odd one for 3.3', () => {
    expect(after(Buffer.from('RFB 004.001\n'))).toMatchObject({ reply: version(8) });
    expect(after(Buffer.from('RFB 003.889\n'))).toMatchObject({ reply: version(8) });
    expect(after(Buffer.from('RFB 003.009\n'))).toMatchObject({ reply: version(8) });
    expect(after(Buffer.from('RFB 004.000\n'))).toMatchObject({ reply: version(8) });
    expect(after(Buffer.from('RFB 003.006\n'))).toMatchObject({ reply: version(3) });
    expect(after(Buffer.from('RFB 003.005\n'))).toMatchObject({ reply: version(3) });
  });

  const saying = (words: string): Buffer => {
    const text = Buffer.from(words);
    return bytes([0, 0, text.length >> 8, text.length & 0xff], text);
  };
  const proved = bytes([1, 2], challenge);
  it.each([
    [
      'too-many-attempts',
      bytes(version(8), [0], saying('Too many security failures')),
      'Too many security failures',
    ],
    ['too-many-attempts', bytes(version(3), done, saying('TOO MANY tries')), 'TOO MANY tries'],
    ['too-many-attempts', bytes(version(8), proved, [0, 0, 0, 2], saying('')), null],
    ['too-many-attempts', bytes(version(7), proved, [0, 0, 0, 2]), null],
    ['too-many-attempts', bytes(version(3), [0, 0, 0, 2], challenge, [0, 0, 0, 2]), null],
    [
      'too-many-attempts',
      bytes(version(8), proved, [0, 0, 0, 1], saying('Authentication failed: too many attempts')),
      'Authentication failed: too many attempts',
    ],
    // Each of the four bytes of a result, and of a type in 3.3, counts.
    ['wrong-password', bytes(version(7), proved, [2, 0, 0, 0]), null],
    ['wrong-password', bytes(version(7), proved, [0, 0, 2, 0]), null],
    ['unknown-security', bytes(version(3), [2, 0, 0, 0]), 'type 33554432'],
    ['unknown-security', bytes(version(3), [0, 1, 0, 1]), 'type 65537'],
    ['refused', bytes(version(7), [0], saying('no')), 'no'],
    ['refused', bytes(version(3), done, saying('Go\n away')), 'Go away'],
    ['refused', bytes(version(8), [1, 1], [0, 0, 0, 1], saying('Not you')), 'Not you'],
    ['too-many-attempts', bytes(version(8), proved, [0, 0, 0, 2], saying('Wait')), 'Wait'],
    ['wrong-password', bytes(version(8), proved, [0, 0, 0, 1], saying('')), null],
    ['wrong-password', bytes(version(8), proved, [0, 0, 0, 1], saying('a\u202eb\u001b[2J')), 'a b [2J'],
    ['wrong-password', bytes(version(7), proved, [0, 0, 0, 1]), null],
    ['wrong-password', bytes(version(3), [0, 0, 0, 2], challenge, [0, 0, 0, 1]), null],
    // What TigerVNC 1.15 offers by `-SecurityTypes` RA2, TLSVnc and RA2ne_256.
    ['unknown-security', bytes(version(8), [1, 5]), 'RA2'],
    ['unknown-security', bytes(version(8), [1, 0x13]), 'VeNCrypt'],
    ['unknown-security', bytes(version(8), [1, 0x82]), 'RA2ne_256'],
    ['unknown-security', bytes(version(8), [3, 5, 19, 77]), 'RA2, VeNCrypt, type 77'],
    ['unknown-security', bytes(version(3), [0, 0, 0, 16]), 'Tight'],
    ['unknown-security', bytes(version(3), [0, 0, 1, 2]), 'type 258'],
    ['not-rfb', Buffer.from('HTTP/1.1 400 Bad Request'), null],
    ['not-rfb', Buffer.from('RFB 002.001\n'), null],
    ['not-rfb', Buffer.from('RFB three.8\n'), null],
  ])('ends as %s', (reason, said, words) => {
    expect(after(said)).toEqual({ kind: 'failed', reason, words });
    if (reason !== 'not-rfb') expect(slowly(said).last).toEqual({ kind: 'failed', reason, words });
  });

  // IANA's registry of RFB security types, and rfbproto for those of TigerVNC.
  it.each([
    [5, 'RA2'],
    [6, 'RA2ne'],
    [16, 'Tight'],
    [17, 'Ultra'],
    [18, 'TLS'],
    [19, 'VeNCrypt'],
    [20, 'SASL'],
    [21, 'MD5 hash'],
    [22, 'xvp'],
    [30, 'Apple Remote Desktop'],
    [113, 'MS-Logon II'],
    [129, 'RA2_256'],
    [130, 'RA2ne_256'],
    [200, 'type 200'],
  ])('names what it does not know: %i is %s', (type, name) => {
    const expected = { kind: 'failed', reason: 'unknown-security', words: name };
    expect(after(bytes(version(8), [1, type]))).toEqual(expected);
  });

  it('names eight of those that it does not know, and no more', () => {
    const step = after(bytes(version(8), [9, 61, 62, 63, 64, 65, 66, 67, 68, 69]));
    expect(step).toMatchObject({
      words: 'type 61, type 62, type 63, type 64, type 65, type 66, type 67, type 68',
    });
  });

  it('takes no version that has anything before or after it', () => {
    for (const said of ['RFB 0003.008', 'RFB 003.0089', ' RFB 003.008', 'RFB 003.08\nx', 'RFB 03.0008\n']) {
      expect(after(Buffer.from(said))).toMatchObject({ kind: 'failed', reason: 'not-rfb' });
    }
    // Told from the first bytes: the rest of a version may never come.
    expect(after(Buffer.from('RFC'))).toMatchObject({ reason: 'not-rfb' });
    expect(after(Buffer.from('RFB'))).toMatchObject({ kind: 'going-on' });
  });

  it('waits for the reason, and takes what is there of it where the connection ends', () => {
    const handshake = new RfbHandshake('secret');
    expect(handshake.take(version(8)).kind).toBe('going-on');
    expect(handshake.atEnd()).toBeNull();
    expect(handshake.take(bytes([0], saying('Too many security failures').subarray(0, 12))).kind).toBe(
      'going-on',
    );
    expect(handshake.atEnd()).toEqual({ kind: 'failed', reason: 'too-many-attempts', words: 'Too many' });
    const silent = new RfbHandshake('secret');
    silent.take(bytes(version(8), proved, [0, 0, 0, 1]));
    expect(silent.atEnd()).toEqual({ kind: 'failed', reason: 'wrong-password', words: null });
  });

  it('reads no more of a reason than can be shown', () => {
    const step = after(bytes(version(8), [0], [0x7f, 0xff, 0xff, 0xff], Buffer.alloc(1024, 'a')));
    expect(step).toMatchObject({ kind: 'failed', words: `${'a'.repeat(199)}…` });
  });

  it('takes a last byte of a reason that is as long as can be read for the end of it', () => {
    const handshake = new RfbHandshake(null);
    handshake.take(bytes(version(8), [0], [0, 0, 8, 0], Buffer.alloc(1023, 'a')));
    expect(handshake.atEnd()).toMatchObject({ words: `${'a'.repeat(199)}…` });
    expect(handshake.take(Buffer.from('a')).kind).toBe('failed');
  });

  it('takes words of too many attempts for no more than they are where something else failed', () => {
    expect(after(bytes(version(8), [1, 5]))).toMatchObject({ reason: 'unknown-security' });
    expect(after(bytes(version(8), proved, [0, 0, 0, 1], saying('toomany')))).toMatchObject({
      reason: 'wrong-password',
      words: 'toomany',
    });
  });

  it('says that a password is missing', () => {
    expect(after(bytes(version(8), [1, 2]), null)).toEqual({
      kind: 'failed',
      reason: 'no-password',
      words: null,
    });
    expect(after(bytes(version(8), [2, 2, 1]), null).kind).toBe('going-on');
  });
});
