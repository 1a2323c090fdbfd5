export { createSecretClipboard, type SecretClipboard } from './secret-clipboard.ts';
export { createServerHandlers } from './create-handlers.ts';
export { ServerCreation, type KeptOfAccount } from './create-instance.ts';
export { openKeptCreations, type KeptCreations } from './create-kept.ts';
export { powerInstance } from './power.ts';
