import { canonicalAddress } from '../../../preload/contract/address.ts';
import { typeName, type Report } from './drift.ts';
import { fieldOf, find, folded, wordsOf } from './fields.ts';
import { isCutShort } from '../pages.ts';
import { saysFailure } from './said-failure.ts';
import { isList, isRaw, opened, type Raw } from './values.ts';

/** What wraps the rows of a list, the most telling first. */
export const wrapperNames = [
  'data',
  'items',
  'results',
  'rows',
  'records',
  'list',
  'entries',
  'collection',
  'embedded',
] as const;
/** What stands beside the rows of a page and is none. */
export const besideNames = new Set(
  'links meta message messages error errors success status included jsonapi pagination paging page filters sort warnings'.split(
    ' ',
  ),
);

/**
 * Finds the rows of a list answer. The reference shows bare arrays and leaves the rest open, so all of these are taken: an
 * array, `{ data: […] }`, `{ data: { instances: […] } }`, an object with a single list in it, a map whose keys are ids,
 * slugs or categories, what PHP makes of a list with gaps, and the JSON of any of them in a string. Null where there are
 * none, and where the answer says that it failed. The key of a map fills in what its row lacks: a slug, a code, and {@link mapKey},
 * which is an id where the row has none under any name (`ids.ts`).
 */
export function rowsOf(body: unknown): readonly unknown[] | null {
  // An empty list beside a failure is none: all that is known would be taken for deleted.
  if (saysFailure(opened(body))) return null;
  const list = listIn(body);
  if (list === null || list.keys === null) return list?.rows ?? null;
  const { keys } = list;
  return list.rows.map((row, index) => withKey(row, keys[index] ?? ''));
}

/** The field in which a row of a map has its key. */
export const mapKey = 'map_key';

function withKey(row: unknown, key: string): unknown {
  const object = opened(row);
  if (!isRaw(object)) return row;
  const names = /^\d+$/.test(key) ? [mapKey] : ['slug', 'code', 'key', mapKey];
  const missing = names.filter((name) => fieldOf(object, name) === undefined).map((name) => [name, key]);
  return { ...object, ...(Object.fromEntries(missing) as Raw) };
}

interface List {
  readonly rows: readonly unknown[];
  /** The key of each row of a map. */
  readonly keys: readonly string[] | null;
}

function listIn(body: unknown, depth = 0): List | null {
  const value = opened(body);
  if (isList(value)) return { rows: value, keys: null };
  if (!isRaw(value) || depth > 4) return null;
  const wrapped = inWrapper(value);
  // PHP writes an empty map as a list, and an empty object where it was told to.
  if (isRaw(wrapped) && Object.keys(wrapped).length === 0) return { rows: [], keys: [] };
  if (wrapped !== null) return listIn(wrapped, depth + 1);
  const entries = Object.entries(value).filter(([name]) => !besideNames.has(folded(name)));
  // Of addresses and ids the one that there is is a row.
  if (entries.length > 0 && entries.every(([key, inner]) => isOwnKey(key) && isRaw(opened(inner)))) {
    return mapOf(entries);
  }
  const only = onlyListOf(entries);
  const hasMessage = ['message', 'messages'].some((name) => typeof fieldOf(value, name) === 'string');
  // A message beside an empty list under a name of nothing that is listed, such as the trace of an error.
  if (
    hasMessage &&
    only?.rows.length === 0 &&
    !entries.some(([name, inner]) => isList(opened(inner)) && isListName(name))
  ) {
    return null;
  }
  return only ?? wrappedIn(entries, depth) ?? mapOf(entries);
}

/** An address, a number or a UUID: the key of a row, and no name of a list. */
function isOwnKey(key: string): boolean {
  return /^\d+$/.test(key) || canonicalAddress(key) !== null || /^[\da-f]{8}-[\da-f-]{27}$/i.test(key);
}

/** Last words of the names of lists that the API has. */
const listWords = new Set(
  (
    'instances servers vms vps machines keys tokens ips addresses rules apps applications waf hostnames transactions ledger history ' +
    'conversations messages plans packages categories regions locations cycles templates groups projects systems images samples points'
  ).split(' '),
);

function isListName(name: string): boolean {
  return listWords.has(wordsOf(name).at(-1) ?? '');
}

/** The only list beside single values, or the only one of objects. */
function onlyListOf(entries: readonly (readonly [string, unknown])[]): List | null {
  const lists = entries.map(([, inner]) => opened(inner)).filter(isList);
  const ofObjects = lists.filter((list) => list.some(isRaw));
  const rows = lists.length === 1 ? lists[0] : ofObjects.length === 1 ? ofObjects[0] : undefined;
  return rows === undefined ? null : { rows, keys: null };
}

/** `{ ips: { "5": {…}, "7": {…} } }`, `{ instances: { data: […] } }`. */
function wrappedIn(entries: readonly (readonly [string, unknown])[], depth: number): List | null {
  const objects = entries.flatMap(([, inner]) => {
    const value = opened(inner);
    return isRaw(value) ? [value] : [];
  });
  const [only] = objects;
  if (only === undefined || objects.length !== 1) return null;
  // With a value of its own it is a row.
  const isRow = Object.values(only).some((inner) => typeof inner !== 'object');
  return isRow && inWrapper(only) === null ? null : listIn(only, depth + 1);
}

/** The list or the object in the first wrapper of an object that has one; null where none has. */
function inWrapper(raw: Raw): object | null {
  const values = wrapperNames.map((name) => opened(fieldOf(raw, name)));
  return values.find((value) => typeof value === 'object') ?? null;
}

function mapOf(entries: readonly (readonly [string, unknown])[]): List | null {
  if (entries.length === 0) return null;
  const isMap = entries.every(([, inner]) => isRaw(opened(inner)));
  const isSparse = entries.every(([key]) => /^\d+$/.test(key));
  if (!isMap && !isSparse) return null;
  return { rows: entries.map(([, inner]) => inner), keys: isMap ? entries.map(([key]) => key) : null };
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

/**
 * Decodes a list answer, or a list inside an answer; null, and reported, where there is no list, or rows came, or are said to
 * be, and none of them could be read: that is no empty list. One that goes on beyond its rows is reported.
 */
export function readList<T>(body: unknown, read: ReadRow<T>, path: string, report: Report): T[] | null {
  const rows = rowsOf(body);
  if (rows === null) {
    report(path, `expected a list, got ${typeName(body)}`);
    return null;
  }
  const isCut = isCutShort(body, rows.length);
  if (isCut) report(path, `expected all rows, got ${rows.length}`);
  const values = readRows(rows, read, path, report);
  return values.length === 0 && (rows.length > 0 || isCut) ? null : values;
}

/** The object of an answer, out of `{ data: {…} }` or of one of `wrappers`; null where there is none. */
export function objectOf(body: unknown, ...wrappers: readonly string[]): Raw | null {
  const value = opened(body);
  // A single row in a list, as an API of resources can answer.
  if (isList(value)) return value.length === 1 ? objectOf(value[0], ...wrappers) : null;
  if (!isRaw(value)) return null;
  for (const wrapper of ['data', ...wrappers, 'attributes']) {
    const found = find(value, [wrapper]);
    const inner = found === null || found.path.includes('.') ? null : opened(found.value);
    if (!isRaw(inner)) continue;
    // What a resource says of itself lies in its attributes; its id beside them.
    return wrapper === 'attributes' ? { ...value, ...inner } : objectOf(inner, ...wrappers);
  }
  return value;
}
