import { fieldOf, folded, shapeOf, type Shape } from './fields.ts';
import { isList, isRaw, numberOf, opened, type Raw } from './values.ts';

/** Words for a unit, as they stand at the end or the beginning of a field's name, or behind a number, with its factor. */
type Units = readonly (readonly [words: string, factor: number])[];

const each = (words: string, factor: number): Units =>
  words.split(' ').map((word) => [word, factor] as const);

const kib = 1024;

/** Sizes, in bytes. Panels of virtual machines count in powers of two, whatever they call it. */
const byteUnits: Units = [
  ...each('bytes byte octets', 1),
  ...each('kb kib kilobytes kibibytes', kib),
  ...each('mb mib megabytes mebibytes', kib ** 2),
  ...each('gb gib gigabytes gibibytes', kib ** 3),
  ...each('tb tib terabytes tebibytes', kib ** 4),
];

/** Rates, in bits per second, which are counted in powers of ten. */
const bitRateUnits: Units = [
  ...each('bps bits_per_second bits_per_sec bits_s bit_s', 1),
  ...each('kbps kbit kbits kbit_s kbits_s', 1e3),
  ...each('mbps mbit mbits mbit_s mbits_s', 1e6),
  ...each('gbps gbit gbits gbit_s gbits_s', 1e9),
  ...each('bytes_per_second bytes_per_sec bytes_s', 8),
];

const packetRateUnits: Units = [
  ...each('pps packets packets_per_second packets_per_sec packets_s', 1),
  ...each('kpps', 1e3),
  ...each('mpps', 1e6),
];

/** Parts of a hundred. */
const percentUnits: Units = [
  ...each('percent percentage pct usage_percent usage utilization', 1),
  ...each('ratio fraction', 100),
];

/** Spans of time, in milliseconds. */
const millisecondUnits: Units = [
  ...each('ms msec milliseconds millis', 1),
  ...each('seconds secs sec s', 1_000),
  ...each('us microseconds', 0.001),
  ...each('minutes mins', 60_000),
];

/** A field that holds the quantity, or an object in which it is. */
interface Plan {
  readonly direct: readonly { readonly key: string; readonly factor: number | null }[];
  readonly inner: readonly { readonly key: string; readonly quantity: Quantity }[];
}

interface Target {
  readonly order: number;
  /** Null where the name has no unit and none goes without saying: then the value alone can say it. */
  readonly factor: number | null;
}

/** A list of values of a quantity, and how each of them is read. */
export interface QuantityList {
  readonly key: string;
  readonly items: readonly unknown[];
  readonly read: (raw: unknown) => number | null;
}

/**
 * A quantity that answers name in several ways, with its unit in the name (`memory_used_kb`, `bps_in`), in an object
 * (`memory: { used_kb }`, `{ value, unit }`) or behind the number (`4 GB`). Fields are found as `fields.ts` finds them, once
 * for all rows of one shape.
 */
export class Quantity {
  readonly #names: readonly string[];
  readonly #targets: ReadonlyMap<string, Target>;
  readonly #units: Units;
  readonly #inUnits = new Map<string, Quantity>();
  readonly #plans = new WeakMap<Shape, Plan>();

  private constructor(names: readonly string[], targets: ReadonlyMap<string, Target>, units: Units) {
    this.#names = names;
    this.#targets = targets;
    this.#units = units;
  }

  /** `bare` is the factor of a name without a unit; null where such a field needs a unit behind its number. */
  static of(units: Units, bare: number | null, names: readonly string[]): Quantity {
    const targets = new Map<string, Target>();
    const add = (name: string, factor: number | null): void => {
      if (!targets.has(name)) targets.set(name, { order: targets.size, factor });
    };
    for (const name of names.map(folded)) {
      for (const [words, factor] of units) {
        add(name + folded(words), factor);
        add(folded(words) + name, factor);
      }
      add(name, bare);
    }
    return new Quantity(names, targets, units);
  }

