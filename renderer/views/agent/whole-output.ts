import pLimit from 'p-limit';
import type { ConversationId, InstanceId } from '../../../preload/contract/brands.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { client } from '../../client.ts';

/** Asks for the whole output of the tool call at a place of a transcript, which has so many characters. */
export type LoadOutput = (index: number, characters: number) => Promise<Result<string>>;

/** One after the other: where all are unfolded at once, no frame has more than one to draw. */
const inTurn = pLimit(1);

/** How the outputs of a conversation are loaded. */
export function outputLoader(instanceId: InstanceId, conversationId: ConversationId): LoadOutput {
  return (index, characters) =>
    inTurn(async () => {
      const answer = await client.agent.output({ instanceId, conversationId, index, characters });
      await new Promise((resolve) => setTimeout(resolve));
      return answer;
    });
}
