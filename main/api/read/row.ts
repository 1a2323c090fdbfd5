import {
  canonicalAddress,
  canonicalHostName,
  canonicalHostPattern,
} from '../../../preload/contract/address.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { addressesIn } from './addresses.ts';
import { typeName, type Report } from './drift.ts';
import { find, hasField, type Found } from './fields.ts';
import { rowsOf } from './shapes.ts';
import { timeMsOf } from './time.ts';
import {
  booleanOf,
  idLimit,
  isList,
  isRaw,
  numberOf,
  opened,
  textLimit,
  textOf,
  type Raw,
} from './values.ts';

export { isRaw, textOf, type Raw } from './values.ts';

/** Where an object stands for a word, what it is: first what a program compares, or first what the user reads. */
const wordNames = ['value', 'slug', 'code', 'key', 'name', 'label', 'title', 'text', 'id'] as const;
const labelNames = ['name', 'label', 'title', 'text', 'value', 'display', 'slug', 'code', 'id'] as const;
const idNames = ['id', 'uuid', 'value', 'slug', 'key', 'code'] as const;
const numberNames = ['value', 'amount', 'total', 'count', 'number'] as const;
const hostNames = ['hostname', 'host', 'name', 'value', 'fqdn', 'ptr', 'domain'] as const;
const addressNames = ['address', 'ip', 'ip_address', 'subnet', 'network', 'value', 'ipv4', 'ipv6'] as const;

/** A text as one line, without what hides or turns text around; null where nothing is left of it. */
const labelOf = (value: unknown): string | null => {
  const text = textOf(value);
  return text === null ? null : displayText(text, textLimit) || null;
};

/** Reads one value; null where it is none. */
type Read<T> = (value: unknown) => T | null;