  /**
   * This quantity where the answer names a unit beside its fields: theirs, unless a field's own name has one. In a unit of
   * something else such a field says nothing.
   */
  inUnit(unit: string): Quantity {
    const fold = unitFold(unit);
    const known = this.#inUnits.get(fold);
    if (known !== undefined) return known;
    const factor = this.#units.find(([words]) => folded(words) === fold)?.[1] ?? null;
    const quantity = Quantity.of(this.#units, factor, this.#names);
    if (this.#inUnits.size < 50) this.#inUnits.set(fold, quantity);
    return quantity;
  }

  /** The value in this object; null where there is none. `miss` is told of a field that is there and cannot be read. */
  in(raw: Raw, miss?: (path: string) => void): number | null {
    const { direct, inner } = this.#planOf(raw);
    let missed: string | null = null;
    for (const { key, factor } of direct) {
      const value = raw[key] ?? null;
      const read = value === null ? null : this.#read(value, factor);
      if (read !== null) return read;
      if (value !== null && value !== '' && factor !== null) missed ??= key;
    }
    for (const { key, quantity } of inner) {
      const object = opened(raw[key]);
      const read = isRaw(object) ? quantity.in(object) : null;
      if (read !== null) return read;
    }
    if (missed !== null) miss?.(missed);
    return null;
  }

  /** True where this object has a field of this name, whatever is in it. */
  isIn(raw: Raw): boolean {
    const { direct, inner } = this.#planOf(raw);
    if (direct.some(({ factor }) => factor !== null)) return true;
    return inner.some(({ key, quantity }) => {
      const object = opened(raw[key]);
      return isRaw(object) && quantity.isIn(object);
    });
  }

  /** A list of values, where columns are lists; null where there is none. */
  listIn(raw: Raw): QuantityList | null {
    const { direct, inner } = this.#planOf(raw);
    for (const { key, factor } of direct) {
      const items = factor === null ? null : opened(raw[key]);
      if (isList(items)) return { key, items, read: (item) => this.#read(item, factor) };
    }
    for (const { key, quantity } of inner) {
      const object = opened(raw[key]);
      const list = isRaw(object) ? quantity.listIn(object) : null;
      if (list !== null) return list;
    }
    return null;
  }

  #planOf(raw: Raw): Plan {
    const shape = shapeOf(raw);
    const known = this.#plans.get(shape);
    if (known !== undefined) return known;
    const direct = shape.keys
      .flatMap((key) => {
        const target = this.#targets.get(folded(key));
        return target === undefined ? [] : { key, ...target };
      })
      .sort((one, other) => one.order - other.order);
    const inner = shape.keys.flatMap((key) => {
      const rest = this.#below(folded(key));
      return rest === null ? [] : { key, quantity: rest };
    });
    const plan = { direct, inner };
    this.#plans.set(shape, plan);
    return plan;
  }

  /** What is left to look for in an object of this name. */
  #below(head: string): Quantity | null {
    const rest = [...this.#targets].filter(([name]) => head !== '' && name !== head && name.startsWith(head));
    if (rest.length === 0) return null;
    return new Quantity(
      [],
      new Map(rest.map(([name, target]) => [name.slice(head.length), target])),
      this.#units,
    );
  }

  /** None of these quantities is below zero: where an answer has −1 nothing was measured. */
  #read(raw: unknown, factor: number | null): number | null {
    const value = this.#signed(raw, factor);
    return value === null || value < 0 ? null : value;
  }

  #signed(raw: unknown, factor: number | null): number | null {
    const number = numberOf(raw);
    if (number !== null) return factor === null ? null : number * factor;
    if (typeof raw === 'string') {
      const [, digits, unit = ''] = /^\s*([+-]?\d[\d.]*)\s*([a-z%/ ]+)\s*$/i.exec(raw) ?? [];
      return digits === undefined
        ? this.#inside(opened(raw), factor)
        : this.#times(numberOf(digits), unit, null);
    }
    return this.#inside(raw, factor);
  }

  /** `{ value: 4, unit: 'GB' }`. */
  #inside(raw: unknown, factor: number | null): number | null {
    if (!isRaw(raw)) return null;
    const number = numberOf(fieldOf(raw, 'value', 'amount'));
    const unit = fieldOf(raw, 'unit', 'units');
    return this.#times(number, typeof unit === 'string' ? unit : '', factor);
  }

  #times(number: number | null, unit: string, bare: number | null): number | null {
    const fold = unitFold(unit);
    const factor = fold === '' ? bare : this.#units.find(([words]) => folded(words) === fold)?.[1];
    return number === null || factor === undefined || factor === null ? null : number * factor;
  }
}

function unitFold(unit: string): string {
  return unit.trim() === '%' ? 'percent' : folded(unit);
}

/** A size in bytes; a name without a unit needs one behind its number. */
export const bytes = (...names: readonly string[]): Quantity => Quantity.of(byteUnits, null, names);

/** A size that is in kibibytes where its name has no unit. */
export const bytesOrKib = (...names: readonly string[]): Quantity => Quantity.of(byteUnits, kib, names);

/** A size that is in gibibytes where its name has no unit. */
export const bytesOrGib = (...names: readonly string[]): Quantity => Quantity.of(byteUnits, kib ** 3, names);

/** A rate in bits per second; `isBare`: also without a unit in its name. */
export const bitRate = (isBare: boolean, ...names: readonly string[]): Quantity =>
  Quantity.of(bitRateUnits, isBare ? 1 : null, names);

/** Parts of a hundred. */
export const percent = (...names: readonly string[]): Quantity => Quantity.of(percentUnits, 1, names);

/** A span in milliseconds; a name without a unit needs one behind its number. */
export const milliseconds = (...names: readonly string[]): Quantity =>
  Quantity.of(millisecondUnits, null, names);

/** A plain number. */
export const count = (...names: readonly string[]): Quantity => Quantity.of([], 1, names);

/** Packets per second, also without a unit in its name. */
export const packetRate = (...names: readonly string[]): Quantity => Quantity.of(packetRateUnits, 1, names);

/** Parts of a hundred, where the name says so. */
export const percentInName = (...names: readonly string[]): Quantity =>
  Quantity.of(each('percent percentage pct', 1), null, names);
