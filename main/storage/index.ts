export type { AccountFiles } from './account-files.ts';
export { createAccountStore, type AccountStore } from './account-store.ts';
export { writeFileAtomically } from './atomic-write.ts';
export type { Journal } from './journal.ts';
export type { JsonStore, SavedStore } from './json-file.ts';
export { readableList, readableRecord } from './lenient.ts';
export { openStorage, type Storage, type StorageHealth } from './open-storage.ts';
export type { SnapshotCache } from './snapshot-cache.ts';
