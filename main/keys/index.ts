export { createKeyHandlers } from '../ipc/handlers/ssh-keys.ts';
export { createKeyProcess } from './key-process.ts';
export type { RunKeyJob } from './process/jobs.ts';
