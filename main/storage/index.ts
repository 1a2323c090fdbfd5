export { writeFileAtomically } from './atomic-write.ts';
export { openJsonStore, type JsonStore, type StoreHealth } from './json-store.ts';
export { createSnapshotCache, type SnapshotCache } from './snapshot-cache.ts';
