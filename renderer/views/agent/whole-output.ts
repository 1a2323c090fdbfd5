import pLimit from 'p-limit';
import type { ConversationId, InstanceId } from '../../../preload/contract/brands.ts';
import type { FileChange } from '../../../preload/contract/file-change.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { client } from '../../client.ts';

/** Asks for the whole output of the tool call at a place of a transcript, which has so many characters. */
export type LoadOutput = (index: number, characters: number) => Promise<Result<string>>;

/** One after the other: where all are unfolded at once, no frame has more than one to draw. */
const inTurn = pLimit(1);

/** The same for what it was asked to change. */
export type LoadChange = (index: number, characters: number) => Promise<Result<FileChange>>;

/** Loads what of a conversation's tool calls does not cross with each poll. */
export interface WholeLoader {
  readonly output: LoadOutput;
  readonly change: LoadChange;
}

/** How the outputs and the changes of a conversation are loaded. */
export function wholeLoader(instanceId: InstanceId, conversationId: ConversationId): WholeLoader {
  const place = { instanceId, conversationId };
  return {
    output: (index, characters) => loaded(() => client.agent.output({ ...place, index, characters })),
    change: (index, characters) => loaded(() => client.agent.change({ ...place, index, characters })),
  };
}

function loaded<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  return inTurn(async () => {
    const answer = await ask();
    await new Promise((resolve) => setTimeout(resolve));
    return answer;
  });
}
