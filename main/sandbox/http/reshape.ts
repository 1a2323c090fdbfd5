/** Which of the plausible shapes an answer has; each choice is free of the others. */
export interface ShapeChoices {
  readonly names: 'snake' | 'camel' | 'pascal' | 'kebab';
  /** Around the answer: as it is, in `data`, in `data` beside `links` and `meta`, or lists in `_embedded`. */
  readonly wrapper: 'none' | 'data' | 'resource' | 'embedded';
  /** Lists of objects: as they are, or maps whose keys are ids or slugs. */
  readonly lists: 'list' | 'map';
  /** Fields that name an object and a part of it (`project_id`): as they are, or as that object. */
  readonly objects: 'flat' | 'nested';
  /** Objects and lists inside an answer: as they are, or their JSON in a string. */
  readonly inner: 'plain' | 'json';
  /** Words such as a status: as they are, or with a label beside them. */
  readonly words: 'text' | 'labelled';
  readonly numbers: 'number' | 'text';
  readonly truths: 'boolean' | 'number' | 'word';
  readonly times: 'iso' | 'sql' | 'seconds' | 'milliseconds' | 'microseconds' | 'mail' | 'offset' | 'zoned';
  /** Points over time: an object each, a list for each field, or lists under a head of names. */
  readonly series: 'rows' | 'columns' | 'pairs' | 'headed';
  /** What rows call their id. */
  readonly ids: 'id' | '_id' | 'uuid' | 'identifier';
  /** Amounts: in cents, as a text in dollars, or as an object with their currency. */
  readonly money: 'cents' | 'dollars' | 'object';
  /** The size of a server or a plan: beside its other fields, or in an object. */
  readonly sizes: 'flat' | 'specs' | 'resources';
}

/** Answers as the sandbox's handlers make them. */
export const plainShapes: ShapeChoices = {
  names: 'snake',
  wrapper: 'none',
  lists: 'list',
  objects: 'flat',
  inner: 'plain',
  words: 'text',
  numbers: 'number',
  truths: 'boolean',
  times: 'iso',
  series: 'rows',
  ids: 'id',
  money: 'cents',
  sizes: 'flat',
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isoTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Fields of a point's time. */
const timeKeys = ['timestamp', 'time', 't'] as const;
/** What says where a page ends keeps its name: that is another matter than the rows. */
const pageKeys = /^(?:current_page|last_page|per_page|total|next_page_url|prev_page_url|links|meta|from|to)$/;
const nestedKeys = /^(project|instance|country|os|src|dst)_(id|code|name|cidr|port)$/;
const wordKeys = /^(?:status|type|plan|protocol|default_in|default_out)$/;
const jsonKeys =
  /^(?:ip_addresses|vf_remote_state|policy|prices|abilities|history|templates|tool_calls|rules)$/;
/** What is a text of the user or a program, whatever it looks like. */
const textKeys =
  /^(?:content|output|input|title|description|name|token|password|root_password|public_key|url|id)$/;

/** The same answer in other shapes: what can be read of it is the same. Empty and plain answers stay as they are. */
export function reshape(body: unknown, choices: ShapeChoices): unknown {
  const shaped = walk(body, '', choices);
  if (choices.wrapper === 'none' || typeof shaped !== 'object' || shaped === null) return shaped;
  // A page says itself where its rows are.
  if (isObject(body) && ('data' in body || 'current_page' in body)) return shaped;
  if (choices.wrapper === 'data') return { data: shaped };
  if (choices.wrapper === 'embedded') return Array.isArray(body) ? embedded(body, shaped) : shaped;
  const links = { first: null, last: null, prev: null, next: null };
  const size = Array.isArray(body) ? { current_page: 1, last_page: 1, total: body.length } : {};
  return { data: shaped, links, meta: { path: '/', ...size } };
}

/** As hypermedia APIs answer a list; points over time are none. */
function embedded(list: readonly unknown[], shaped: unknown): unknown {
  if (timeKeyOf(list) !== undefined) return shaped;
  const page = { size: 20, totalElements: list.length, totalPages: 1, number: 0 };
  return { _embedded: { items: shaped }, _links: { self: { href: '/' } }, page };
}

const timeKeyOf = (list: readonly unknown[]): string | undefined =>
  timeKeys.find((name) => list.every((row) => isObject(row) && name in row));

function walk(value: unknown, key: string, choices: ShapeChoices): unknown {
  if (Array.isArray(value)) return listOf(value, key, choices);
  if (isObject(value)) return objectOf(value, choices);
  if (typeof value === 'boolean') return truthOf(value, choices);
  if (typeof value === 'number') return choices.numbers === 'text' ? String(value) : value;
  if (typeof value !== 'string' || textKeys.test(key)) return value;
  if (isoTime.test(value)) return timeOf(value, choices);
  return choices.words === 'labelled' && wordKeys.test(key)
    ? { value, label: value.charAt(0).toUpperCase() + value.slice(1) }
    : value;
}

function objectOf(object: Json, choices: ShapeChoices): Json {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(withSizes(object, choices))) {
    const amount = amountOf(key, value, choices);
    if (amount !== null) {
      out[named(amount.name, choices)] = amount.value;
      continue;
    }
    if (pageKeys.test(key)) {
      out[key] = value;
      continue;
    }
    const inner = walk(value, key, choices);
    const [, head, part] = choices.objects === 'nested' ? (nestedKeys.exec(key) ?? []) : [];
    // A country's name stands beside its code.
    if (head !== undefined && part !== undefined && value !== null) {
      const beside = head === 'country' && typeof object[head] === 'string' ? { name: object[head] } : {};
      out[named(head, choices)] = { ...beside, [named(part, choices)]: inner };
    } else if (key === 'id') {
      out[idName(choices)] = inner;
    } else if (!(named(key, choices) in out)) {
      const isJson =
        choices.inner === 'json' && jsonKeys.test(key) && typeof inner === 'object' && inner !== null;
      out[named(key, choices)] = isJson ? JSON.stringify(inner) : inner;
    }
  }
  return out;
}

