import type { ConversationId } from '../../../preload/contract/brands.ts';

/** What conversations had cost (cents) when the user said to go on past the budget, for as long as the window lives. */
export const allowedCosts = new Map<ConversationId, number>();
