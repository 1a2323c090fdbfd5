import { randomUUID } from 'node:crypto';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { PendingActionId } from '../../preload/contract/lifecycle.ts';
import type { Recorder } from '../activity/index.ts';
import { systemClock } from '../clock/index.ts';
import type { InstanceHandlerParts } from '../ipc/handlers/instances.ts';
import {
  createBulkPowers,
  createPendingActions,
  createPendingActionStore,
  createPasswords,
  recordPendingAction,
  type FreshPasswords,
  type PendingActions,
  type SecretClipboard,
} from '../instances/index.ts';
import type { Publishers } from '../ipc/bind.ts';
import type { Journal } from '../storage/index.ts';
import type { AppTerminals } from '../terminal/index.ts';

export interface InstancePartsOptions {
  readonly journal: Journal;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (id: AccountId) => boolean;
  readonly publish: Publishers;
  readonly terminals: AppTerminals;
  readonly clipboard: SecretClipboard;
  readonly fresh: FreshPasswords;
  /** The record of what is done in an account. */
  readonly recorderOf: (id: AccountId) => Recorder;
  readonly report: (cause: unknown) => void;
}

/** What is done to instances: the calls, and what of it outlives them. */
export interface InstanceParts {
  readonly pendingActions: PendingActions;
  /** What the calls about instances are answered by. */
  readonly handlerParts: Omit<InstanceHandlerParts, 'runtimes' | 'annotations' | 'pendingActions'>;
  forgetAccount(id: AccountId): void;
  /** The app quits: nothing more leaves. */
  stop(): void;
}

/** Makes the pending actions, the batches and what resets passwords. */
export function createInstanceParts(options: InstancePartsOptions): InstanceParts {
  const { journal, isInMemory, publish, fresh, terminals, clipboard, recorderOf, report } = options;
  const pendingActions = createPendingActions({
    clock: systemClock,
    kept: createPendingActionStore(journal, isInMemory),
    newId: () => randomUUID() as PendingActionId,
    onChange: publish.pendingActions.changed,
    onEnd: (pendingAction) => recordPendingAction(recorderOf, pendingAction),
    report,
  });
  const bulk = createBulkPowers({
    clock: systemClock,
    onChange: publish.instances.bulkPowerChanged,
    report,
  });
  const passwords = createPasswords({
    fresh,
    clipboard,
    report,
    allowFresh: (instanceId, user) => terminals.allowFresh(instanceId, user),
    keep: (instanceId, user, password) => terminals.keepPassword(instanceId, user, password),
  });
  return {
    pendingActions,
    handlerParts: {
      bulk,
      passwords,
      report,
      onNewSystem: ({ account }, instanceId) => {
        fresh.forget(account.id, instanceId);
        terminals.expectNewHostKey(instanceId);
      },
    },
    forgetAccount: (id) => {
      pendingActions.forgetAccount(id);
      fresh.forgetAccount(id);
    },
    stop: () => pendingActions.stop(),
  };
}
