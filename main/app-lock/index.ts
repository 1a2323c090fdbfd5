export { AppLock } from './app-lock.ts';
export { IdleWatch } from './idle-watch.ts';
