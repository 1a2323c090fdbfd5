/** A figure of an attachment, with a decimal while it is small; "-" where there is none. The same in every locale. */
export function figure(value: number | null): string {
  if (value === null) return '-';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

/** A time with its zone's distance from UTC, as "2026-11-29 14:02 +05:45". In the machine's own zone unless one is given. */
export function localTime(atMs: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en', { ...written, ...(timeZone === undefined ? {} : { timeZone }) })
    .formatToParts(atMs)
    .reduce<Partial<Record<string, string>>>((all, { type, value }) => ({ ...all, [type]: value }), {});
  const { year, month, day, hour, minute, timeZoneName = '' } = parts;
  const offset = timeZoneName.replace('GMT', '') || '+00:00';
  return `${year}-${month}-${day} ${hour}:${minute} ${offset}`;
}

const written = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
} as const;

/** Rows below their headings: the first column is text, all others are figures and end below each other. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
