/** A value of a cell; null is an empty one. */
export type CsvValue = string | number | boolean | null;

/**
 * Rows as comma-separated values (RFC 4180), with a header. A text that a spreadsheet would run as a formula gets an
 * apostrophe in front: names of servers and descriptions are somebody else's text.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
