import { randomUUID } from 'node:crypto';
import type { ParsedBody } from './answer-body.ts';

/** What is around the rows is parsed in one piece: more of it than that is no envelope. */
const envelopeBytes = 64 * 1024;

/**
 * A body whose list from `from` to `to` was parsed by itself, with its rows in their place; null where it is not JSON
 * around them, or too much stands there.
 */
export function joinRows(
  bytes: Buffer,
  from: number,
  to: number,
  rows: readonly unknown[],
): ParsedBody | null {
  if (from + bytes.length - to > envelopeBytes) return null;
  // Stands for the rows; nobody can have written it elsewhere.
  const mark = randomUUID();
  const text = [bytes.subarray(0, from), Buffer.from(`"${mark}"`), bytes.subarray(to)];
  try {
    const json: unknown = JSON.parse(
      new TextDecoder().decode(Buffer.concat(text)),
      (_name, value: unknown) => (Array.isArray(value) && value[0] === mark ? rows : value),
    );
    return { ok: true, json };
  } catch {
    return null;
  }
}
