import { typeName, type Report } from './drift.ts';
import { isRaw, type Raw } from './row.ts';

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/**
 * Finds the rows of a list answer. The reference shows bare arrays and leaves the rest open, so all of these are
 * taken: an array, `{ data: […] }`, `{ data: { instances: […] } }`, an object with a single array in it, and
 * what PHP makes of a list with gaps: an object with numbers for keys. Null where there are none.
 */
export function rowsOf(body: unknown): readonly unknown[] | null {
  if (isArray(body)) return body;
  if (!isRaw(body)) return null;
  if (isArray(body['data'])) return body['data'];
  if (isRaw(body['data'])) return rowsOf(body['data']);
  const arrays = Object.values(body).filter(isArray);
  if (arrays.length === 1) return arrays[0] ?? null;
  const keys = Object.keys(body);
  const isSparse = keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
  return isSparse ? Object.values(body) : null;
}

/** Decodes one raw row; null where it cannot be used, after it was reported. */
export type ReadRow<T> = (raw: unknown, path: string, report: Report) => T | null;

/** Decodes rows one by one: a bad one is left out, the others stay. */
export function readRows<T>(rows: readonly unknown[], read: ReadRow<T>, path: string, report: Report): T[] {
  const out: T[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const value = read(rows[index], `${path}[${index}]`, report);
    if (value !== null) out.push(value);
  }
  return out;
}

/** Decodes a list answer, or a list inside an answer; null, and reported, where there is no list. */
export function readList<T>(body: unknown, read: ReadRow<T>, path: string, report: Report): T[] | null {
  const rows = rowsOf(body);
  if (rows !== null) return readRows(rows, read, path, report);
  report(path, `expected a list, got ${typeName(body)}`);
  return null;
}

/** The object of an answer, out of `{ data: {…} }` or of one of `wrappers`; null where there is none. */
export function objectOf(body: unknown, ...wrappers: readonly string[]): Raw | null {
  if (!isRaw(body)) return null;
  for (const wrapper of ['data', ...wrappers]) {
    if (isRaw(body[wrapper])) return objectOf(body[wrapper], ...wrappers);
  }
  return body;
}
