export { createAlerts, type Alerts } from './alert-store.ts';
export { AlertWatcher } from './alert-watcher.ts';
