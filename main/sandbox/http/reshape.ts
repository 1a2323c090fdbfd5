/** Which of the plausible shapes an answer has; each choice is free of the others. */
export interface ShapeChoices {
  readonly names: 'snake' | 'camel' | 'pascal' | 'kebab';
  /** Around the answer: as it is, in `data`, in `data` beside `links` and `meta`. */
  readonly wrapper: 'none' | 'data' | 'resource';
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
  readonly times: 'iso' | 'sql' | 'seconds' | 'milliseconds';
  /** Points over time: an object each, or a list for each field. */
  readonly series: 'rows' | 'columns' | 'pairs';
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
/** What is a text of a person or a program, whatever it looks like. */
const textKeys =
  /^(?:content|output|input|title|description|name|token|password|root_password|public_key|url|id)$/;

/** The same answer in other shapes: what can be read of it is the same. Empty and plain answers stay as they are. */
export function reshape(body: unknown, choices: ShapeChoices): unknown {
  const shaped = walk(body, '', choices);
  if (choices.wrapper === 'none' || typeof shaped !== 'object' || shaped === null) return shaped;
  // A page says itself where its rows are.
  if (isObject(body) && ('data' in body || 'current_page' in body)) return shaped;
  if (choices.wrapper === 'data') return { data: shaped };
  const links = { first: null, last: null, prev: null, next: null };
  const size = Array.isArray(body) ? { current_page: 1, last_page: 1, total: body.length } : {};
  return { data: shaped, links, meta: { path: '/', ...size } };
}

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
  for (const [key, value] of Object.entries(object)) {
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
    } else if (!(named(key, choices) in out)) {
      const isJson =
        choices.inner === 'json' && jsonKeys.test(key) && typeof inner === 'object' && inner !== null;
      out[named(key, choices)] = isJson ? JSON.stringify(inner) : inner;
    }
  }
  return out;
}

function listOf(list: readonly unknown[], key: string, choices: ShapeChoices): unknown {
  const timeKey = timeKeys.find((name) => list.every((row) => isObject(row) && name in row));
  if (list.length > 0 && timeKey !== undefined && choices.series !== 'rows')
    return seriesOf(list, timeKey, choices);
  const rows = list.map((row) => walk(row, key, choices));
  const keyName = ['slug', 'code', 'id'].find((name) => keysOf(list, name) !== null);
  const keys = keyName === undefined ? null : keysOf(list, keyName);
  if (choices.lists === 'list' || keyName === undefined || keys === null) return rows;
  const name = named(keyName, choices);
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

function truthOf(value: boolean, { truths }: ShapeChoices): unknown {
  if (truths === 'boolean') return value;
  return truths === 'number' ? Number(value) : value ? 'yes' : 'no';
}

function timeOf(iso: string, { times }: ShapeChoices): unknown {
  const ms = Date.parse(iso);
  if (times === 'sql') return iso.replace('T', ' ').replace(/\.\d+Z$|Z$/, '');
  if (times === 'seconds') return Math.floor(ms / 1000);
  return times === 'milliseconds' ? ms : iso;
}

function named(name: string, { names }: ShapeChoices): string {
  if (names === 'snake') return name;
  if (names === 'kebab') return name.replaceAll('_', '-');
  const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return names === 'camel' ? camel : camel.charAt(0).toUpperCase() + camel.slice(1);
}
