import type { ConversationId } from '../../../preload/contract/brands.ts';
import type { TranscriptEntry } from '../../../preload/contract/agent.ts';

/** What a turn of the agent ended in. */
export interface ChatAnswer {
  /** Null where the answer does not name it: then it is found by comparing the list of conversations. */
  readonly conversationId: ConversationId | null;
  readonly entries: readonly TranscriptEntry[];
}
