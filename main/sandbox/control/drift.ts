export type Drift =
  'unknown-status' | 'nulls' | 'numeric-ids' | 'extra-keys' | 'bad-row' | 'words-for-numbers';

type Row = Readonly<Record<string, unknown>>;

const drifts: Readonly<Record<Drift, (row: Row, index: number) => unknown>> = {
  'unknown-status': (row) => ({ ...row, ...('status' in row ? { status: 'quiescing' } : {}) }),
  nulls: (row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, key === 'id' || key === 'name' ? value : null]),
    ),
  'numeric-ids': (row, index) => ({ ...row, ...('id' in row ? { id: 4000 + index } : {}) }),
  'extra-keys': (row) => ({ ...row, added_in_v2: { nested: ['yes', null] } }),
  'words-for-numbers': (row) => inWords(row),
  'bad-row': (row, index) => (index === 1 ? 'not an object' : row),
};

/** JSON whose rows (or whose one object) are changed in the given way. */
export function driftJson(text: string, drift: Drift): string {
  const change = drifts[drift];
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.map((row: unknown, index) => (isRow(row) ? change(row, index) : row));
    if (isRow(value) && Array.isArray(value['data'])) return { ...value, data: walk(value['data']) };
    return isRow(value) ? change(value, 0) : value;
  };
  const parsed: unknown = JSON.parse(text);
  return JSON.stringify(walk(parsed));
}

/** At any depth; what names a row stays. */
function inWords(value: unknown): unknown {
  if (typeof value === 'number') return 'not a number';
  if (Array.isArray(value)) return value.map(inWords);
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'id' ? each : inWords(each)]),
  );
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
