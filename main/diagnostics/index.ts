export { lastErrors, readLogTail } from './log-tail.ts';
export { createPrivacy, type PrivateText } from './private-texts.ts';
export { writeReport } from './report.ts';
