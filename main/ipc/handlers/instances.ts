import { displayName } from '../../../preload/contract/display-text.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { HeldAction } from '../../../preload/contract/lifecycle.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { ledgerKeys, type WatchKey } from '../../../preload/contract/watch.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import {
  cancelDeletion,
  deleteInstance,
  doneNotice,
  powerInstance,
  reactivateInstance,
  reinstallInstance,
  upgradeInstance,
  type BulkPowers,
  type DoneAction,
  type Holds,
  type InstanceDependencies,
  type Refund,
  type Sent,
} from '../../instances/index.ts';
import type { Handlers } from '../bind.ts';
import type { Marks } from '../../marks/index.ts';
import type { PasswordHandlers } from './instance-passwords.ts';

/** What calls about instances are answered by. */
export interface InstanceHandlerParts {
  readonly runtimes: Runtimes;
  readonly marks: Marks;
  readonly holds: Holds;
  readonly bulk: BulkPowers;
  readonly passwords: PasswordHandlers;
  /** An instance's system is another from now on. */
  readonly onNewSystem: (runtime: AccountRuntime, instanceId: InstanceId) => void;
  /** Writes down what was done here. */
  readonly onDone: (notice: Notice) => void;
  readonly nowMs: () => number;
  readonly report: (cause: unknown) => void;
}

const noAccount = fail({ kind: 'no-account' } as const);
const done = ok(undefined);

/** Answers the calls that change instances, and those about requests that are held. */
export function createInstanceHandlers(parts: InstanceHandlerParts): Pick<Handlers, 'instances' | 'holds'> {
  const { runtimes, marks, holds, bulk, report } = parts;

  const onCurrent = <T>(act: (runtime: AccountRuntime) => T): T | typeof noAccount => {
    const runtime = runtimes.current();
    return runtime === null ? noAccount : act(runtime);
  };
  const dependenciesOf = (runtime: AccountRuntime): InstanceDependencies => ({
    client: runtime.client,
    monitor: runtime.monitor,
    isLocked: (id) => marks.get(runtime.account.id, id).isLocked,
  });
  const find = ({ monitor }: AccountRuntime, id: InstanceId): Instance | undefined =>
    monitor.snapshot().instances.find((each) => each.id === id);

  /** Something was done: it is written down, and what it changes is read again. */
  const after = (runtime: AccountRuntime, instance: Instance | undefined, action: DoneAction): void => {
    if (instance !== undefined) parts.onDone(doneNotice(runtime.account.id, instance, action, parts.nowMs()));
    const keys: readonly WatchKey[] =
      instance === undefined
        ? ledgerKeys
        : [
            ...ledgerKeys,
            { kind: 'instance', instanceId: instance.id },
            { kind: 'instance-plan', instanceId: instance.id },
          ];
    for (const key of keys) runtime.watches.refreshAnew(key).catch(report);
    runtime.monitor.refresh().catch(report);
  };

  /** Holds a request; it leaves for the account that it was asked of, if that is still there. */
  const hold = (
    runtime: AccountRuntime,
    instanceId: InstanceId,
    action: HeldAction,
    send: (runtime: AccountRuntime) => Promise<Result<Sent<Refund | undefined>>>,
  ): Result<undefined> => {
    const instance = find(runtime, instanceId);
    if (instance === undefined)
      return fail({ kind: 'refused', message: 'This server is no longer in the list.' });
    const { id: accountId } = runtime.account;
    const choice = instance.lifecycle[action === 'reinstall' ? 'reinstall' : 'delete'];
    if (!choice.allowed) return fail({ kind: 'refused', message: choice.reason });
    if (marks.get(accountId, instanceId).isLocked)
      return fail({ kind: 'refused', message: 'It is locked here. Take the lock off first.' });
    return holds.hold({
      accountId,
      instanceId,
      name: displayName(instance, 100),
      action,
      send: async () => {
        const current = runtimes.all().find(({ account }) => account.id === accountId);
        if (current === undefined) return noAccount;
        const result = await send(current);
        if (!result.ok || result.value.kind === 'lost') {
          current.monitor.refresh().catch(report);
          return result;
        }
        const refundCents = result.value.value?.refundCents ?? null;
        after(current, instance, action === 'delete-now' ? { kind: action, refundCents } : { kind: action });
        return result;
      },
    });
  };

  return {
    instances: {
      ...parts.passwords,
      power: ({ instanceId, action }) =>
        onCurrent(async (runtime) => {
          const sent = await powerInstance(runtime, instanceId, action);
          return sent.ok ? done : sent;
        }),
      bulkPower: ({ instanceIds, action }) =>
        onCurrent((runtime) => {
          const servers = [...new Set(instanceIds)].flatMap((instanceId) => {
            const instance = find(runtime, instanceId);
            return instance === undefined ? [] : [{ instanceId, name: displayName(instance) }];
          });
          return bulk.start({ action, servers, send: (id) => powerInstance(runtime, id, action) });
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
        onCurrent(async (runtime) => {
          const instance = find(runtime, request.instanceId);
          const outcome = await upgradeInstance(dependenciesOf(runtime), request);
          if (outcome.ok && !outcome.value.wasLost)
            after(runtime, instance, { kind: 'upgrade', chargedCents: outcome.value.chargedCents });
          return outcome;
        }),
      noteRebooted: ({ instanceId }) =>
        onCurrent((runtime) => {
          runtime.monitor.note(instanceId, 'rebooted');
          return find(runtime, instanceId)?.isRebootPending
            ? fail({ kind: 'refused', message: 'Evorxa itself says that a reboot is due.' } as const)
            : done;
        }),
      reinstall: (request) =>
        onCurrent((runtime) =>
          hold(runtime, request.instanceId, 'reinstall', (current) =>
            reinstallInstance(
              { ...dependenciesOf(current), onNewSystem: (id) => parts.onNewSystem(current, id) },
              request,
            ),
          ),
        ),
      delete: ({ instanceId, mode }) =>
        onCurrent((runtime) =>
          hold(runtime, instanceId, mode === 'immediate' ? 'delete-now' : 'delete-at-end', (current) =>
            deleteInstance(dependenciesOf(current), instanceId, mode),
          ),
        ),
      cancelDeletion: ({ instanceId }) =>
        onCurrent(async (runtime) => {
          const instance = find(runtime, instanceId);
          const cancelled = await cancelDeletion(dependenciesOf(runtime), instanceId);
          if (cancelled.ok) after(runtime, instance, { kind: 'cancel-deletion' });
          return cancelled;
        }),
      reactivate: ({ instanceId }) =>
        onCurrent(async (runtime) => {
          const instance = find(runtime, instanceId);
          const outcome = await reactivateInstance(dependenciesOf(runtime), instanceId);
          if (outcome.ok && !outcome.value.wasLost)
            after(runtime, instance, { kind: 'reactivate', chargedCents: outcome.value.chargedCents });
          return outcome;
        }),
    },
    holds: {
      list: () => ok(holds.list()),
      undo: ({ holdId }) => holds.undo(holdId),
      dismiss: ({ holdId }) => {
        holds.dismiss(holdId);
        return done;
      },
    },
  };
}
