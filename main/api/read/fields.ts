import { isRaw, opened, type Raw } from './values.ts';

/** The fields of all objects with the same keys in the same order. */
export interface Shape {
  readonly keys: readonly string[];
  /** The key of each folded name. */
  readonly byFold: ReadonlyMap<string, string>;
}

/** A field that was found: its value, and the way to it. */
export interface Found {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Finds a field under any spelling of its name, the first of `names` that is neither absent nor null: as it is, with other
 * case or separators, or in parts, so that `country_code` is `code` in `country`. This is the one place that decides it.
 */
export function find(raw: Raw, names: readonly string[]): Found | null {
  let shape: Shape | undefined;
  for (const name of names) {
    const value = raw[name];
    if (value !== undefined && value !== null && Object.hasOwn(raw, name)) return { path: name, value };
    shape ??= shapeOf(raw);
    const found = findFolded(raw, shape, [name]);
    if (found !== null) return found;
  }
  return shape === undefined ? null : findInParts(raw, shape, names, 0);
}

/** The value of a field that {@link find} finds; undefined where there is none. */
export function fieldOf(raw: Raw, ...names: readonly string[]): unknown {
  return find(raw, names)?.value;
}

/** True where one of these fields is there, also as null. */
export function hasField(raw: Raw, names: readonly string[]): boolean {
  const { byFold } = shapeOf(raw);
  return names.some((name) => byFold.has(foldOf(name)));
}

/** A name without case and separators: `created_at`, `createdAt`, `Created-At` are one. */
export function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The words of a name: `cancelAtPeriodEnd` and `cancel_at_period_end` are cancel, at, period, end. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 100)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function findFolded(raw: Raw, { byFold }: Shape, names: readonly string[]): Found | null {
  for (const name of names) {
    const path = byFold.get(foldOf(name));
    const value = path === undefined ? null : (raw[path] ?? null);
    if (path !== undefined && value !== null) return { path, value };
  }
  return null;
}

/** `memory_used_kb` in `memory`, as `used_kb`, or in `memory_used`, as `kb`. */
function findInParts(raw: Raw, shape: Shape, names: readonly string[], depth: number): Found | null {
  if (depth > 2) return null;
  for (const name of names) {
    for (let at = name.lastIndexOf('_'); at > 0; at = name.lastIndexOf('_', at - 1)) {
      const head = shape.byFold.get(foldOf(name.slice(0, at)));
      const inner = head === undefined ? null : opened(raw[head]);
      if (head === undefined || !isRaw(inner)) continue;
      const tail = [name.slice(at + 1)];
      const innerShape = shapeOf(inner);
      const found = findFolded(inner, innerShape, tail) ?? findInParts(inner, innerShape, tail, depth + 1);
      if (found !== null) return { path: `${head}.${found.path}`, value: found.value };
    }
  }
  return null;
}

/** Answers have few shapes, and each has many rows. */
const known: Shape[] = [];
const knownLimit = 24;
let latest: Shape | undefined;
let nextPlace = 0;
/** An object with more keys is a map: its keys are nobody's fields. */
const keyLimit = 200;

/** The shape of an object; of objects with the same keys it is the same one. */
export function shapeOf(raw: Raw): Shape {
  const keys = Object.keys(raw);
  if (latest !== undefined && isSame(latest.keys, keys)) return latest;
  const before = known.find((shape) => isSame(shape.keys, keys));
  if (before !== undefined) return (latest = before);
  // Of two spellings of one name the first counts.
  const byFold = new Map(keys.map((key) => [folded(key), key] as const).reverse());
  const shape = { keys, byFold };
  if (keys.length > keyLimit) return shape;
  known[nextPlace] = latest = shape;
  nextPlace = (nextPlace + 1) % knownLimit;
  return shape;
}

/** Compares keys, which the JSON parser makes the same text for each row. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = one.length - 1; index >= 0; index -= 1) if (one[index] !== other[index]) return false;
  return true;
}

/** The folded form of names that are asked for: nearly all are written in this code. */
const folds = new Map<string, string>();

function foldOf(name: string): string {
  const before = folds.get(name);
  if (before !== undefined) return before;
  if (folds.size > 2_000) folds.clear();
  const fold = folded(name);
  folds.set(name, fold);
  return fold;
}
