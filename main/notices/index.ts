export { deliveryOf } from './delivery.ts';
export { heldBackSummary, type HeldBackSummary } from './held-back.ts';
export { accountOfNotice, createNoticeLog, type NoticeLog } from './notice-log.ts';
export { QuietTimes } from './quiet-times.ts';