function listOf(list: readonly unknown[], key: string, choices: ShapeChoices): unknown {
  const timeKey = timeKeyOf(list);
  if (list.length > 0 && timeKey !== undefined && choices.series !== 'rows')
    return seriesOf(list, timeKey, choices);
  const rows = list.map((row) => walk(row, key, choices));
  const keyName = ['slug', 'code', 'id'].find((name) => keysOf(list, name) !== null);
  const keys = keyName === undefined ? null : keysOf(list, keyName);
  if (choices.lists === 'list' || keyName === undefined || keys === null) return rows;
  const name = keyName === 'id' ? idName(choices) : named(keyName, choices);
  return Object.fromEntries(
    rows.map((row, index) => {
      const rest = Object.entries(row as Json).filter(([each]) => each !== name);
      return [keys[index], Object.fromEntries(rest)];
    }),
  );
}

/** The keys that rows would have in a map; null where they would lose their order, or one of them. */
function keysOf(list: readonly unknown[], name: string): readonly string[] | null {
  const keys = list.map((row) => (isObject(row) ? row[name] : undefined));
  if (!keys.every((key) => typeof key === 'string' || typeof key === 'number')) return null;
  const texts = keys.map(String);
  const map = Object.keys(Object.fromEntries(texts.map((text) => [text, true])));
  return texts.length > 0 && map.length === texts.length && map.every((text, index) => text === texts[index])
    ? texts
    : null;
}

function seriesOf(list: readonly unknown[], timeKey: string, choices: ShapeChoices): Json {
  const rows = list.filter(isObject);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== timeKey);
  const times = rows.map((row) => walk(row[timeKey], timeKey, choices));
  if (choices.series === 'headed') {
    const all = [timeKey, ...names];
    const lists = rows.map((row) => all.map((name) => walk(row[name] ?? null, name, choices)));
    return { columns: all.map((name) => named(name, choices)), rows: lists };
  }
  const columns = names.map((name) => {
    const values = rows.map((row) => walk(row[name] ?? null, name, choices));
    return [
      named(name, choices),
      choices.series === 'pairs' ? values.map((value, index) => [times[index], value]) : values,
    ];
  });
  const out = Object.fromEntries(columns) as Json;
  return choices.series === 'pairs' ? out : { timestamps: times, ...out };
}

/** An id is not renamed as other fields are: `_id` is no word. */
const idName = (choices: ShapeChoices): string => (choices.ids === 'id' ? named('id', choices) : choices.ids);

const sizeKeys = ['vcpu', 'ram', 'storage'] as const;

/** The same object with its size in one of its own. */
function withSizes(object: Json, { sizes }: ShapeChoices): Json {
  if (sizes === 'flat' || !sizeKeys.every((key) => key in object)) return object;
  const isSize = (key: string): boolean => sizeKeys.some((name) => name === key);
  const entries = Object.entries(object);
  if (entries.length === sizeKeys.length) return object;
  const inner = Object.fromEntries(entries.filter(([key]) => isSize(key)));
  return { ...Object.fromEntries(entries.filter(([key]) => !isSize(key))), [sizes]: inner };
}

/** An amount in another form, under the name without its unit; null for what is none, and what stays in cents. */
function amountOf(
  key: string,
  value: unknown,
  choices: ShapeChoices,
): { readonly name: string; readonly value: unknown } | null {
  const [, name] = /^(\w+)_cents$/.exec(key) ?? [];
  if (name === undefined || typeof value !== 'number' || choices.money === 'cents') return null;
  if (choices.money === 'object')
    return { name, value: { amount: walk(value, key, choices), currency: 'USD' } };
  const digits = String(Math.abs(value)).padStart(3, '0');
  return { name, value: `${value < 0 ? '-' : ''}$${digits.slice(0, -2)}.${digits.slice(-2)}` };
}

function truthOf(value: boolean, { truths }: ShapeChoices): unknown {
  if (truths === 'boolean') return value;
  return truths === 'number' ? Number(value) : value ? 'yes' : 'no';
}

function timeOf(iso: string, { times }: ShapeChoices): unknown {
  const ms = Date.parse(iso);
  if (times === 'sql') return iso.replace('T', ' ').replace(/\.\d+Z$|Z$/, '');
  if (times === 'seconds') return Math.floor(ms / 1000);
  if (times === 'microseconds') return ms * 1000;
  if (times === 'mail') return new Date(ms).toUTCString();
  // The clock of Kathmandu, which has no summer time.
  const there = new Date(ms + 345 * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  if (times === 'offset') return `${there} +05:45`;
  if (times === 'zoned') return { date: `${there}.000000`, timezone_type: 3, timezone: 'Asia/Kathmandu' };
  return times === 'milliseconds' ? ms : iso;
}

function named(name: string, { names }: ShapeChoices): string {
  if (names === 'snake') return name;
  if (names === 'kebab') return name.replaceAll('_', '-');
  const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return names === 'camel' ? camel : camel.charAt(0).toUpperCase() + camel.slice(1);
}
