import { randomUUID } from 'node:crypto';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { HoldId } from '../../preload/contract/lifecycle.ts';
import type { Recorder } from '../activity/index.ts';
import { systemClock } from '../clock/index.ts';
import type { InstanceHandlerParts } from '../ipc/handlers/instances.ts';
import {
  createBulkPowers,
  createHolds,
  createKeptHolds,
  createPasswords,
  recordHold,
  type FreshPasswords,
  type Holds,
  type SecretClipboard,
} from '../instances/index.ts';
import type { Publishers } from '../ipc/bind.ts';
import type { Journal } from '../storage/index.ts';
import type { Shells } from '../terminal/index.ts';

/** What the parts about instances need of the rest. */
export interface InstancePartsOptions {
  readonly journal: Journal;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (id: AccountId) => boolean;
  readonly publish: Publishers;
  readonly shells: Shells;
  readonly clipboard: SecretClipboard;
  readonly fresh: FreshPasswords;
  /** The record of what is done in an account. */
  readonly recorderOf: (id: AccountId) => Recorder;
  readonly report: (cause: unknown) => void;
}

/** What is done to instances: the calls, and what of it outlives them. */
export interface InstanceParts {
  readonly holds: Holds;
  /** What the calls about instances are answered by. */
  readonly handlerParts: Omit<InstanceHandlerParts, 'runtimes' | 'marks' | 'holds'>;
  forgetAccount(id: AccountId): void;
  /** The app quits: nothing more leaves. */
  stop(): void;
}

/** Makes the holds, the batches and what resets passwords. */
export function createInstanceParts(options: InstancePartsOptions): InstanceParts {
  const { journal, isInMemory, publish, fresh, shells, clipboard, recorderOf, report } = options;
  const holds = createHolds({
    clock: systemClock,
    kept: createKeptHolds(journal, isInMemory),
    newId: () => randomUUID() as HoldId,
    onChange: publish.holds.changed,
    onEnd: (hold) => recordHold(recorderOf, hold),
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
    allowFresh: (instanceId, user) => shells.allowFresh(instanceId, user),
    keep: (instanceId, user, password) => shells.keepPassword(instanceId, user, password),
  });
  return {
    holds,
    handlerParts: {
      bulk,
      passwords,
      report,
      onNewSystem: ({ account }, instanceId) => {
        fresh.forget(account.id, instanceId);
        shells.expectNewHostKey(instanceId);
      },
    },
    forgetAccount: (id) => {
      holds.forgetAccount(id);
      fresh.forgetAccount(id);
    },
    stop: () => holds.stop(),
  };
}
