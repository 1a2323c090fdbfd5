import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, dollarsCell } from '../../../../renderer/export/csv.ts';

/** Reads CSV as RFC 4180 has it. */
const read = (text: string): readonly (readonly string[])[] =>
  parse(text, { relaxColumnCount: false, recordDelimiter: '\r\n' });

/** What begins a formula. A plain number begins like one and is none. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@]/u;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

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
    ['=1+1', `"'=1+1"`],
    ['+49 30', `"'+49 30"`],
    ['-1+cmd', `"'-1+cmd"`],
    ['-rm', `"'-rm"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t'=1"`],
    ['\r=1', `"'\r'=1"`],
    [' =1', `"' =1"`],
    ['＝1+1', `"'＝1+1"`],
    ['\u001f=1', `"'\u001f=1"`],
    ['\u200b=1', `"'\u200b=1"`],
    ['a;\u000b=1', `"a;\u000b'=1"`],
    ['-3.87', '"-3.87"'],
    ['+12', '"+12"'],
    ['-3.875', '"-3.875"'],
    ['-1.', `"'-1."`],
    ['-1x5', `"'-1x5"`],
    ['-1.5.2', `"'-1.5.2"`],
    ['a|=1', `"a|'=1"`],
    ['a\r@x', `"a\r'@x"`],
    ['\n=1', `"'\n'=1"`],
    ['a=1', '"a=1"'],
    ['a;b', '"a;b"'],
    ['a\tb', '"a\tb"'],
    ['a;=1+2', `"a;'=1+2"`],
    ['x\t=1+3', `"x\t'=1+3"`],
    ['two\n-rm', `"two\n'-rm"`],
    ['web-1.example:22', '"web-1.example:22"'],
  ])('takes the sting out of %j and spares plain numbers', (text, cell) => {
    expect(csvOf(['h'], [[text]])).toBe(`h\r\n${cell}\r\n`);
  });

  /*
   * Read by LibreOffice 7.4.7 and 25.2 and Gnumeric 1.12, with 108 names of these kinds in each of the app's tables: no formula
   * in any. LibreOffice takes each name for itself, told to format quoted fields as text; else, as Gnumeric always does,
   * it takes those that look like numbers or days for such. Both drop control characters.
   */
  it('has quotes around texts alone, so that a reader can tell the name 007 from a number', () => {
    const names = ['007', '1e5', '2024-01-01', '12:30', 'TRUE', '1/2', '50%', '12345678901234567890'];
    const rows = names.map((name) => [name, 7, true, dollarsCell(350), null]);
    expect(csvOf(['name', 'n', 'is_on', 'usd', 'none'], rows)).toBe(
      ['name,n,is_on,usd,none', ...names.map((name) => `"${name}",7,true,3.50,`), ''].join('\r\n'),
    );
    expect(csvOf(['=a'], [])).toBe(`"'=a"\r\n`);
  });

  it('has quotes around a column’s name too, but for a plain one', () => {
    expect(csvOf(['n', 'ram_gb2', 'Name', '2x', 'a b', 'a-b', ''], [])).toBe(
      'n,ram_gb2,"Name","2x","a b","a-b",""\r\n',
    );
  });

  const cells = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom('=', '+', '-', '@', '1', 'a', ' ', ',', ';', '\t', '\r', '\n', '"', "'"),
      }),
    ),
    { minLength: 2, maxLength: 2 },
  );

  it('is read back as it was, but for apostrophes, whatever is in it', () => {
    const bare = (text: string): string => text.replaceAll("'", '');
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 8 }), (rows) => {
        const [, ...back] = read(csvOf(['a', 'b'], rows));
        expect(back.map((row) => row.map(bare))).toEqual(rows.map((row) => row.map(bare)));
        for (const text of back.flat()) expect(formula.test(text) && !plainNumber.test(text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('begins no formula where a spreadsheet ends cells elsewhere', () => {
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 8 }), (rows) => {
        // The worst case: quotes are not seen, since they do not stand at the beginning of a cell.
        for (const text of csvOf(['a', 'b'], rows).split(/[;\t\r\n]/)) {
          expect(formula.test(text) && !/^[+-]?\d+(\.\d+)?(,|$)/.test(text)).toBe(false);
        }
      }),
      { numRuns: 500 },
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
    expect(dollarsCell(cents)?.toString() ?? null).toBe(text);
  });
});
