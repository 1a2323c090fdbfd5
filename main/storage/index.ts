export type { AccountFiles } from './account-files.ts';
export { createAccountStore } from './account-store.ts';
export { writeFileAtomically } from './atomic-write.ts';
export type { Journal } from './journal.ts';
export type { JsonStore, SavedStore } from './json-file.ts';
export { readableList, readableRecord } from './lenient.ts';
export type { PictureFile } from './picture-file.ts';
export { openStorage, type Storage, type StorageHealth } from './open-storage.ts';
