import { describe, expect, it, vi } from 'vitest';
import type { EndpointId, InstanceRecord } from '../../../../main/api/index.ts';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import { Runtimes } from '../../../../main/app/runtimes.ts';
import { createBulkPowers, staggerMs } from '../../../../main/instances/bulk-power.ts';
import type { PendingActionRequest } from '../../../../main/instances/pending-actions.ts';
import {
  createInstanceHandlers,
  type InstanceHandlerParts,
} from '../../../../main/ipc/handlers/instances.ts';
import type { Account } from '../../../../preload/contract/account.ts';
import type { OsTemplateId, PackageId } from '../../../../preload/contract/brands.ts';
import type { ApiError } from '../../../../preload/contract/errors.ts';
import { ok, type Result } from '../../../../preload/contract/result.ts';
import { recording } from '../../activity/recording.ts';
import { accountId, cents, instanceId, record } from '../../monitor/builders.ts';
import { FakeClient } from '../../monitor/fake-client.ts';
import { rig } from '../../monitor/rig.ts';

const web = instanceId('web');
const db = instanceId('db');
const about = { instanceId: web };
const noAccount = { ok: false, error: { kind: 'no-account' } };
const upgrade = { ...about, packageId: '3' as PackageId, reboot: true };
const reinstall = { ...about, osTemplateId: '112' as OsTemplateId, osName: 'Debian 12' };
const lost: ApiError = { kind: 'unknown-outcome', message: 'dropped' };

/** The calls over one account with servers of these records; `isLocked`: they are, on this machine. */
async function started(
  records: readonly InstanceRecord[] = [record('web')],
  { isLocked = false, isSignedIn = true } = {},
) {
  const made = rig();
  made.api.records = records;
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  const client = new FakeClient();
  const { entries, record: recorder } = recording();
  const account = { id: accountId, apiUrl: 'https://api.example', access: 'ready' } as unknown as Account;
  const read: unknown[] = [];
  const refresh = vi.fn(() => made.monitor.refresh());
  const runtime = {
    account,
    client,
    record: recorder,
    monitor: { ...made.monitor, refresh },
    watches: {
      refreshAfterCurrent: (key: unknown) => {
        read.push(key);
        return Promise.resolve();
      },
    },
    alerts: { start: () => undefined },
    certificates: { start: () => undefined },
    wafWatcher: { start: () => undefined },
    turns: { resume: () => undefined },
    shield: { takeUp: () => undefined },
    automaticRules: { takeUp: () => undefined },
  } as unknown as AccountRuntime;
  const runtimes = new Runtimes(
    () => runtime,
    () => 'token',
    () => null,
  );
  if (isSignedIn) runtimes.follow({ accounts: [account], currentId: accountId } as never);
  const throws = (cause: unknown): never => {
    throw cause;
  };
  const bulk = createBulkPowers({ clock: made.time, onChange: () => undefined, report: throws });
  const scheduled: PendingActionRequest[] = [];
  const newSystems: unknown[] = [];
  const forgotten: unknown[] = [];
  const handlers = createInstanceHandlers({
    runtimes,
    bulk,
    annotations: {
      get: () => ({ isFavourite: false, isLocked, note: '', tags: [], mutedUntil: null }),
    } as unknown as InstanceHandlerParts['annotations'],
    pendingActions: {
      schedule: (request) => {
        scheduled.push(request);
        return ok(undefined);
      },
    },
    passwords: {
      forget: (...args: readonly unknown[]) => forgotten.push(args),
    } as unknown as InstanceHandlerParts['passwords'],
    onNewSystem: (of, id) => newSystems.push([of === runtime, id]),
    report: throws,
  });
  return { ...made, handlers, client, entries, read, scheduled, newSystems, forgotten, refresh };
}
type Started = Awaited<ReturnType<typeof started>>;

/** What is read again once something was done to `web`. */
const aboutWeb = [
  { kind: 'instance', instanceId: 'web' },
  { kind: 'instance-plan', instanceId: 'web' },
];

describe('a power action', () => {
  it('is sent to the server that is named, for a person, and is recorded', async () => {
    const { handlers, client, entries } = await started([record('db'), record('web')]);
    client.answer('instances.power', { done: true });
    expect(await handlers.power({ ...about, action: 'shutdown' })).toEqual(ok(undefined));
    expect(client.calls).toEqual([
      { id: 'instances.power', input: { path: { id: 'web', action: 'shutdown' } } },
    ]);
    expect(entries).toMatchObject([
      { kind: 'shutdown', instanceId: 'web', actor: 'person', outcome: 'done' },
    ]);
  });

  it('that is refused says why', async () => {
    const { handlers, client } = await started();
    client.fail('instances.power', { kind: 'offline', message: 'No network' });
    expect(await handlers.power({ ...about, action: 'shutdown' })).toMatchObject({
      ok: false,
      error: { kind: 'offline' },
    });
  });
});

