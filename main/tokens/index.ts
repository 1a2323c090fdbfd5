export { createTokenHandlers } from './handlers.ts';
export type { OwnToken } from './revoke-token.ts';
