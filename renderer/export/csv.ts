/** A number that is written with the digits it has: "3.50". JSON has it as a text. */
export class Decimal {
  readonly #digits: string;

  constructor(digits: string) {
    this.#digits = digits;
  }

  toString(): string {
    return this.#digits;
  }

  toJSON(): string {
    return this.#digits;
  }
}

/** A value of a cell; null is an empty one. */
export type CsvValue = string | number | boolean | Decimal | null;

const plainNumber = /^[+-]?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"), also as wide characters. */
const formulaStart = /^[\t\r\n]|^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
/** The same inside a text, behind what a spreadsheet can be told to end a cell with. */
const innerFormulaStart = /([;\t\r\n|][\s\p{Cc}\p{Cf}]*)(?=[=+\-@＝＋－＠])/gu;
/** A column's name that can stand without quotes whatever separates the cells. */
const plainHeader = /^[a-z][a-z0-9_]*$/;

/**
 * Rows as comma-separated values (RFC 4180), with a header. Texts stand in quotes and numbers do not, so that a reader that
 * is told to take what is quoted as text (LibreOffice: "Format quoted field as text") keeps an instance called 007. A text
 * that a spreadsheet would run as a formula gets an apostrophe in front, also where its comma is a semicolon or a tab: names
 * of instances and descriptions are somebody else's text.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const head = header.map((name) => (plainHeader.test(name) ? name : cellOf(name)));
  return [head, ...rows.map((row) => row.map(cellOf))].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cellOf(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = plainNumber.test(value)
    ? value
    : value.replace(formulaStart, "'$&").replaceAll(innerFormulaStart, "$1'");
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Whole cents as dollars for a cell: -387 → -3.87, without separators; null where there are none. */
export function dollarsCell(cents: number | null): Decimal | null {
  if (cents === null) return null;
  const size = Math.abs(cents);
  const fraction = String(size % 100).padStart(2, '0');
  return new Decimal(`${cents < 0 ? '-' : ''}${Math.trunc(size / 100)}.${fraction}`);
}
