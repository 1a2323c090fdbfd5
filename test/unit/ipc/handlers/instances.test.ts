import { describe, expect, it } from 'vitest';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import { Runtimes } from '../../../../main/app/runtimes.ts';
import { createPendingActions, undoMs } from '../../../../main/instances/pending-actions.ts';
import { recordPendingAction } from '../../../../main/instances/pending-action-record.ts';
import { createPendingActionStore } from '../../../../main/instances/pending-action-store.ts';
import {
  createInstanceHandlers,
  type InstanceHandlerParts,
} from '../../../../main/ipc/handlers/instances.ts';
import { createAnnotations } from '../../../../main/annotations/index.ts';
import type { Account } from '../../../../preload/contract/account.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import type { PendingActionId } from '../../../../preload/contract/lifecycle.ts';
import { recording } from '../../activity/recording.ts';
import { FakeAccountFiles, FakeJournal } from '../../storage/fakes.ts';
import { accountId, cents, instanceId, record } from '../../monitor/builders.ts';
import { FakeClient } from '../../monitor/fake-client.ts';
import { rig } from '../../monitor/rig.ts';

const web = instanceId('web');
const other = 'other' as AccountId;
const deletion = { instanceId: web, mode: 'immediate' } as const;

/** The calls over one account with a server, and another account without one. */
async function started() {
  const made = rig();
  made.api.records = [record('web')];
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  const client = new FakeClient();
  client.answer('instances.delete', { refundCents: cents(667) });
  const read: string[] = [];
  const { entries: done, accounts, signedOut, recorderOf } = recording();
  const account = (id: AccountId): Account =>
    ({ id, apiUrl: 'https://api.example', access: 'ready' }) as unknown as Account;
  const empty = rig();
  const runtimeOf = (id: AccountId): AccountRuntime =>
    ({
      account: account(id),
      client,
      record: recorderOf(id),
      monitor: id === accountId ? made.monitor : empty.monitor,
      watches: {
        refreshAfterCurrent: ({ kind }: { kind: string }) => {
          read.push(kind);
          return Promise.resolve();
        },
      },
      alerts: { start: () => undefined },
      certificates: { start: () => undefined },
      wafWatcher: { start: () => undefined },
      turns: { resume: () => undefined },
      shield: { takeUp: () => undefined },
      automaticRules: { takeUp: () => undefined },
      isFor: () => true,
      follow: () => undefined,
      stop: () => undefined,
    }) as unknown as AccountRuntime;
  const runtimes = new Runtimes(
    runtimeOf,
    () => 'token',
    () => null,
  );
  const show = (currentId: AccountId | null, ...ids: AccountId[]): void =>
    runtimes.follow({ accounts: ids.map(account), currentId } as never);
  show(accountId, accountId, other);
  const annotations = createAnnotations({ files: new FakeAccountFiles(), onChange: () => undefined });
  const pendingActions = createPendingActions({
    clock: made.time,
    kept: createPendingActionStore(new FakeJournal(), () => false),
    newId: () => 'hold' as PendingActionId,
    onChange: () => undefined,
    onEnd: (hold) => recordPendingAction(recorderOf, hold),
    report: (cause) => {
      throw cause;
    },
  });
  const handlers = createInstanceHandlers({
    ...{ runtimes, annotations, pendingActions },
    bulk: {} as InstanceHandlerParts['bulk'],
    passwords: {} as InstanceHandlerParts['passwords'],
    onNewSystem: () => undefined,
    report: (cause) => {
      throw cause;
    },
  });
  return { ...made, client, handlers, annotations, pendingActions, done, accounts, signedOut, read, show };
}

describe('a call that deletes an instance', () => {
  it('waits, is sent once, is written down, and what it changes is read again', async () => {
    const { handlers, time, client, done, read } = await started();
    expect(await handlers.delete(deletion)).toMatchObject({ ok: true });
    expect(client.calls).toEqual([]);
    await time.pass(undoMs);
    expect(client.count('instances.delete')).toBe(1);
    expect(done).toMatchObject([
      { kind: 'deleted', instanceId: 'web', name: 'web', outcome: 'done', detail: '$6.67 was refunded.' },
    ]);
    expect(read).toEqual(expect.arrayContaining(['instance', 'instance-plan']));
  });

  it('leaves for the account that it was asked of, also where another is shown by then', async () => {
    const { handlers, time, client, accounts, show } = await started();
    await handlers.delete(deletion);
    show(other, accountId, other);
    await time.pass(undoMs);
    expect(client.count('instances.delete')).toBe(1);
    expect(accounts).toEqual([accountId]);
  });

  it('is not sent where its account has signed out by then', async () => {
    const { handlers, pendingActions, time, client, done, signedOut, show } = await started();
    await handlers.delete(deletion);
    signedOut.add(accountId);
    show(other, other);
    await time.pass(undoMs);
    expect([client.calls, done]).toEqual([[], []]);
    expect(pendingActions.list()).toMatchObject([
      { state: { phase: 'refused', error: { kind: 'no-account' } } },
    ]);
  });

  it('is not sent where it is taken back, and not where the instance is locked by then', async () => {
    const { handlers, pendingActions, annotations, time, client, done } = await started();
    await handlers.delete(deletion);
    expect(pendingActions.undo('hold' as PendingActionId)).toMatchObject({ ok: true });
    await time.pass(undoMs);
    await handlers.delete(deletion);
    annotations.update(accountId, web, { isLocked: true });
    await time.pass(undoMs);
    expect(client.calls).toEqual([]);
    expect(await handlers.delete(deletion)).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: 'It is locked against deletion here. Remove the lock first.' },
    });
    const detail = 'It is locked against deletion here. Remove the lock first.';
    expect(done).toMatchObject([
      { kind: 'deleted', actor: 'person', outcome: 'undone' },
      { kind: 'deleted', actor: 'app', outcome: 'refused', detail },
      { kind: 'deleted', actor: 'person', instanceId: 'web', name: 'web', outcome: 'refused', detail },
    ]);
  });

  it('records what was lost as not known, and what was refused with its reason', async () => {
    for (const [kind, end] of [
      ['unknown-outcome', { outcome: 'unknown' }],
      ['unavailable', { outcome: 'refused', detail: 'No.' }],
    ] as const) {
      const { handlers, time, client, done } = await started();
      client.fail('instances.delete', { kind, message: 'No', status: 500 });
      await handlers.delete(deletion);
      await time.pass(undoMs);
      expect(client.count('instances.delete')).toBe(1);
      expect(done).toMatchObject([{ kind: 'deleted', ...end }]);
      expect(done).toHaveLength(1);
    }
  });

  it('is refused for an instance that is not in the list, and where nobody is signed in', async () => {
    const { handlers, show } = await started();
    const gone = { ...deletion, instanceId: instanceId('gone') };
    expect(await handlers.delete(gone)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    show(null);
    expect(await handlers.delete(deletion)).toMatchObject({
      ok: false,
      error: { kind: 'no-account' },
    });
  });
});
