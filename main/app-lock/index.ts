export { AppLock } from './app-lock.ts';
export { IdleWatch } from './idle-watch.ts';
export type { SystemAnswer, SystemUnlock } from './system-unlock.ts';
