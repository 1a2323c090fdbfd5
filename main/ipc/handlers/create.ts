import type { Contract } from '../../../preload/contract/index.ts';
import type { HandlersOf } from '../../../preload/contract/define.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ServerCreation } from '../../instances/create-instance.ts';

/** Answers the calls of the domain `create`. `current` gives null while the shown account cannot be used. */
export function createServerHandlers(current: () => ServerCreation | null): HandlersOf<Contract>['create'] {
  const tell = (act: (creation: ServerCreation) => void): Result<undefined> => {
    const creation = current();
    if (creation === null) return fail({ kind: 'no-account' });
    act(creation);
    return ok(undefined);
  };
  return {
    state: () => ok(current()?.state() ?? null),
    saveDraft: (draft) => tell((creation) => creation.saveDraft(draft)),
    send: (server) => current()?.send(server) ?? fail({ kind: 'no-account' }),
    checkAgain: () => tell((creation) => creation.checkAgain()),
    dismiss: () => tell((creation) => creation.dismiss()),
    tellWhenFunded: ({ neededCents }) => tell((creation) => creation.tellWhenFunded(neededCents)),
    forgetFunds: () => tell((creation) => creation.tellWhenFunded(null)),
    tryShell: ({ instanceId }) => tell((creation) => creation.tryShell(instanceId)),
  };
}
