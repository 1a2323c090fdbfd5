export { createAccountMonitor, type AccountMonitor, type AccountMonitorOptions } from './account-monitor.ts';
export type { Answer, Asked, InstanceRecord, MonitorApi } from './ports.ts';
export type { Visibility } from './schedule.ts';
export { systemClock, type Clock } from './time.ts';
export { toUpdate } from './to-update.ts';
