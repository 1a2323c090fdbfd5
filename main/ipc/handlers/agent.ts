import type { AccountRuntime } from '../../app/account-runtime.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `agent`. `current` gives null while the shown account cannot be used. */
export function createAgentHandlers(current: () => Pick<AccountRuntime, 'turns'> | null): Domain<'agent'> {
  return {
    send: (request) => onCurrent(current, ({ turns }) => turns.send(request)),
    stopWaiting: ({ instanceId }) =>
      onCurrent(current, ({ turns }) => {
        turns.stopWaiting(instanceId);
        return done;
      }),
  };
}
