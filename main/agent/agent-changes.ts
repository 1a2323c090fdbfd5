import type { ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Recorder } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';
import { KeyedMutex } from '../tasks/index.ts';
import type { AgentTurns } from './turns.ts';

export interface AgentChangesOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly turns: Pick<AgentTurns, 'turnOf' | 'isWorking'>;
  readonly record: Pick<Recorder, 'run'>;
  /** The name of an instance as it is now; null where it is not known. */
  readonly nameOf: (id: InstanceId) => string | null;
  readonly onBug: (cause: unknown) => void;
}

const busy: AppError = { kind: 'busy', message: 'This is under way already.' };

/** A conversation and whose it is. */
export interface ConversationOf {
  readonly instanceId: InstanceId;
  readonly conversationId: ConversationId;
}

/** What is done to an instance's agent besides its turns. Each request is sent once, one at a time for an instance. */
export class AgentChanges {
  readonly #options: AgentChangesOptions;
  readonly #one = new KeyedMutex<InstanceId>();

  constructor(options: AgentChangesOptions) {
    this.#options = options;
  }

  /**
   * Deletes a conversation. One that is gone counts as deleted. Where the answer is lost, Evorxa is asked whether it is
   * still there. Errors: `busy` while the agent works in it; `unknown-outcome` where it is there still.
   */
  deleteConversation(conversation: ConversationOf): Promise<Result<undefined>> {
    const { client, turns } = this.#options;
    const { instanceId, conversationId } = conversation;
    const turn = turns.turnOf(instanceId);
    if (turns.isWorking(instanceId) && turn.phase !== 'idle' && turn.conversationId === conversationId) {
      const message = 'The agent is working in this conversation.';
      return Promise.resolve(fail({ kind: 'busy', message }));
    }
    return this.#run('conversation-deleted', instanceId, async () => {
      const path = { id: instanceId, convId: conversationId };
      const sent = await client.request('agent.deleteConversation', { path });
      if (sent.ok || sent.error.kind === 'not-found') return ok(undefined);
      if (sent.error.kind !== 'unknown-outcome') return sent;
      const read = await client.request('agent.conversation', { path });
      return !read.ok && read.error.kind === 'not-found' ? ok(undefined) : sent;
    });
  }

  /**
   * Links a Telegram chat, by its id (a number as a text, which can be negative). Where the answer is lost, Evorxa is
   * asked which chat is linked. Error: `unknown-outcome` where that is another one or none.
   */
  linkTelegram({
    instanceId,
    chatId,
  }: {
    readonly instanceId: InstanceId;
    readonly chatId: string;
  }): Promise<Result<undefined>> {
    const { client } = this.#options;
    const path = { id: instanceId };
    return this.#run('telegram-linked', instanceId, async () => {
      const sent = await client.request('agent.linkTelegram', { path, body: { telegram_chat_id: chatId } });
      if (sent.ok) return ok(undefined);
      if (sent.error.kind !== 'unknown-outcome') return sent;
      const read = await client.request('agent.telegram', { path });
      return read.ok && read.value.value.chatId === chatId ? ok(undefined) : sent;
    });
  }

  #run(
    kind: 'conversation-deleted' | 'telegram-linked',
    instanceId: InstanceId,
    act: () => Promise<Result<undefined>>,
  ): Promise<Result<undefined>> {
    const { record, nameOf, onBug } = this.#options;
    const task = this.#one.tryRun<Result<undefined>>(
      instanceId,
      () => record.run({ kind, instanceId, name: nameOf(instanceId) }, act),
      (cause) => {
        // It may have left.
        onBug(cause);
        return fail({ kind: 'unknown-outcome', message: 'Something went wrong in the app.' });
      },
    );
    return task ?? Promise.resolve(fail(busy));
  }
}
