import { describe, expect, test } from 'vitest';
import { Greeting } from '../../../main/terminal/process/greeting.ts';

function heard(...chunks: readonly (string | Buffer)[]): Greeting {
  const greeting = new Greeting();
  for (const chunk of chunks) greeting.add(Buffer.from(chunk as string));
  return greeting;
}
const list = (names: string): Buffer => {
  const bytes = Buffer.alloc(4 + names.length);
  bytes.writeUInt32BE(names.length);
  bytes.write(names, 4, 'latin1');
  return bytes;
};
/** The first packet of a key exchange with these lists, as RFC 4253 has it. */
const offered = (...lists: readonly string[]): Buffer =>
  Buffer.concat([Buffer.of(0, 0, 0, 99, 4, 20), Buffer.alloc(16, 7), ...lists.map(list)]);

describe('how a server begins', () => {
  test.each([
    ['SSH-2.0-OpenSSH_9\r\n', true, '2.0'],
    ['Hello\r\nSSH-1.99-x\r\n', true, '1.99'],
    ['SSH-1.5-Cisco', true, '1.5'],
    ['SSH-10.25-x', true, '10.25'],
    ['SSH-x', true, null],
    ['SSH-2.0', true, null],
    ['XSSH-2.0-x', false, null],
    ['220 mail', false, null],
    ['', false, null],
  ])('%j: SSH %s, version %s', (text, isSsh, version) => {
    const greeting = heard(text);
    expect([greeting.isSsh, greeting.protocolVersion]).toEqual([isSsh, version]);
  });

  test('is read however it falls into pieces, copied, and forgotten once encryption begins', () => {
    const greeting = new Greeting();
    const chunk = Buffer.from('SSH-');
    greeting.add(chunk);
    chunk.fill(0);
    greeting.add(Buffer.from('2.0-x\r\n'));
    expect(greeting.protocolVersion).toBe('2.0');
    greeting.close();
    greeting.add(Buffer.from('SSH-2.0-x\r\n'));
    expect([greeting.isSsh, greeting.words(), greeting.offer()]).toEqual([false, '', null]);
  });

  test('is looked for in the first 4 KB alone', () => {
    expect(heard(`${'x\n'.repeat(2046)}SSH-2.0-x`).isSsh).toBe(true);
    expect(heard(`${'x\n'.repeat(2047)}SSH-2.0-x`).isSsh).toBe(false);
  });
});

describe('what a server says in place of a version', () => {
  test.each([
    ['Not allowed at this time\r\n', 'Not allowed at this time'],
    ['two\r\nlines\r\n', 'two lines'],
    ['  \u001b[2Ja red word of warning\u202e \r\n', 'a red word of warning'],
    ['🚫🚫🚫 no', '🚫🚫🚫 no'],
    ['größer: 漢字, 1 €', 'größer: 漢字, 1 €'],
    ['SSH-2.0-x\r\n', ''],
    ['first\r\nSSH-2.0-x\r\n', ''],
    ['', ''],
    [Buffer.alloc(50, 0xff), ''],
    [Buffer.alloc(50, 1), ''],
    // Nine letters in ten have to be readable.
    [Buffer.concat([Buffer.alloc(1, 1), Buffer.alloc(9, 'a')]), 'aaaaaaaaa'],
    [Buffer.concat([Buffer.alloc(2, 1), Buffer.alloc(9, 'a')]), ''],
    ['x'.repeat(501), ''],
    [`short\n${'x'.repeat(600)}`, `short ${'x'.repeat(293)}…`],
    [`${'x '.repeat(250)}\r\nmore`, `${'x '.repeat(149)}x…`],
  ])('%j: "%s"', (text, words) => {
    expect(heard(text).words()).toBe(words);
  });
});

describe('what a server offers', () => {
  const version = 'SSH-2.0-x\r\n';

  test('is read by its lists: exchange, host key, cipher and MAC, those towards it', () => {
    const packet = offered('k1,k2', 'h', 'c1,c2', 'other', '', 'more');
    const offer = { kex: ['k1', 'k2'], hostKey: ['h'], cipher: ['c1', 'c2'], mac: [] };
    expect(heard(`a line\n${version}`, packet).offer()).toEqual(offer);
    const bytes = Buffer.concat([Buffer.from(version), packet]);
    expect(heard(...Array.from(bytes, (byte) => Buffer.of(byte))).offer()).toEqual(offer);
  });

  test('is harmless when it is shown', () => {
    const { kex, mac } =
      heard(version, offered(`a\u001b[2J,${'x'.repeat(101)}`, '', '', '', 'm')).offer() ?? {};
    expect(kex).toEqual(['a', `${'x'.repeat(99)}…`]);
    expect(mac).toEqual(['m']);
  });

  test.each([
    ['without a version', [offered('k', 'h', 'c', 'c', 'm')]],
    ['of a version that has no end yet', ['SSH-2.0-x', offered('k', 'h', 'c', 'c', 'm')]],
    ['of another packet', [version, offered('k', 'h', 'c', 'c', 'm').fill(21, 5, 6)]],
    ['cut short', [version, offered('k', 'h', 'c', 'c', 'm').subarray(0, -1)]],
    ['cut short in a length', [version, offered('k', 'h', 'c', 'c').subarray(0, -3)]],
    ['that has just begun', [version, Buffer.of(0, 0, 0, 99, 4)]],
    ['that is not there', [version]],
  ])('is none where it is %s', (_name, chunks) => {
    expect(heard(...chunks).offer()).toBeNull();
  });
});
