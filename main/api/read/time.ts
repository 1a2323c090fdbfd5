import { fieldOf } from './fields.ts';
import { zonedMs } from './time-zone.ts';
import { isList, isRaw, opened, type Raw } from './values.ts';

/** Below this a number is no moment of this API: a count, or seconds before 1973. */
const firstSeconds = 1e8;
/** Numbers of moments by their size: seconds until the year 5138, then milliseconds, microseconds and nanoseconds since 1973. */
const scales = [
  { below: 1e11, perMs: 1e-3 },
  { below: 1e14, perMs: 1 },
  { below: 1e17, perMs: 1e3 },
  { below: 1e20, perMs: 1e6 },
] as const;
/** Zero times, such as `0001-01-01` and `1970-01-01`, stand for none. */
const firstYear = 1973;

const clock = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?`;
/** `Z`, `UTC`, `+02:00`, `+0200 CEST`, `+02:00[Europe/Berlin]`, `Europe/Berlin`. */
const zone = String.raw`(?:(Z|UTC|GMT|UT|[+-]\d\d(?::?\d\d)?|[A-Z]+(?:\/[\w+-]+)+)(?:\s+[A-Z]{3,5}|\[[\w/+-]+\])?)?`;
const iso = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:(?:T|\s+)${clock}\s*${zone})?$`, 'i');
const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)()(Z|[+-]\d\d:?\d\d)?)?$/;
/** RFC 2822, and RFC 850 as PHP writes it for cookies. */
const rfc = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]([a-z]{3})[a-z]*[\s-](\d{4})\s+${clock}\s*${zone}$`,
  'i',
);
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const dotNet = /^\/Date\((\d{1,16})(?:[+-]\d{4})?\)\/$/;

/**
 * Reads a moment, in epoch milliseconds: ISO 8601, Laravel's `2026-06-14 00:00:00`, RFC 2822, a date alone, a number of
 * seconds, milliseconds, microseconds or nanoseconds, or an object with one of these and perhaps its time zone. A time
 * without a zone is UTC. Null where there is none, or none that is sure: a zone that is not known, or a day that no month has.
 */
export function timeMsOf(raw: unknown): number | null {
  if (typeof raw === 'number') return ofNumber(raw);
  // The reference's own form, without a detour: a list of 10,000 has it as many times.
  if (typeof raw === 'string' && raw.length === 24 && raw.endsWith('Z')) return ofKnown(raw);
  return momentIn(raw, null, 0);
}

/** Times of a list repeat, since a day is paid as a whole: looking one up costs a tenth of parsing it. */
const known = new Map<string, number | null>();
const knownLimit = 1_000;

function ofKnown(text: string): number | null {
  let ms = known.get(text);
  if (ms !== undefined) return ms;
  if (known.size >= knownLimit) known.clear();
  ms = ofText(text, null);
  known.set(text, ms);
  return ms;
}

function momentIn(raw: unknown, zoneName: string | null, depth: number): number | null {
  const value = opened(raw);
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value === 'string') return ofText(value.trim(), zoneName);
  if (isList(value)) return value.length === 1 && depth < 3 ? momentIn(value[0], zoneName, depth + 1) : null;
  return isRaw(value) && depth < 3 ? ofObject(value, depth) : null;
}

/** `{ date, timezone }` as PHP writes it, `{ date, time }`, `{ seconds, nanos }`, `{ iso }`, `{ $date: … }`. */
function ofObject(raw: Raw, depth: number): number | null {
  const zoneField = fieldOf(raw, 'timezone', 'time_zone', 'tz', 'zone', 'utc_offset', 'offset');
  if (zoneField !== undefined && typeof zoneField !== 'string') return null;
  const zoneName = zoneField === undefined || zoneField.trim() === '' ? null : zoneField.trim();
  const date = fieldOf(raw, 'date');
  const time = fieldOf(raw, 'time');
  if (isDay(date) && typeof time === 'string') return ofText(`${date} ${time}`.trim(), zoneName);
  const value = fieldOf(
    raw,
    ...['iso', 'iso8601', 'datetime', 'date_time', 'unix', 'timestamp', 'epoch', 'seconds', 'date', 'value'],
    ...['time', 'at', 'number_long', 'raw'],
  );
  return momentIn(value, zoneName, depth + 1);
}

const isDay = (raw: unknown): raw is string => typeof raw === 'string' && /^\s*\d{4}-\d\d-\d\d\s*$/.test(raw);

function ofText(text: string, zoneName: string | null): number | null {
  if (text.length > 60) return null;
  const compactMs = ofCompact(text, zoneName);
  if (compactMs !== null) return compactMs;
  if (/^\d+(\.\d+)?$/.test(text)) return ofNumber(Number(text));
  const [, year, month, day, ...isoRest] = iso.exec(text) ?? [];
  if (year !== undefined) return ofParts([year, month, day, ...isoRest], zoneName);
  const [, rfcDay, name = '', rfcYear, ...rfcRest] = rfc.exec(text) ?? [];
  // One that is not known is month 0, which there is not.
  const rfcMonth = String(months.indexOf(name.toLowerCase()) + 1);
  if (rfcDay !== undefined) return ofParts([rfcYear, rfcMonth, rfcDay, ...rfcRest], zoneName);
  const [, net] = dotNet.exec(text) ?? [];
  return net === undefined ? null : sane(Number(net));
}

/** `20260614`, `20260614123000`, `20260614T123000Z`: as seconds or milliseconds they were no moments of this century. */
function ofCompact(text: string, zoneName: string | null): number | null {
  const match = compact.exec(text);
  return match === null ? null : ofParts(match.slice(1), zoneName);
}

/** Year, month, day, hours, minutes, seconds, their fraction and the zone; a day that does not exist is none. */
function ofParts(parts: readonly (string | undefined)[], zoneName: string | null): number | null {
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  const fraction = parts[6] ?? '';
  const isClock = hours < 24 ? minutes < 60 && seconds < 61 : hours === 24 && minutes + seconds === 0;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  // A day that its month does not have lies in another one.
  if (!isClock || midnight.getUTCMonth() !== month - 1) return null;
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const wallMs = midnight.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis;
  const ms = zonedMs(wallMs, parts[7] ?? zoneName ?? 'UTC');
  return ms === null ? null : sane(ms);
}

function sane(ms: number): number | null {
  return Number.isFinite(ms) && new Date(ms).getUTCFullYear() >= firstYear ? ms : null;
}

function ofNumber(value: number): number | null {
  const isDigits = value < firstSeconds || (value >= 19e12 && value < 21e12);
  const compactMs = isDigits ? ofCompact(String(value), null) : null;
  if (compactMs !== null || value < firstSeconds) return compactMs;
  const scale = scales.find(({ below }) => value < below);
  return scale === undefined ? null : Math.round(value / scale.perMs);
}
