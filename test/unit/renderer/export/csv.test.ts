import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, dollarsCell } from '../../../../renderer/export/csv.ts';

/** Reads CSV as RFC 4180 has it. */
function read(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
    if (cell.lastIndex === text.length) break;
  }
  return rows;
}

describe('CSV', () => {
  it('quotes what needs it, ends lines with CRLF, and leaves nothing for null', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x, "y"', null],
          ['two\nlines', 7],
        ],
      ),
    ).toBe('a,b\r\n"x, ""y""",\r\n"two\nlines",7\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-rm', "'-rm"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['-3.87', '-3.87'],
    ['+12', '+12'],
    ['a=1', 'a=1'],
  ])('takes the sting out of %j and spares plain numbers', (text, cell) => {
    expect(csvOf(['h'], [[text]])).toBe(`h\r\n${cell}\r\n`);
  });

  it('is read back as it was, but for the apostrophe, whatever is in it', () => {
    const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 2 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(table, (rows) => {
        const [, ...back] = read(csvOf(['a', 'b'], rows));
        expect(back.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, '')))).toEqual(
          rows.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, ''))),
        );
        for (const text of back.flat())
          expect(/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d/.test(text)).toBe(false);
      }),
    );
  });

  it.each([
    [5240, '52.40'],
    [-387, '-3.87'],
    [-5, '-0.05'],
    [0, '0.00'],
    [123_456_789_012, '1234567890.12'],
    [null, null],
  ])('writes %j cents as %j', (cents, text) => {
    expect(dollarsCell(cents)).toBe(text);
  });
});
