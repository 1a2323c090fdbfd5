import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import {
  instanceMarks,
  noMarks,
  type InstanceMarks,
  type InstanceMarksPatch,
  type MarksById,
} from '../../preload/contract/marks.ts';
import { createAccountStore, readableRecord, type AccountFiles } from '../storage/index.ts';

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
  readonly files: AccountFiles;
  readonly onChange: (accountId: AccountId, marks: MarksById) => void;
}

/** Opens the marks under the key `marks` of the account files; what cannot be read is left out. */
export function createMarks({ files, onChange }: MarksOptions): Marks {
  const kept = createAccountStore<MarksById>({
    files,
    key: 'marks',
    schema: readableRecord(instanceMarks),
    empty: {},
  });
  const { of } = kept;
  const get = (accountId: AccountId, instanceId: InstanceId): InstanceMarks =>
    of(accountId)[instanceId] ?? noMarks;
  return {
    of,
    get,
    update: (accountId, instanceId, patch) => {
      const marks: InstanceMarks = { ...get(accountId, instanceId), ...definedOf(patch) };
      const others = Object.entries(of(accountId)).filter(([id]) => id !== instanceId);
      const next = isNothing(marks) ? others : [...others, [instanceId, marks] as const];
      kept.set(accountId, Object.fromEntries(next));
      onChange(accountId, of(accountId));
      return marks;
    },
    forgetAccount: kept.forgetAccount,
  };
}

/** A mark that is present as undefined leaves what is set now. */
function definedOf(patch: InstanceMarksPatch): Partial<InstanceMarks> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function isNothing({ isFavourite, isLocked, note, tags }: InstanceMarks): boolean {
  return !isFavourite && !isLocked && note === '' && tags.length === 0;
}
