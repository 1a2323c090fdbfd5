export { createKeyHandlers } from './handlers.ts';
export { createKeyProcess } from './key-process.ts';
export type { RunKeyJob } from './process/jobs.ts';
