import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import {
  instanceAnnotations,
  noAnnotations,
  type InstanceAnnotations,
  type InstanceAnnotationsPatch,
  type AnnotationsById,
} from '../../preload/contract/annotations.ts';
import { createAccountStore, readableRecord, type AccountFiles } from '../storage/index.ts';

/** What people keep about their instances on this machine: favourites, locks, notes, tags and who is muted, by account. */
export interface Annotations {
  /** All of an account. */
  of(accountId: AccountId): AnnotationsById;
  get(accountId: AccountId, instanceId: InstanceId): InstanceAnnotations;
  /** The instances of an account that have a star: the same set until something of its annotations changes. */
  favourites(accountId: AccountId): ReadonlySet<InstanceId>;
  /** Applies a change and keeps it. */
  update(accountId: AccountId, instanceId: InstanceId, patch: InstanceAnnotationsPatch): InstanceAnnotations;
  /** Drops what was noted for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Where annotations are store, and who hears of changes. */
export interface AnnotationsOptions {
  readonly files: AccountFiles;
  readonly onChange: (accountId: AccountId, annotations: AnnotationsById) => void;
}

/** Opens the annotations under the key `marks` of the account files; what cannot be read is left out. */
export function createAnnotations({ files, onChange }: AnnotationsOptions): Annotations {
  const store = createAccountStore<AnnotationsById>({
    files,
    key: 'marks',
    schema: readableRecord(instanceAnnotations),
    empty: {},
  });
  const { of } = store;
  const get = (accountId: AccountId, instanceId: InstanceId): InstanceAnnotations =>
    of(accountId)[instanceId] ?? noAnnotations;
  const favouritesOf = new WeakMap<AnnotationsById, ReadonlySet<InstanceId>>();
  return {
    of,
    get,
    favourites: (accountId) => {
      const all = of(accountId);
      const known = favouritesOf.get(all);
      if (known !== undefined) return known;
      const starred = Object.entries(all).filter(([, { isFavourite }]) => isFavourite);
      const ids = new Set(starred.map(([id]) => id as InstanceId));
      favouritesOf.set(all, ids);
      return ids;
    },
    update: (accountId, instanceId, patch) => {
      const annotations: InstanceAnnotations = { ...get(accountId, instanceId), ...definedOf(patch) };
      const others = Object.entries(of(accountId)).filter(([id]) => id !== instanceId);
      const next = isNothing(annotations) ? others : [...others, [instanceId, annotations] as const];
      store.set(accountId, Object.fromEntries(next));
      onChange(accountId, of(accountId));
      return annotations;
    },
    forgetAccount: store.forgetAccount,
  };
}

/** A mark that is present as undefined leaves what is set now. */
function definedOf(patch: InstanceAnnotationsPatch): Partial<InstanceAnnotations> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function isNothing({ isFavourite, isLocked, note, tags, mutedUntil }: InstanceAnnotations): boolean {
  return !isFavourite && !isLocked && note === '' && tags.length === 0 && mutedUntil === null;
}
