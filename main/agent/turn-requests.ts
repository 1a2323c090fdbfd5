import type { Conversation, ConversationSummary } from '../../preload/contract/agent.ts';
import type { Cents, ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { ApiClient, ApiResult, EndpointInput, EndpointOutput } from '../api/index.ts';

/** The app's own code threw while a message was sent. */
export const notKnown: ApiError = {
  kind: 'unknown-outcome',
  message: 'Something went wrong in the app. It is not known whether the message was sent.',
};

/** What a turn asks the API. None of it throws: a turn is worth more than what is told around it. */
export class TurnRequests {
  readonly #client: Pick<ApiClient, 'request'>;
  readonly #onBug: (error: unknown) => void;

  constructor(client: Pick<ApiClient, 'request'>, onBug: (error: unknown) => void) {
    this.#client = client;
    this.#onBug = onBug;
  }

  /** Sends the message. A request that throws may have left. */
  async chat(
    input: EndpointInput<'agent.chat'>,
    signal: AbortSignal,
  ): Promise<ApiResult<EndpointOutput<'agent.chat'>>> {
    try {
      return await this.#client.request('agent.chat', input, { signal });
    } catch (cause) {
      this.#onBug(cause);
      return fail(notKnown);
    }
  }

  /** The credits; null where they could not be read. */
  async balance(signal: AbortSignal): Promise<Cents | null> {
    const result = await this.#asked(() => this.#client.request('agent.credits', {}, { signal }));
    return result?.ok === true ? result.value.value.balanceCents : null;
  }

  /** The conversations of an instance; null where they could not be read. */
  async conversations(id: InstanceId, signal: AbortSignal): Promise<readonly ConversationSummary[] | null> {
    const result = await this.#asked(() =>
      this.#client.request('agent.conversations', { path: { id } }, { signal }),
    );
    return result?.ok === true ? result.value.value : null;
  }

  /** A transcript; null where it could not be read, `gone` where it is no longer there. */
  async conversation(
    id: InstanceId,
    convId: ConversationId,
    signal: AbortSignal,
  ): Promise<Conversation | 'gone' | null> {
    const result = await this.#asked(() =>
      this.#client.request('agent.conversation', { path: { id, convId } }, { signal }),
    );
    if (result?.ok === true) return result.value.value;
    return result?.error.kind === 'not-found' ? 'gone' : null;
  }

  async #asked<T, E>(ask: () => Promise<Result<T, E>>): Promise<Result<T, E> | null> {
    try {
      return await ask();
    } catch (cause) {
      this.#onBug(cause);
      return null;
    }
  }
}
