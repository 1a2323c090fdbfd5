export type { AccountFiles } from './account-files.ts';
export { createAccountStore, type AccountStore } from './account-store.ts';
export { writeFileAtomically } from './atomic-write.ts';
export type { Journal } from './journal.ts';
export type { JsonStore } from './json-file.ts';
export { openJsonStore, type JsonStore as OldStore, type StoreHealth } from './json-store.ts';
export { readableList, readableRecord } from './lenient.ts';
export { openStorage, type Storage, type StorageHealth } from './open-storage.ts';
export { createSnapshotCache, type SnapshotCache } from './snapshot-cache.ts';
