export { createTokenHandlers } from '../ipc/handlers/api-tokens.ts';
export type { OwnToken } from './revoke-token.ts';
