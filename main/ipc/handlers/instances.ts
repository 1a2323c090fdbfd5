import type { InstanceId } from '../../../preload/contract/brands.ts';
import { displayName } from '../../../preload/contract/display-text.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { PendingActionKind } from '../../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { ledgerKeys, type WatchKey } from '../../../preload/contract/watch.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import {
  cancelDeletion,
  checkAction,
  deleteInstance,
  powerInstance,
  reactivateInstance,
  recordRefusal,
  reinstallInstance,
  upgradeInstance,
  type BulkPowers,
  type PendingActions,
  type InstanceDependencies,
  type PasswordAccount,
  type Passwords,
  type Refund,
  type Sent,
} from '../../instances/index.ts';
import type { Annotations } from '../../annotations/index.ts';
import { done, findInstance, noAccount, onCurrent, readAgain, type Domain } from './shared.ts';

/** What calls about instances are answered by. */
export interface InstanceHandlerParts {
  readonly runtimes: Runtimes;
  readonly annotations: Annotations;
  readonly pendingActions: Pick<PendingActions, 'schedule'>;
  readonly bulk: BulkPowers;
  readonly passwords: Passwords;
  /** An instance's system is another from now on. */
  readonly onNewSystem: (runtime: AccountRuntime, instanceId: InstanceId) => void;
  readonly report: (cause: unknown) => void;
}

/** Answers the calls of the domain `instances`. */
export function createInstanceHandlers(parts: InstanceHandlerParts): Domain<'instances'> {
  const { runtimes, annotations, pendingActions, bulk, passwords, report } = parts;
  const current = () => runtimes.current();
  const dependenciesOf = (runtime: AccountRuntime): InstanceDependencies => ({
    client: runtime.client,
    monitor: runtime.monitor,
    record: runtime.record,
    isLocked: (id) => annotations.get(runtime.account.id, id).isLocked,
  });

  const passwordAccount = ({ account, client, monitor, record }: AccountRuntime): PasswordAccount => ({
    ...{ accountId: account.id, client, monitor, record },
  });

  /** Something was done: what it changes is read again. */
  const after = (runtime: AccountRuntime, instance: Instance | undefined): void => {
    const keys: readonly WatchKey[] =
      instance === undefined
        ? ledgerKeys
        : [
            ...ledgerKeys,
            { kind: 'instance', instanceId: instance.id },
            { kind: 'instance-plan', instanceId: instance.id },
          ];
    readAgain(runtime, keys).catch(report);
    runtime.monitor.refresh().catch(report);
  };

  /** Schedules a request; it leaves for the account that it was asked of, if that is still there. */
  const schedule = (
    runtime: AccountRuntime,
    instanceId: InstanceId,
    action: PendingActionKind,
    send: (runtime: AccountRuntime) => Promise<Result<Sent<Refund | undefined>>>,
  ): Result<undefined> => {
    const checked = checkAction(
      dependenciesOf(runtime),
      instanceId,
      action === 'reinstall' ? 'reinstall' : 'delete',
    );
    if (!checked.ok) {
      const instance = findInstance(runtime, instanceId);
      const name = instance === undefined ? null : displayName(instance, 100);
      recordRefusal(runtime.record, { instanceId, name, action }, checked.error);
      return checked;
    }
    const instance = checked.value;
    const { id: accountId } = runtime.account;
    return pendingActions.schedule({
      accountId,
      instanceId,
      name: displayName(instance, 100),
      action,
      send: async () => {
        const sender = runtimes.all().find(({ account }) => account.id === accountId);
        if (sender === undefined) return noAccount;
        const result = await send(sender);
        if (!result.ok || result.value.kind === 'lost') {
          sender.monitor.refresh().catch(report);
          return result;
        }
        after(sender, instance);
        return result;
      },
    });
  };

  return {
    power: ({ instanceId, action }) =>
      onCurrent(current, async (runtime) => {
        const sent = await powerInstance(runtime, instanceId, action);
        return sent.ok ? done : sent;
      }),
    bulkPower: ({ instanceIds, action }) =>
      onCurrent(current, (runtime) => {
        const instances = [...new Set(instanceIds)].flatMap((instanceId) => {
          const instance = findInstance(runtime, instanceId);
          return instance === undefined ? [] : [{ instanceId, name: displayName(instance) }];
        });
        return bulk.start({ action, instances, send: (id) => powerInstance(runtime, id, action, 'app') });
      }),
    cancelBulkPower: () => {
      bulk.cancel();
      return done;
    },
    closeBulkPower: () => {
      bulk.close();
      return done;
    },
    bulkPowerState: () => ok(bulk.current()),
    upgrade: (request) =>
      onCurrent(current, async (runtime) => {
        const instance = findInstance(runtime, request.instanceId);
        const outcome = await upgradeInstance(dependenciesOf(runtime), request);
        if (outcome.ok && !outcome.value.wasLost) after(runtime, instance);
        return outcome;
      }),
    noteRebooted: ({ instanceId }) =>
      onCurrent(current, (runtime) => {
        runtime.monitor.note(instanceId, 'rebooted');
        return findInstance(runtime, instanceId)?.isRebootPending
          ? fail({ kind: 'refused', message: 'Evorxa itself says that a reboot is due.' } as const)
          : done;
      }),
    reinstall: (request) =>
      onCurrent(current, (runtime) =>
        schedule(runtime, request.instanceId, 'reinstall', (sender) =>
          reinstallInstance(
            { ...dependenciesOf(sender), onNewSystem: (id) => parts.onNewSystem(sender, id) },
            request,
          ),
        ),
      ),
    delete: ({ instanceId, mode }) =>
      onCurrent(current, (runtime) =>
        schedule(runtime, instanceId, mode === 'immediate' ? 'delete-now' : 'delete-at-end', (sender) =>
          deleteInstance(dependenciesOf(sender), instanceId, mode),
        ),
      ),
    cancelDeletion: ({ instanceId }) =>
      onCurrent(current, async (runtime) => {
        const instance = findInstance(runtime, instanceId);
        const cancelled = await cancelDeletion(dependenciesOf(runtime), instanceId);
        if (cancelled.ok) after(runtime, instance);
        return cancelled;
      }),
    reactivate: ({ instanceId }) =>
      onCurrent(current, async (runtime) => {
        const instance = findInstance(runtime, instanceId);
        const outcome = await reactivateInstance(dependenciesOf(runtime), instanceId);
        if (outcome.ok && !outcome.value.wasLost) after(runtime, instance);
        return outcome;
      }),
    resetPassword: ({ instanceId }) =>
      onCurrent(current, (runtime) => passwords.reset(passwordAccount(runtime), instanceId)),
    copyPassword: ({ instanceId }) =>
      onCurrent(current, ({ account }) => passwords.copy(account.id, instanceId)),
    forgetPassword: ({ instanceId }) => {
      passwords.forget(current()?.account.id ?? null, instanceId);
      return done;
    },
    keepPassword: ({ instanceId }) =>
      onCurrent(current, (runtime) => passwords.keep(passwordAccount(runtime), instanceId)),
  };
}