/**
 * Reads the fields of one object of an answer. Each reader takes the names that a field may have, in snake case, and gives
 * the first that is there, in any spelling and nesting (`fields.ts`). An object where one value was expected is looked
 * into, JSON inside a string is opened. What is absent or null is null without a word, what is there and cannot be read
 * is null and reported.
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
    const object = opened(raw);
    if (isRaw(object)) return new Row(object, path, report);
    report(path, `expected an object, got ${typeName(raw)}`);
    return null;
  }

  /** The object in one of these fields; an empty one where there is none. */
  inner(...names: readonly string[]): Row {
    const found = find(this.#raw, names);
    const object = opened(found?.value);
    return this.child(isRaw(object) ? object : {}, found?.path ?? names[0] ?? '');
  }

  /** An object inside this one. */
  child(raw: Raw, name: string): Row {
    return new Row(raw, `${this.#path}.${name}`, this.#report);
  }

  /** The first of these fields that is neither absent nor null, as it came. */
  raw(...names: readonly string[]): unknown {
    return find(this.#raw, names)?.value ?? null;
  }

  /** True where one of these fields is there, also as null. */
  has(...names: readonly string[]): boolean {
    return hasField(this.#raw, names);
  }

  /**
   * A word that is compared: of an object its value, slug or code rather than its name. What hides or turns text around is
   * gone from it too: each of them is shown somewhere.
   */
  text(...names: readonly string[]): string | null {
    return this.#read(names, 'a text', wordNames, labelOf);
  }

  /** A text that the user reads: of an object its name or label rather than its value. */
  label(...names: readonly string[]): string | null {
    return this.#read(names, 'a text', labelNames, labelOf);
  }

  /**
   * The id of this row as an opaque text, whatever it came as. A row without one cannot be used, so that its
   * absence is reported too.
   */
  id(...names: readonly string[]): string | null {
    const found = find(this.#raw, names);
    const id = found === null ? null : readOne(found.value, idNames, idOf);
    if (id === null) this.#missed(found, names, 'an id');
    return id;
  }

  number(...names: readonly string[]): number | null {
    return this.#read(names, 'a number', numberNames, numberOf);
  }

  boolean(...names: readonly string[]): boolean | null {
    return this.#read(names, 'true or false', ['value', 'enabled', 'status'], booleanOf);
  }

  timeMs(...names: readonly string[]): number | null {
    return this.#read(names, 'a time', [], timeMsOf);
  }

  /** An address in its one form; nothing else gets through. */
  address(...names: readonly string[]): string | null {
    return this.#read(names, 'an address', addressNames, (value) => textAs(value, canonicalAddress));
  }

  /** The address that a row is about, without which it is none: also a missing or an empty one is reported. */
  ownAddress(...names: readonly string[]): string | null {
    const found = find(this.#raw, names);
    const read: Read<string> = (value) => textAs(value, canonicalAddress);
    const address = found === null ? null : readOne(found.value, addressNames, read);
    if (address === null) this.#missed(found, names, 'an address');
    return address;
  }

  /** A host name that can stand in a command; nothing else gets through. */
  hostName(...names: readonly string[]): string | null {
    return this.#read(names, 'a host name', hostNames, (value) => textAs(value, canonicalHostName));
  }

  /** The same, or all names below one, as a certificate has it: `*.example.com`. */
  hostPattern(...names: readonly string[]): string | null {
    return this.#read(names, 'a host name', hostNames, (value) => textAs(value, canonicalHostPattern));
  }

  /** The addresses of a list, in any shape: see {@link addressesIn}. What is none is left out, and reported. */
  addresses(...names: readonly string[]): readonly string[] {
    const found = find(this.#raw, names);
    if (found === null) return [];
    return addressesIn(found.value, (at) => this.report(`${found.path}${at}`, 'expected an address'));
  }

  /** Texts of a list, or of a list of objects; also of texts with commas between them. */
  texts(...names: readonly string[]): readonly string[] {
    const found = find(this.#raw, names);
    if (found === null || found.value === '') return [];
    const list = opened(found.value);
    const items = typeof list === 'string' ? list.split(/[,;\s]+/).filter((it) => it !== '') : rowsOf(list);
    if (items === null) {
      this.#missed(found, names, 'a list');
      return [];
    }
    return items.flatMap((item, index) => {
      if (isSwitchedOff(item)) return [];
      const text = readOne(item, wordNames, labelOf);
      if (text === null) this.report(`${found.path}[${index}]`, 'expected a text');
      return text ?? [];
    });
  }

  /** Reports a field of this row. */
  report(field: string, message: string): void {
    this.#report(`${this.#path}.${field}`, message);
  }

  #read<T>(names: readonly string[], wanted: string, inside: readonly string[], read: Read<T>): T | null {
    const found = find(this.#raw, names);
    if (found === null || found.value === '') return null;
    const value = readOne(found.value, inside, read);
    if (value === null) this.#missed(found, names, wanted);
    return value;
  }

  #missed(found: Found | null, names: readonly string[], wanted: string): void {
    const is = found === null ? 'null' : typeName(found.value);
    this.report(found?.path ?? names[0] ?? '', `expected ${wanted}, got ${is}`);
  }
}

const switchNames = ['granted', 'allowed', 'enabled', 'is_enabled', 'active', 'is_active'] as const;

/** True where an item of a list says of itself that it does not count. */
function isSwitchedOff(item: unknown): boolean {
  const found = isRaw(item) ? find(item, switchNames) : null;
  return found !== null && booleanOf(found.value) === false;
}

/** A value as it is, or the one inside an object or inside a list of one. */
function readOne<T>(raw: unknown, inside: readonly string[], read: Read<T>, depth = 0): T | null {
  const plain = read(raw);
  const value = opened(raw);
  if (typeof value !== 'object' || value === null || depth > 2) return plain;
  if (isList(value)) return value.length === 1 ? readOne(value[0], inside, read, depth + 1) : plain;
  if (!isRaw(value)) return plain;
  for (const name of inside) {
    const found = find(value, [name]);
    const inner = found === null ? null : readOne(found.value, inside, read, depth + 1);
    if (inner !== null) return inner;
  }
  return plain;
}

function textAs<T>(value: unknown, read: (text: string) => T | null): T | null {
  return typeof value === 'string' ? read(value) : null;
}

function idOf(value: unknown): string | null {
  const text = typeof value === 'boolean' ? null : textOf(value, idLimit + 1);
  return text !== null && text.length <= idLimit ? text : null;
}
