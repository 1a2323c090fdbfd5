import { describe, expect, test } from 'vitest';
import {
  derBody,
  derElements,
  derOf,
  derOid,
  derSequence,
} from '../../../../main/terminal/process/auth/der.ts';
import { WireReader, wireString, wireUint32 } from '../../../../main/terminal/process/auth/wire.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('DER', () => {
  test.each([
    ['02 01 05', [{ tag: 2, body: '05' }]],
    [
      '02 01 05 04 02 ab cd',
      [
        { tag: 2, body: '05' },
        { tag: 4, body: 'abcd' },
      ],
    ],
    ['30 00', [{ tag: 0x30, body: '' }]],
    ['04 81 02 ab cd', [{ tag: 4, body: 'abcd' }]],
    [
      '04 82 00 02 ab cd 02 01 07',
      [
        { tag: 4, body: 'abcd' },
        { tag: 2, body: '07' },
      ],
    ],
    ['', []],
  ])('%s is read', (bytes, elements) => {
    expect(derElements(hex(bytes)).map(({ tag, body }) => ({ tag, body: body.toString('hex') }))).toEqual(
      elements,
    );
  });

  test.each(['02', '02 02 05', '02 01 05 04', '30 80 02 01 05 00 00', '30 80', '04 81', '04 82 01'])(
    '%s, which is cut short or of a length that is not told, is not',
    (bytes) => {
      expect(() => derElements(hex(bytes))).toThrow(RangeError);
    },
  );

  test.each([
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [70_000, '0483011170'],
  ])('what has %i bytes is written with the shortest length, and read again', (length, head) => {
    const written = derOf([{ tag: 4, body: Buffer.alloc(length, 7) }]);
    expect(written.subarray(0, head.length / 2).toString('hex')).toBe(head);
    expect(written).toHaveLength(head.length / 2 + length);
    expect(derElements(written)).toEqual([{ tag: 4, body: Buffer.alloc(length, 7) }]);
  });

  test('elements are written one after the other', () => {
    const elements = [
      { tag: 2, body: hex('05') },
      { tag: 4, body: hex('') },
    ];
    expect(derOf(elements).toString('hex')).toBe('0201050400');
  });

  test('a place that holds something else, or nothing, is told', () => {
    const elements = derElements(hex('02 01 05 30 02 02 00'));
    expect(derBody(elements, 0, 2)).toEqual(hex('05'));
    expect(derSequence(elements, 1)).toEqual([{ tag: 2, body: hex('') }]);
    expect(() => derBody(elements, 0, 4)).toThrow('Not DER with the tag 4 at 0');
    expect(() => derBody(elements, 2, 2)).toThrow('Not DER with the tag 2 at 2');
    expect(() => derSequence(elements, 0)).toThrow(RangeError);
  });

  test.each([
    ['06 09 2a 86 48 86 f7 0d 01 01 01', '1.2.840.113549.1.1.1'],
    ['06 03 55 1d 0f', '2.5.29.15'],
    ['06 02 88 37', '2.999'],
    ['06 0a 09 92 26 89 93 f2 2c 64 01 01', '0.9.2342.19200300.100.1.1'],
    ['06 01 50', '2.0'],
    ['06 01 4f', '1.39'],
    ['06 03 2b 65 70', '1.3.101.112'],
  ])('the identifier %s is %s', (bytes, oid) => {
    expect(derOid(derElements(hex(bytes)), 0)).toBe(oid);
  });
});

describe('the wire format of SSH', () => {
  test('is written with the length in front, in bytes and not in letters', () => {
    expect(wireString('ü').toString('hex')).toBe('00000002c3bc');
    expect(wireString(hex('00ff')).toString('hex')).toBe('0000000200ff');
    expect(wireUint32(0xfffffffe).toString('hex')).toBe('fffffffe');
  });

  test('is read field by field to its end', () => {
    const reader = new WireReader(hex('07 00000102 00000002 abcd 01 02 03'));
    expect(reader.byte()).toBe(7);
    expect(reader.uint32()).toBe(258);
    expect(reader.string()).toEqual(hex('abcd'));
    expect(reader.isAtEnd).toBe(false);
    expect(reader.rest()).toEqual(hex('010203'));
    expect(reader.isAtEnd).toBe(true);
    expect(reader.rest()).toHaveLength(0);
  });

  test('a field that ends with the bytes is whole, one that goes on is told', () => {
    expect(new WireReader(hex('00000002 abcd')).string()).toEqual(hex('abcd'));
    expect(() => new WireReader(hex('00000003 abcd')).string()).toThrow('The field ends beyond the data');
    expect(() => new WireReader(hex('000000')).string()).toThrow(RangeError);
    expect(() => new WireReader(hex('')).byte()).toThrow(RangeError);
  });
});