describe('a power action for many', () => {
  it('is sent once to each that is in the list, by the app, under the name that it has', async () => {
    const { handlers, client, entries, time } = await started([
      record('web', 'running', { name: 'Web shop' }),
      record('db'),
    ]);
    client.answer('instances.power', { done: true });
    expect(await handlers.bulkPowerState(undefined)).toEqual(ok(null));
    const instanceIds = [web, instanceId('gone'), db, web];
    expect(await handlers.bulkPower({ instanceIds, action: 'shutdown' })).toEqual(ok(undefined));
    expect(await handlers.bulkPowerState(undefined)).toMatchObject({
      ok: true,
      value: {
        action: 'shutdown',
        results: [
          { instanceId: 'web', name: 'Web shop' },
          { instanceId: 'db', name: 'db' },
        ],
      },
    });
    await time.pass(staggerMs);
    expect(client.calls).toEqual([
      { id: 'instances.power', input: { path: { id: 'web', action: 'shutdown' } } },
      { id: 'instances.power', input: { path: { id: 'db', action: 'shutdown' } } },
    ]);
    expect(entries).toMatchObject([
      { kind: 'shutdown', instanceId: 'web', actor: 'app' },
      { kind: 'shutdown', instanceId: 'db', actor: 'app' },
    ]);
    expect(await handlers.bulkPowerState(undefined)).toMatchObject({
      value: { isRunning: false, results: [{ outcome: { kind: 'sent' } }, { outcome: { kind: 'sent' } }] },
    });
  });

  it('can be cancelled, and its results closed', async () => {
    const { handlers, client, time } = await started([record('web'), record('db')]);
    client.answer('instances.power', { done: true });
    await handlers.bulkPower({ instanceIds: [web, db], action: 'shutdown' });
    expect(await handlers.cancelBulkPower(undefined)).toEqual(ok(undefined));
    await time.pass(staggerMs);
    expect(client.count('instances.power')).toBe(1);
    expect(await handlers.bulkPowerState(undefined)).toMatchObject({
      value: { isRunning: false, results: [{}, { outcome: { kind: 'cancelled' } }] },
    });
    expect(await handlers.closeBulkPower(undefined)).toEqual(ok(undefined));
    expect(await handlers.bulkPowerState(undefined)).toEqual(ok(null));
  });
});

describe.each<
  readonly [
    string,
    EndpointId,
    record: readonly [status: string, more: Partial<InstanceRecord>],
    act: (made: Started) => Promise<Result<unknown>> | Result<unknown>,
    answer: unknown,
    value: unknown,
  ]
