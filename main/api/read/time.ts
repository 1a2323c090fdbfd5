/** Below this a number is seconds (until the year 5138), above it milliseconds (since 1973). */
const secondsLimit = 1e11;
/** The last moment that a Date can hold. */
const lastMs = 8.64e15;

/**
 * Reads a moment, in epoch milliseconds: ISO 8601, Laravel's `2026-06-14 00:00:00`, a date alone, or a number of
 * seconds or milliseconds. A time without a zone is UTC. Null where there is none.
 */
export function timeMsOf(raw: unknown): number | null {
  if (typeof raw === 'number') return ofNumber(raw);
  if (typeof raw !== 'string') return null;
  // The reference's own form, without a detour: a list of 10,000 has it as many times.
  if (raw.length === 24 && raw.endsWith('Z')) return msOrNull(parseKnown(raw));
  const text = raw.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return ofNumber(Number(text));
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const iso = text.replace(' ', 'T');
  const hasTime = iso.includes('T');
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(iso.slice(10));
  return msOrNull(Date.parse(hasTime && !hasZone ? `${iso}Z` : iso));
}

/** Times of a list repeat, since a day is paid as a whole: looking one up costs a tenth of parsing it. */
const known = new Map<string, number>();
const knownLimit = 1_000;

function parseKnown(iso: string): number {
  let ms = known.get(iso);
  if (ms !== undefined) return ms;
  if (known.size >= knownLimit) known.clear();
  ms = Date.parse(iso);
  known.set(iso, ms);
  return ms;
}

function msOrNull(ms: number): number | null {
  return Number.isNaN(ms) ? null : ms;
}

function ofNumber(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  const ms = value < secondsLimit ? Math.round(value * 1_000) : Math.round(value);
  return ms > lastMs ? null : ms;
}
