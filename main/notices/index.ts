export { isWanted } from './is-wanted.ts';
export { createNoticeLog, type NoticeLog } from './notice-log.ts';
