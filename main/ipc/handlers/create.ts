import { ok, type Result } from '../../../preload/contract/result.ts';
import type { InstanceCreation } from '../../instances/index.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `create`. `current` gives null while the shown account cannot be used. */
export function createCreationHandlers(current: () => InstanceCreation | null): Domain<'create'> {
  const tell = (act: (creation: InstanceCreation) => void): Result<undefined> =>
    onCurrent(current, (creation) => {
      act(creation);
      return done;
    });
  return {
    state: () => ok(current()?.state() ?? null),
    saveDraft: (draft) => tell((creation) => creation.saveDraft(draft)),
    send: (instance) => onCurrent(current, (creation) => creation.send(instance)),
    checkAgain: () => tell((creation) => creation.checkAgain()),
    dismiss: () => tell((creation) => creation.dismiss()),
    tellWhenFunded: ({ neededCents }) => tell((creation) => creation.tellWhenFunded(neededCents)),
    forgetFunds: () => tell((creation) => creation.tellWhenFunded(null)),
    tryShell: ({ instanceId }) => tell((creation) => creation.tryShell(instanceId)),
  };
}
