/** A JSON object. */
export type Raw = Readonly<Record<string, unknown>>;

/** No text of the API is longer in the app; transcripts have a limit of their own. */
export const textLimit = 2_000;

/** Ids are opaque, but not endless: the contract's guards have the same limit. */
export const idLimit = 200;

/** JSON inside a string is opened up to this length. */
const openedLimit = 1_000_000;

/** True for a JSON object, and not for an array. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON array. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Reads a text; numbers and booleans count as their text. Null for all else, also for an empty text. */
export function textOf(raw: unknown, limit = textLimit): string | null {
  if (typeof raw === 'string') return raw === '' ? null : raw.slice(0, limit);
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : null;
}

/** True for a text that {@link textOf} gives back as it is. */
export function isText(raw: unknown): raw is string {
  return typeof raw === 'string' && raw !== '' && raw.length <= textLimit;
}

/** An id of a text or a number; null for all else. */
export function plainId(raw: unknown): string | null {
  if (typeof raw === 'number') return String(raw);
  return isText(raw) && raw.length <= idLimit ? raw : null;
}

/** Reads a number, also one that came as a text. Null for all else. */
export function numberOf(raw: unknown): number | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : null;
  if (typeof raw !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(raw)) return null;
  const value = Number(raw);
  return Number.isFinite(value) ? value : null;
}

const yesWords = new Set(['1', 'true', 'yes', 'y', 'on', 'enabled']);
const noWords = new Set(['0', 'false', 'no', 'n', 'off', 'disabled']);

/** Reads a yes or no: also 0 and 1, and words for it. Null for all else. */
export function booleanOf(raw: unknown): boolean | null {
  if (typeof raw === 'boolean') return raw;
  const word = textOf(raw, 10)?.trim().toLowerCase() ?? '';
  if (yesWords.has(word)) return true;
  return noWords.has(word) ? false : null;
}

/** An object or a list that came as the JSON of one, also twice over; anything else as it is. */
export function opened(raw: unknown): unknown {
  if (typeof raw !== 'string' || raw.length > openedLimit || !/^\s*(?:[[{]|"\s*\\?"?[[{])/.test(raw))
    return raw;
  try {
    const json: unknown = JSON.parse(raw);
    const inner = typeof json === 'string' ? opened(json) : json;
    return typeof inner === 'object' && inner !== null ? inner : raw;
  } catch {
    return raw;
  }
}
