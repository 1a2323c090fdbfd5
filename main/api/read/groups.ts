import { displayText } from '../../../preload/contract/display-text.ts';
import { find, folded } from './fields.ts';
import { saysFailure } from './said-failure.ts';
import { besideNames, mapKey, wrapperNames } from './shapes.ts';
import { isList, isRaw, opened, type Raw } from './values.ts';

const titleLimit = 200;

/** Rows that stand in groups. */
export interface Group {
  /** What the group is compared by: its slug, or its key in a map. */
  readonly slug: string | null;
  /** What the user reads. */
  readonly name: string | null;
  readonly rows: readonly unknown[];
}

/** How groups are told from what is in them. */
export interface Grouping {
  /** What a group calls the list of its rows. */
  readonly listNames: readonly string[];
  /** What wraps the groups as a whole. */
  readonly wrapperNames: readonly string[];
  readonly isRow: (raw: Raw) => boolean;
  /** True for the key of an object that belongs to what it is in, and is neither a row nor a group. */
  readonly isPart?: (key: string) => boolean;
}

/**
 * Finds rows in their groups: a list or a map of groups, each with a list or a map of rows in it; an object with a list for
 * each group; or rows alone, in a group without a name. A row of a map is given its key. Null where there is nothing of
 * that kind.
 */
export function groupsIn(body: unknown, grouping: Grouping): readonly Group[] | null {
  if (saysFailure(opened(body))) return null;
  const groups = walk(body, { slug: null, name: null }, grouping, 0);
  return groups === null ? null : merged(groups);
}

type Title = Omit<Group, 'rows'>;

function walk(raw: unknown, title: Title, grouping: Grouping, depth: number): readonly Group[] | null {
  const value = opened(raw);
  if (depth > 5) return null;
  if (isList(value)) {
    return value.flatMap((item): readonly Group[] => {
      const row = opened(item);
      const inner = isRaw(row) && !grouping.isRow(row) ? walk(row, title, grouping, depth + 1) : null;
      return inner ?? [{ ...title, rows: [item] }];
    });
  }
  if (!isRaw(value)) return null;
  if (grouping.isRow(value)) return [{ ...title, rows: [value] }];
  const list = inside(value, grouping.listNames);
  if (list !== null) {
    const own = titleOf(value, title);
    return walk(list, own, grouping, depth + 1);
  }
  const named = namesById(value);
  if (named !== null) return [{ ...title, rows: named }];
  const wrapped = inside(value, [...wrapperNames, ...grouping.wrapperNames]);
  if (wrapped !== null) return walk(wrapped, title, grouping, depth + 1);
  return ofMap(value, title, grouping, depth);
}

/** `{ standard: […], 'cpu-optimized': { plans: {…} } }`, or `{ 'scout-2': {…} }`. */
function ofMap(map: Raw, title: Title, grouping: Grouping, depth: number): readonly Group[] | null {
  const entries = Object.entries(map).filter(
    ([key]) => !besideNames.has(folded(key)) && grouping.isPart?.(key) !== true,
  );
  const groups = entries.flatMap(([key, each]): readonly Group[] => {
    const inner = opened(each);
    if (isRaw(inner) && (grouping.isRow(inner) || (isLeaf(inner) && namesById(inner) === null)))
      return [{ ...title, rows: [{ ...inner, [mapKey]: key }] }];
    const isTitle = !/^\d+$/.test(key);
    const own = isTitle ? { slug: shown(key), name: shown(key) } : title;
    return typeof inner === 'object' ? (walk(inner, own, grouping, depth + 1) ?? []) : [];
  });
  return groups.length > 0 || entries.length === 0 ? groups : null;
}

/** A title as it can be shown. */
const shown = (title: string): string | null => displayText(title, titleLimit) || null;

/** `{ "12": "Debian 12" }`: rows of an id and a name. */
function namesById(raw: Raw): readonly Raw[] | null {
  const entries = Object.entries(raw);
  const isMap = entries.every(
    ([key, value]) => /^\d+$/.test(key) && typeof value === 'string' && value !== '',
  );
  return isMap && entries.length > 0 ? entries.map(([id, name]) => ({ id, name })) : null;
}

/** With nothing inside it is no group. */
function isLeaf(raw: Raw): boolean {
  const values = Object.values(raw);
  return values.length > 0 && values.every((value) => value === null || typeof opened(value) !== 'object');
}

/** The value of a field of this very object that holds other objects. */
function inside(raw: Raw, names: readonly string[]): unknown {
  const found = find(raw, names);
  const value = found === null || found.path.includes('.') ? null : opened(found.value);
  return typeof value === 'object' ? value : null;
}

function titleOf(group: Raw, outer: Title): Title {
  const text = (...names: readonly string[]): string | null => {
    const value = find(group, names)?.value;
    return typeof value === 'string' || typeof value === 'number' ? shown(String(value)) : null;
  };
  const slug = text('slug', 'category', 'key', 'code') ?? outer.slug ?? text('name', 'family', 'id');
  const name = text('name', 'label', 'title', 'category', 'family', 'distribution', 'distro');
  return { slug, name: name ?? outer.name ?? slug };
}

/** Rows that follow each other in one group are one. */
function merged(groups: readonly Group[]): readonly Group[] {
  const out: { slug: string | null; name: string | null; rows: unknown[] }[] = [];
  for (const { slug, name, rows } of groups) {
    const last = out.at(-1);
    if (last !== undefined && last.slug === slug && last.name === name) last.rows.push(...rows);
    else out.push({ slug, name, rows: [...rows] });
  }
  return out;
}
