/** A value of a cell; null is an empty one. */
export type CsvValue = string | number | boolean | null;

const plainNumber = /^[+-]?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"), also as wide characters. */
const formulaStart = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/u;
/** The same inside a text, behind what a spreadsheet can be told to end a cell with. */
const innerFormulaStart = /([;\t\r\n|]\s*)(?=[=+\-@＝＋－＠])/gu;
/** What can stand without quotes whatever separates the cells. */
const plainText = /^[\p{L}\p{N}][\p{L}\p{N}_.:-]*$/u;

/**
 * Rows as comma-separated values (RFC 4180), with a header. A text that a spreadsheet would run as a formula gets an
 * apostrophe in front, also where its comma is a semicolon or a tab: names of servers and descriptions are somebody
 * else's text. A plain number stays as it is.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: CsvValue): string {
  if (value === null) return '';
  const text = String(value);
  if (plainNumber.test(text) || plainText.test(text)) return text;
  const safe = text.replace(formulaStart, "'$&").replaceAll(innerFormulaStart, "$1'");
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Whole cents as dollars for a cell: -387 → "-3.87", without separators; null where there are none. */
export function dollarsCell(cents: number | null): string | null {
  if (cents === null) return null;
  const size = Math.abs(cents);
  const fraction = String(size % 100).padStart(2, '0');
  return `${cents < 0 ? '-' : ''}${Math.trunc(size / 100)}.${fraction}`;
}