>([
  [
    'an upgrade',
    'instances.upgrade',
    ['running', {}],
    ({ handlers }) => handlers.upgrade(upgrade),
    { chargedCents: cents(700) },
    { wasLost: false, chargedCents: 700 },
  ],
  [
    'a reactivation',
    'instances.reactivate',
    ['suspended', {}],
    ({ handlers }) => handlers.reactivate(about),
    { chargedCents: cents(500) },
    { wasLost: false, chargedCents: 500 },
  ],
  [
    'a cancelled deletion',
    'instances.cancelDeletion',
    ['running', { isDeletionPending: true }],
    ({ handlers }) => handlers.cancelDeletion(about),
    { done: true },
    undefined,
  ],
])('%s', (_what, endpoint, [status, more], act, answer, value) => {
  const rows = [record('db'), record('web', status, more)];

  it('is sent once, and all that it changes is read again', async () => {
    const made = await started(rows);
    made.client.answer(endpoint, answer);
    expect(await act(made)).toEqual(ok(value));
    expect(made.client.calls).toMatchObject([{ id: endpoint, input: { path: { id: 'web' } } }]);
    expect(made.read).toEqual(expect.arrayContaining(aboutWeb));
    expect(made.read).toContainEqual(expect.objectContaining({ kind: 'ledger' }));
    expect(made.refresh).toHaveBeenCalledTimes(1);
  });

  it('that is refused says why, and nothing is read again', async () => {
    const made = await started(rows);
    made.client.fail(endpoint, { kind: 'unavailable', status: 500, message: 'No' });
    expect(await act(made)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(made.client.count(endpoint)).toBe(1);
    expect(made.read).toEqual([]);
    expect(made.refresh).not.toHaveBeenCalled();
  });

  it('is asked of nobody where no account can be used', async () => {
    const made = await started(rows, { isSignedIn: false });
    expect(await act(made)).toEqual(noAccount);
    expect(made.client.calls).toEqual([]);
  });
});

it.each([
  ['an upgrade', 'instances.upgrade', 'running', ({ handlers }: Started) => handlers.upgrade(upgrade)],
  [
    'a reactivation',
    'instances.reactivate',
    'suspended',
    ({ handlers }: Started) => handlers.reactivate(about),
  ],
] as const)(
  'nothing is read again of %s whose answer was lost: the monitor looks',
  async (_what, endpoint, status, act) => {
    const made = await started([record('web', status)]);
    made.client.fail(endpoint, lost);
    expect(await act(made)).toEqual(ok({ wasLost: true, chargedCents: null }));
    expect(made.read).toEqual([]);
  },
);

describe('a note that a server was rebooted', () => {
  it('takes away that its reboot is due', async () => {
    const { handlers, client, monitor } = await started();
    client.answer('instances.upgrade', { chargedCents: null });
    await handlers.upgrade({ ...upgrade, reboot: false });
    expect(monitor.snapshot().instances[0]?.isRebootPending).toBe(true);
    expect(await handlers.noteRebooted(about)).toEqual(ok(undefined));
    expect(monitor.snapshot().instances[0]?.isRebootPending).toBe(false);
  });

  it('is refused where the API itself says that one is due', async () => {
    const { handlers } = await started([record('web', 'running', { isRebootPending: true })]);
    expect(await handlers.noteRebooted(about)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('is no fault for a server that is gone, and none is made where no account can be used', async () => {
    const { handlers } = await started();
    expect(await handlers.noteRebooted({ instanceId: instanceId('gone') })).toEqual(ok(undefined));
    const nobody = await started([], { isSignedIn: false });
    expect(await nobody.handlers.noteRebooted(about)).toEqual(noAccount);
  });
});

describe('a request that waits to be sent', () => {
  it('is a reinstall with what was chosen, and tells that the system is another', async () => {
    const { handlers, client, scheduled, newSystems, read } = await started([record('db'), record('web')]);
    client.answer('instances.reinstall', { done: true });
    expect(await handlers.reinstall(reinstall)).toEqual(ok(undefined));
    expect(scheduled).toMatchObject([{ accountId, instanceId: 'web', name: 'web', action: 'reinstall' }]);
    expect([client.calls, newSystems]).toEqual([[], []]);
    expect(await scheduled[0]?.send()).toMatchObject({ ok: true, value: { kind: 'dispatched' } });
    expect(client.calls).toEqual([
      {
        id: 'instances.reinstall',
        input: { path: { id: 'web' }, body: { os_template_id: '112', os_name: 'Debian 12' } },
      },
    ]);
    expect(newSystems).toEqual([[true, 'web']]);
    expect(read).toEqual(expect.arrayContaining(aboutWeb));
  });

  it.each([
    ['immediate', 'delete-now'],
    ['end_of_cycle', 'delete-at-end'],
  ] as const)('is a deletion of the kind that was chosen: %s', async (mode, action) => {
    const { handlers, client, scheduled } = await started();
    client.answer('instances.delete', { refundCents: null });
    expect(await handlers.delete({ ...about, mode })).toEqual(ok(undefined));
    expect(scheduled).toMatchObject([{ action }]);
    await scheduled[0]?.send();
    expect(client.calls).toEqual([
      { id: 'instances.delete', input: { path: { id: 'web' }, body: { mode } } },
    ]);
  });

  it.each([
    ['lost', lost, { ok: true, value: { kind: 'lost' } }],
    ['refused', { kind: 'offline', message: 'No network' }, { ok: false, error: { kind: 'offline' } }],
  ] as const)('whose answer was %s has the list read again, and no more', async (_how, error, end) => {
    const { handlers, client, scheduled, read, refresh } = await started();
    client.fail('instances.delete', error);
    await handlers.delete({ ...about, mode: 'immediate' });
    expect(await scheduled[0]?.send()).toMatchObject(end);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(read).toEqual([]);
  });

  it.each([
    ['a reinstall', ({ handlers }: Started) => handlers.reinstall(reinstall)],
    ['a deletion', ({ handlers }: Started) => handlers.delete({ ...about, mode: 'immediate' })],
  ] as const)('is not %s of a locked server, and none where no account can be used', async (_what, act) => {
    const locked = await started([record('web')], { isLocked: true });
    expect(await act(locked)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    const nobody = await started([record('web')], { isSignedIn: false });
    expect(await act(nobody)).toEqual(noAccount);
    expect([locked.scheduled, nobody.scheduled]).toEqual([[], []]);
  });

  it('can be the deletion of a suspended server, and not its reinstall', async () => {
    const { handlers, scheduled } = await started([record('web', 'suspended')]);
    expect(await handlers.reinstall(reinstall)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(scheduled).toEqual([]);
    expect(await handlers.delete({ ...about, mode: 'immediate' })).toEqual(ok(undefined));
    expect(scheduled).toMatchObject([{ action: 'delete-now' }]);
  });
});

describe('where no account can be used', () => {
  it('no power is asked for, and a password is still forgotten', async () => {
    const { handlers, client, forgotten } = await started([record('web')], { isSignedIn: false });
    expect(await handlers.power({ ...about, action: 'shutdown' })).toEqual(noAccount);
    expect(await handlers.bulkPower({ instanceIds: [web], action: 'shutdown' })).toEqual(noAccount);
    expect(await handlers.forgetPassword(about)).toEqual(ok(undefined));
    expect([client.calls, forgotten]).toEqual([[], [[null, 'web']]]);
  });
});
