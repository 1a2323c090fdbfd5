export { createAccountLog, type AccountLogOptions } from './account-log.ts';
export { createActivityLog, type ActivityLog } from './activity-log.ts';
export { recordActivity } from './record-activity.ts';
