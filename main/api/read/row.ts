import type { Cents } from '../../../preload/contract/brands.ts';
import { typeName, type Report } from './drift.ts';
import { centsOf } from './money.ts';
import { timeMsOf } from './time.ts';

/** A JSON object. */
export type Raw = Readonly<Record<string, unknown>>;

/** No text of the API is longer in the app; transcripts have a limit of their own. */
const textLimit = 2_000;

/** Ids are opaque, but not endless: the contract's guards have the same limit. */
const idLimit = 200;

/** True for a JSON object, and not for an array. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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

/** An id as {@link Row.id} reads it, of a text or a number; null for all else. */
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

/** Reads a yes or no: also 0 and 1, and their texts. Null for all else. */
export function booleanOf(raw: unknown): boolean | null {
  if (raw === true || raw === 1 || raw === '1' || raw === 'true') return true;
  return raw === false || raw === 0 || raw === '0' || raw === 'false' ? false : null;
}

/**
 * Reads the fields of one object of an answer. Each reader takes the names that a field may have and gives the
 * first that is there; what is absent or null is null without a word, what is there and cannot be read is null
 * and reported.
 */
export class Row {
  readonly #raw: Raw;
  readonly #path: string;
  readonly #report: Report;

  constructor(raw: Raw, path: string, report: Report) {
    this.#raw = raw;
    this.#path = path;
    this.#report = report;
  }

  /** A row of what should be an object; null, and reported, where it is none. */
  static of(raw: unknown, path: string, report: Report): Row | null {
    if (isRaw(raw)) return new Row(raw, path, report);
    report(path, `expected an object, got ${typeName(raw)}`);
    return null;
  }

  /** An object inside this one. */
  child(raw: Raw, name: string): Row {
    return new Row(raw, `${this.#path}.${name}`, this.#report);
  }

  /** The first of these fields that is neither absent nor null, as it came. */
  raw(...names: readonly string[]): unknown {
    for (const name of names) {
      const value = this.#raw[name];
      if (value !== undefined && value !== null) return value;
    }
    return null;
  }

  text(...names: readonly string[]): string | null {
    const value = this.raw(...names);
    return value === '' ? null : this.#read(value, names, 'a text', textOf(value));
  }

  /**
   * The id of this row as an opaque text, whatever it came as. A row without one cannot be used, so that its
   * absence is reported too.
   */
  id(...names: readonly string[]): string | null {
    const value = this.raw(...names);
    const text = typeof value === 'boolean' ? null : textOf(value, idLimit + 1);
    if (text !== null && text.length <= idLimit) return text;
    this.report(names[0] ?? 'id', `expected an id, got ${typeName(value)}`);
    return null;
  }

  number(...names: readonly string[]): number | null {
    const value = this.raw(...names);
    return this.#read(value, names, 'a number', numberOf(value));
  }

  boolean(...names: readonly string[]): boolean | null {
    const value = this.raw(...names);
    return this.#read(value, names, 'true or false', booleanOf(value));
  }

  /** Whole cents, in fields that are known to hold cents. */
  cents(...names: readonly string[]): Cents | null {
    const value = this.raw(...names);
    return this.#read(value, names, 'whole cents', centsOf(value));
  }

  timeMs(...names: readonly string[]): number | null {
    const value = this.raw(...names);
    return this.#read(value, names, 'a time', timeMsOf(value));
  }

  /** Texts of a list, or of a list of objects by the first of `fields` that each has. */
  texts(names: readonly string[], ...fields: readonly string[]): readonly string[] {
    const value = this.raw(...names);
    if (value === null) return [];
    if (!Array.isArray(value)) return this.#read<readonly string[]>(value, names, 'a list', null) ?? [];
    const texts: string[] = [];
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      const text = textOf(isRaw(item) ? item[fields.find((field) => item[field] !== undefined) ?? ''] : item);
      if (text === null) this.report(`${names[0] ?? ''}[${index}]`, 'expected a text');
      else texts.push(text);
    }
    return texts;
  }

  /** Reports a field of this row. */
  report(field: string, message: string): void {
    this.#report(`${this.#path}.${field}`, message);
  }

  #read<T>(value: unknown, names: readonly string[], wanted: string, read: T | null): T | null {
    if (read === null && value !== null) {
      const name = names.find((it) => this.#raw[it] === value) ?? '';
      this.report(name, `expected ${wanted}, got ${typeName(value)}`);
    }
    return read;
  }
}
