export type { ActionNotes } from './action-notes.ts';
export { createAccountMonitor, type AccountMonitor, type AccountMonitorOptions } from './account-monitor.ts';
export { createAccountWatches, type AccountWatches } from './account-watches.ts';
export type { ExpectedAction } from './expected-state.ts';
export { createMonitorApi, type Answer, type Asked, type MonitorApi } from './monitor-api.ts';
export { waitUntilReachable } from './readiness.ts';
export type { Visibility } from './schedule.ts';
export { toUpdate } from './to-update.ts';
export { createToldKeys, type ToldKeys } from './told-keys.ts';
