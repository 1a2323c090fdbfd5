export { mintToken, type TokensClient } from './mint-token.ts';
export { revokeToken } from './revoke-token.ts';
