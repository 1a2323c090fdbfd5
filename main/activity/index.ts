export { createAccountLog, type AccountLogOptions } from './account-log.ts';
export { createActivityLog, type ActivityLog } from './activity-log.ts';
export { createRecorders, type ActionEnd, type Recorder } from './record.ts';
