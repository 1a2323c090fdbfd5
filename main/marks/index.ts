import { safeParse } from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import {
  instanceMarks,
  noMarks,
  type InstanceMarks,
  type InstanceMarksPatch,
  type MarksById,
} from '../../preload/contract/marks.ts';
import type { JsonStore } from '../storage/index.ts';

/** What people keep about their servers on this machine: favourites, locks, notes and tags, by account. */
export interface Marks {
  /** All of an account. */
  of(accountId: AccountId): MarksById;
  get(accountId: AccountId, instanceId: InstanceId): InstanceMarks;
  /** Applies a change and keeps it. */
  update(accountId: AccountId, instanceId: InstanceId, patch: InstanceMarksPatch): InstanceMarks;
  /** Drops what was noted for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Where marks are kept, and who hears of changes. */
export interface MarksOptions {
  readonly store: JsonStore;
  /** Accounts that live as long as the app: their marks are not written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
  readonly onChange: (accountId: AccountId, marks: MarksById) => void;
}

/** Opens the marks under the key `marks` of a store; what cannot be read is left out. */
export function createMarks({ store, isInMemory, onChange }: MarksOptions): Marks {
  const byAccount = new Map<AccountId, MarksById>();
  for (const [id, stored] of entriesOf(store.get('marks'))) byAccount.set(id as AccountId, readMarks(stored));
  const write = (): void => {
    store.set('marks', Object.fromEntries([...byAccount].filter(([id]) => !isInMemory(id))));
  };
  const of = (accountId: AccountId): MarksById => byAccount.get(accountId) ?? {};
  const get = (accountId: AccountId, instanceId: InstanceId): InstanceMarks =>
    of(accountId)[instanceId] ?? noMarks;
  return {
    of,
    get,
    update: (accountId, instanceId, patch) => {
      const marks: InstanceMarks = { ...get(accountId, instanceId), ...definedOf(patch) };
      const others = Object.entries(of(accountId)).filter(([id]) => id !== instanceId);
      const kept = isNothing(marks) ? others : [...others, [instanceId, marks] as const];
      byAccount.set(accountId, Object.fromEntries(kept));
      write();
      onChange(accountId, of(accountId));
      return marks;
    },
    forgetAccount: (accountId) => {
      if (byAccount.delete(accountId)) write();
    },
  };
}

/** A mark that is present as undefined leaves what is set now. */
function definedOf(patch: InstanceMarksPatch): Partial<InstanceMarks> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function isNothing({ isFavourite, isLocked, note, tags }: InstanceMarks): boolean {
  return !isFavourite && !isLocked && note === '' && tags.length === 0;
}

function readMarks(stored: unknown): MarksById {
  return Object.fromEntries(
    entriesOf(stored).flatMap(([id, value]) => {
      const parsed = safeParse(instanceMarks, value);
      return parsed.success ? [[id, parsed.data]] : [];
    }),
  );
}

function entriesOf(stored: unknown): readonly [string, unknown][] {
  return Object.entries(typeof stored === 'object' && stored !== null ? stored : {});
}
