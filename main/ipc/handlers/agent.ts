import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { WatchKey } from '../../../preload/contract/watch.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import { done, onCurrent, readAgain, type Domain } from './shared.ts';

/** The account that is shown, as far as its agents are concerned. */
type AgentAccount = Pick<
  AccountRuntime,
  'turns' | 'agentChanges' | 'notes' | 'transcripts' | 'attachments'
> & {
  readonly watches: Pick<AccountRuntime['watches'], 'refreshAfterCurrent' | 'patch'>;
};

/** Answers the calls of the domain `agent`. `current` gives null while the shown account cannot be used. */
export function createAgentHandlers(current: () => AgentAccount | null): Domain<'agent'> {
  /** Changes something of an account's agent, and has what it changes read again. */
  const changing = (
    kind: 'agent' | 'telegram',
    instanceId: InstanceId,
    act: (account: AgentAccount) => Promise<Result<undefined>>,
  ): Promise<Result<undefined>> | Result<undefined> =>
    onCurrent(current, async (account) => {
      const result = await act(account);
      await readAgain(account, [{ kind, instanceId } satisfies WatchKey]);
      return result;
    });
  return {
    send: (request) => onCurrent(current, ({ turns }) => turns.send(request)),
    stopWaiting: ({ instanceId }) =>
      onCurrent(current, ({ turns }) => {
        turns.stopWaiting(instanceId);
        return done;
      }),
    attachment: (request) => onCurrent(current, ({ attachments }) => attachments.make(request)),
    output: (place) => onCurrent(current, ({ transcripts }) => transcripts.outputOf(place)),
    change: (place) => onCurrent(current, ({ transcripts }) => transcripts.changeOf(place)),
    search: ({ text, ...conversation }) =>
      onCurrent(current, ({ transcripts }) => transcripts.search(conversation, text)),
    rename: ({ instanceId, conversationId, title }) =>
      onCurrent(current, ({ notes, watches }) => {
        notes.rename({ instanceId, conversationId }, title);
        watches.patch(
          { kind: 'agent', instanceId },
          (data) => data && { ...data, notes: notes.of(instanceId) },
        );
        return done;
      }),
    deleteConversation: (request) =>
      changing('agent', request.instanceId, async ({ agentChanges, notes, watches }) => {
        const { instanceId, conversationId } = request;
        const result = await agentChanges.deleteConversation(request);
        if (!result.ok) return result;
        notes.drop(request);
        // Gone at once, also where the list cannot be read again.
        watches.patch({ kind: 'agent', instanceId }, (data) => {
          if (data === null) return null;
          const conversations = data.conversations.filter(({ id }) => id !== conversationId);
          return { ...data, conversations, notes: notes.of(instanceId) };
        });
        return result;
      }),
    linkTelegram: (request) =>
      changing('telegram', request.instanceId, ({ agentChanges }) => agentChanges.linkTelegram(request)),
  };
}
