import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { JsonFile } from './json-file.ts';
import { entriesOf } from './lenient.ts';

/** The files that take over what one file held. */
export interface SplitTargets {
  readonly settings: JsonFile;
  readonly accounts: JsonFile;
  readonly journal: JsonFile;
  readonly stateOf: (accountId: AccountId) => JsonFile;
}

/** What stood in `settings.json` while it was the only file, and stands in another one now. */
const movedKeys = [
  'accounts',
  'currentAccountId',
  'keptSecrets',
  'pendingRemovals',
  'told',
  'marks',
  'alerts',
  'activity',
  'notices',
  'actionNotes',
  'creations',
  'connections',
  'connectionKeys',
  'expectedHostKeys',
  'holds',
] as const;
type MovedKey = (typeof movedKeys)[number];
type Read = (key: MovedKey) => unknown;

/** What is kept by account under the same name as before. */
const sameSections = ['marks', 'alerts', 'activity', 'actionNotes'] as const;

/**
 * Takes over what an earlier version kept in `settings.json`, also one that ran after this one had split it. What the
 * new files have already stays; it is in memory at once. The function that it gives ends the move: only once all the new
 * files are on the disk is anything taken out of the old one, so that a crash at any moment, a full disk or a file that
 * cannot be written leaves it for the next start.
 */
export function splitSettings({ settings, accounts, journal, stateOf }: SplitTargets): () => Promise<void> {
  const isDue = movedKeys.some((key) => settings.get(key) !== undefined);
  // A file of a later version is never written, so nothing could be taken out of it.
  if (!isDue || settings.health().problem === 'newer') return () => Promise.resolve();
  const read: Read = (key) => settings.get(key);
  const states = new Set<JsonFile>();
  for (const [accountId, sections] of sectionsByAccount(read)) {
    const state = stateOf(accountId);
    states.add(state);
    for (const [key, value] of sections) if (state.get(key) === undefined) state.set(key, value);
  }
  const attempts = entriesOf(read('creations')).flatMap(([id, kept]) => {
    const attempt = Object.fromEntries(entriesOf(kept))['attempt'] ?? null;
    return attempt === null ? [] : [[id, attempt] as const];
  });
  merge(journal, 'creations', attempts);
  append(journal, 'holds', read('holds'));
  append(accounts, 'accounts', read('accounts'));
  const current = accounts.get('currentAccountId') ?? read('currentAccountId');
  if (typeof current === 'string') accounts.set('currentAccountId', current);
  for (const key of ['keptSecrets', 'pendingRemovals'] as const) {
    const names = [...listOf(accounts.get(key)), ...listOf(read(key))];
    if (names.length > 0) accounts.set(key, [...new Set(names)]);
  }
  return async () => {
    for (const file of [...states, journal, accounts]) if (!(await file.saved()).ok) return;
    for (const key of movedKeys) settings.set(key, undefined);
    await settings.saved();
  };
}

type Sections = ReadonlyMap<string, unknown>;

function sectionsByAccount(read: Read): ReadonlyMap<AccountId, Sections> {
  const byAccount = new Map<AccountId, Map<string, unknown>>();
  const put = (id: AccountId, key: string, value: unknown): void => {
    const sections = byAccount.get(id) ?? new Map<string, unknown>();
    byAccount.set(id, sections.set(key, value));
  };
  for (const key of sameSections) for (const [id, value] of entriesOf(read(key))) put(idOf(id), key, value);
  for (const [id, value] of noticesByAccount(read('notices'))) put(idOf(id), 'notices', value);
  for (const [id, kept] of entriesOf(read('creations'))) {
    const others = entriesOf(kept).filter(([key]) => key !== 'attempt');
    put(idOf(id), 'creation', Object.fromEntries(others));
  }
  for (const key of ['connections', 'connectionKeys'] as const)
    for (const [id, entries] of grouped(entriesOf(read(key)), ([name]) => name))
      put(
        idOf(id),
        key,
        Object.fromEntries(entries.map(([name, value]) => [name.slice(id.length + 1), value])),
      );
  const hosts = listOf(read('expectedHostKeys')).flatMap((row) => z.safeParse(hostRow, row).data ?? []);
  for (const [id, rows] of grouped(hosts, ({ accountId }) => accountId))
    put(
      idOf(id),
      'expectedHostKeys',
      rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'accountId'))),
    );
  // What was told outlived its account, which has another id once it is signed in again.
  const listed = new Set(
    listOf(read('accounts')).flatMap((row) => z.safeParse(rowWithId, row).data?.id ?? []),
  );
  const told = listOf(read('told')).filter((key) => typeof key === 'string');
  for (const [id, keys] of grouped(told, (key) => key))
    if (byAccount.has(idOf(id)) || listed.has(id)) put(idOf(id), 'told', keys);
  return byAccount;
}

/** First there was one list of notices for all accounts. */
function noticesByAccount(stored: unknown): Iterable<readonly [string, unknown]> {
  if (!Array.isArray(stored)) return entriesOf(stored);
  const rows = listOf(stored).flatMap((row) =>
    z.safeParse(rowWithKey, row).success ? [z.parse(rowWithKey, row)] : [],
  );
  return grouped(rows, ({ key }) => key);
}

/** By the part of a name before its first slash, which is an account's id. */
function grouped<T>(rows: readonly T[], nameOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const [id = ''] = nameOf(row).split('/', 1);
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return groups;
}

const rowWithId = z.looseObject({ id: z.string() });
const rowWithKey = z.looseObject({ key: z.string() });
const hostRow = z.looseObject({ accountId: z.string() });

const idOf = (text: string): AccountId => text as AccountId;

function listOf(stored: unknown): readonly unknown[] {
  return Array.isArray(stored) ? stored : [];
}

/** Adds entries to an object in a file, under names that it does not have. */
function merge(file: JsonFile, key: string, entries: readonly (readonly [string, unknown])[]): void {
  if (entries.length === 0) return;
  file.set(key, { ...Object.fromEntries(entries), ...Object.fromEntries(entriesOf(file.get(key))) });
}

/** Adds rows to a list in a file, whose ids it does not have. */
function append(file: JsonFile, key: string, rows: unknown): void {
  const known = listOf(file.get(key));
  const ids = new Set(known.flatMap((row) => z.safeParse(rowWithId, row).data?.id ?? []));
  const fresh = listOf(rows).filter((row) => !ids.has(z.safeParse(rowWithId, row).data?.id ?? ''));
  if (fresh.length > 0) file.set(key, [...known, ...fresh]);
}
