/** A cell: a text, a figure, or nothing. */
export type CsvCell = string | number | null;

const plainNumber = /^[+-]?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"). */
const formulaStart = /^[=+\-@\t\r]/;

/**
 * A table as CSV by RFC 4180: lines end with CRLF, cells are quoted where they need it. A text that a spreadsheet would
 * run as a formula gets a leading apostrophe; a plain number, also a negative one, stays as it is.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  const text = String(cell);
  const safe = formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Whole cents as dollars for a cell: -387 → "-3.87", without separators; empty where there are none. */
export function dollarsCell(cents: number | null): string | null {
  if (cents === null) return null;
  const size = Math.abs(cents);
  const fraction = String(size % 100).padStart(2, '0');
  return `${cents < 0 ? '-' : ''}${Math.trunc(size / 100)}.${fraction}`;
}
