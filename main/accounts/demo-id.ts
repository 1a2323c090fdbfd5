import type { AccountId } from '../../preload/contract/brands.ts';

/** A demo account has one well-known id: a second one would be a second cloud. */
export const demoId = 'demo' as AccountId;
