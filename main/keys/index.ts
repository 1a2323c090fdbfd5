export { addKey, notAPublicKey, type KeysClient } from './add-key.ts';
export { generateAndAddKey } from './generate-key.ts';
export { createKeyProcess } from './key-process.ts';
export type { RunKeyJob } from './process/jobs.ts';
export { removeKey } from './remove-key.ts';
