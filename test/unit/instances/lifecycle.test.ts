import { describe, expect, it } from 'vitest';
import {
  cancelDeletion,
  createFreshPasswords,
  deleteInstance,
  reactivateInstance,
  reinstallInstance,
  upgradeInstance,
} from '../../../main/instances/index.ts';
import { resetPassword } from '../../../main/instances/reset-password.ts';
import type { EndpointId, InstanceRecord } from '../../../main/api/index.ts';
import type { OsTemplateId, PackageId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { recording } from '../activity/recording.ts';
import { accountId, cents, instanceId, record, unavailable } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { rig } from '../monitor/rig.ts';

const web = instanceId('web');
const lost: ApiError = { kind: 'unknown-outcome', message: 'dropped' };
const poor: ApiError = { kind: 'insufficient-funds', message: 'Insufficient', balanceCents: cents(100) };

async function started(status = 'running', more: Partial<InstanceRecord> = {}) {
  const made = rig();
  made.api.records = [record('web', status, more)];
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  const client = new FakeClient();
  const reinstalled: string[] = [];
  let isLocked = false;
  const { entries, record: recorder } = recording();
  const dependencies = {
    client,
    record: recorder,
    monitor: made.monitor,
    isLocked: () => isLocked,
    onNewSystem: (id: string) => void reinstalled.push(id),
    accountId,
    fresh: createFreshPasswords(() => () => undefined),
    report: (cause: unknown): void => {
      throw cause;
    },
  };
  const shows = async (next: string, changes: Partial<InstanceRecord> = {}): Promise<void> => {
    made.api.records = [record('web', next, { ...more, ...changes })];
    await made.time.pass(31_000);
  };
  const server = () => made.held()?.instances[0];
  const lock = (): void => {
    isLocked = true;
  };
  return {
    ...made,
    client,
    entries,
    dependencies,
    shows,
    web: server,
    state: () => server()?.state,
    lock,
    reinstalled,
  };
}
type Started = Awaited<ReturnType<typeof started>>;

const upgrade = (reboot: boolean) => ({ instanceId: web, packageId: '3' as PackageId, reboot });
const reinstall = { instanceId: web, osTemplateId: '112' as OsTemplateId, osName: 'Debian 12' };

const actions: readonly [
  string,
  EndpointId,
  string,
  (made: Started) => Promise<Result<unknown>>,
  answer: unknown,
][] = [
  [
    'a deletion',
    'instances.delete',
    'running',
    ({ dependencies }) => deleteInstance(dependencies, web, 'immediate'),
    { refundCents: null },
  ],
  [
    'a deletion at the end',
    'instances.delete',
    'running',
    ({ dependencies }) => deleteInstance(dependencies, web, 'end_of_cycle'),
    { refundCents: null },
  ],
  [
    'a reinstall',
    'instances.reinstall',
    'running',
    ({ dependencies }) => reinstallInstance(dependencies, reinstall),
    { done: true },
  ],
  [
    'an upgrade',
    'instances.upgrade',
    'running',
    ({ dependencies }) => upgradeInstance(dependencies, upgrade(true)),
    { chargedCents: null },
  ],
  [
    'a reactivation',
    'instances.reactivate',
    'suspended',
    ({ dependencies }) => reactivateInstance(dependencies, web),
    { chargedCents: null },
  ],
  [
    'a cancelled deletion',
    'instances.cancelDeletion',
    'pending_deletion',
    ({ dependencies }) => cancelDeletion(dependencies, web),
    { done: true },
  ],
];

describe.each(actions)('%s', (_what, endpoint, status, act, answer) => {
  it('is one request, however often it is clicked, and whatever becomes of its answer', async () => {
    const made = await started(status);
    made.client.answer(endpoint, answer);
    const release = made.client.hold(endpoint);
    const both = Promise.all([act(made), act(made)]);
    release();
    expect((await both).map((result) => (result.ok ? 'sent' : result.error.kind))).toEqual(['sent', 'busy']);
    expect(made.client.count(endpoint)).toBe(1);

    const other = await started(status);
    other.client.fail(endpoint, lost);
    expect(await act(other)).toMatchObject({ ok: true });
    expect(other.state()?.detail).toBe('The answer was lost. Checking whether it took effect.');
    await other.time.pass(3_600_000);
    expect(other.client.count(endpoint)).toBe(1);
  });

  it.each([unavailable, poor])('that was refused leaves no trace: %j', async (error) => {
    const made = await started(status);
    const before = made.web();
    made.client.fail(endpoint, error);
    expect(await act(made)).toEqual({ ok: false, error });
    await made.time.pass(10_000);
    expect(made.web()).toMatchObject({
      state: { word: before?.state.word, detail: before?.state.detail },
      isRebootPending: false,
    });
  });

  it('of what crashed when it ran is told from what was not built', async () => {
    const { state, shows } = await started('crashed');
    expect(state()).toMatchObject({ kind: 'failed', subkind: 'crashed' });
    await shows('error');
    expect(state()).toMatchObject({ kind: 'failed' });
    expect(state()).not.toHaveProperty('subkind');
  });

  it('is not asked of an instance that it makes no sense for', async () => {
    const made = await started('hibernated');
    expect(await act(made)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(made.client.calls).toEqual([]);
  });
});

describe('a deletion', () => {
  it('is over when the instance is neither listed nor found, and not before', async () => {
    const { client, dependencies, api, time, held, state, notices } = await started();
    client.answer('instances.delete', { refundCents: cents(667) });
    expect(await deleteInstance(dependencies, web, 'immediate')).toEqual({
      ok: true,
      value: { kind: 'dispatched', value: { refundCents: 667 } },
    });
    expect(state()).toMatchObject({ kind: 'deletion', word: 'Deleting' });
    await time.pass(20_000);
    expect(state()?.word).toBe('Deleting');
    api.records = [];
    await time.pass(30_000);
    expect(held()?.instances).toEqual([]);
    expect(notices).toMatchObject([{ kind: 'gone', title: 'web was deleted' }]);
  });

  it('that never shows is not confirmed, and the instance is as the API says', async () => {
    const { client, dependencies, time, state } = await started();
    client.answer('instances.delete', { refundCents: null });
    await deleteInstance(dependencies, web, 'immediate');
    await time.pass(180_000);
    expect(state()).toMatchObject({ kind: 'running', detail: 'Deletion not confirmed after 3 min.' });
  });

  it('at the end of the cycle is noted, until the API says otherwise', async () => {
    const { client, dependencies, shows, state, web: server, localChangesStore } = await started();
    client.answer('instances.delete', { refundCents: null });
    await deleteInstance(dependencies, web, 'end_of_cycle');
    expect(state()).toMatchObject({
      kind: 'deletion',
      word: 'Deletion scheduled',
      detail: expect.stringContaining('Scheduled from this app; Evorxa does not show it yet.') as string,
    });
    expect(server()?.lifecycle['cancel-deletion'].allowed).toBe(true);
    expect(localChangesStore.at(-1)?.get(web)?.deletion?.isShown).toBe(false);
    await shows('running', { isDeletionPending: true });
    expect(state()?.detail).toBe('Will be deleted on 14 Jun 2026.');
    // It was cancelled on the web.
    await shows('running');
    expect(state()?.word).toBe('Running');
    expect(localChangesStore.at(-1)?.size).toBe(0);
  });

  it('that was noted is forgotten when the instance is paid anew', async () => {
    const { client, dependencies, shows, state } = await started();
    client.answer('instances.delete', { refundCents: null });
    await deleteInstance(dependencies, web, 'end_of_cycle');
    await shows('running', { billedTillMs: Date.UTC(2026, 6, 14) });
    expect(state()?.word).toBe('Running');
  });

  it('is taken back when the list says so, and not before', async () => {
    const { client, dependencies, shows, state, time } = await started('running', {
      isDeletionPending: true,
    });
    client.answer('instances.cancelDeletion', { done: true });
    expect(await cancelDeletion(dependencies, web)).toMatchObject({ ok: true });
    await time.pass(30_000);
    expect(state()?.word).toBe('Canceling deletion');
    await shows('running', { isDeletionPending: false });
    expect(state()?.word).toBe('Running');
  });
});

describe('a lock', () => {
  it('keeps deletions and reinstalls from leaving', async () => {
    const { client, dependencies, lock } = await started();
    lock();
    const results = [
      await deleteInstance(dependencies, web, 'immediate'),
      await deleteInstance(dependencies, web, 'end_of_cycle'),
      await reinstallInstance(dependencies, reinstall),
    ];
    for (const result of results) expect(result).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(client.calls).toEqual([]);
  });
});

describe('a reinstall', () => {
  it('lasts until the instance runs after it was built', async () => {
    const { client, dependencies, shows, state, reinstalled } = await started();
    client.answer('instances.reinstall', { done: true });
    await reinstallInstance(dependencies, reinstall);
    expect(client.calls).toEqual([
      {
        id: 'instances.reinstall',
        input: { path: { id: 'web' }, body: { os_template_id: '112', os_name: 'Debian 12' } },
      },
    ]);
    expect(reinstalled).toEqual(['web']);
    await shows('running');
    expect(state()?.word).toBe('Reinstalling');
    await shows('provisioning');
    expect(state()?.word).toBe('Reinstalling');
    await shows('running');
    expect(state()).toMatchObject({ word: 'Running', detail: null });
  });

  it('that is stuck is not confirmed, and that failed is said', async () => {
    const stuck = await started();
    stuck.client.answer('instances.reinstall', { done: true });
    await reinstallInstance(stuck.dependencies, reinstall);
    await stuck.shows('provisioning');
    await stuck.time.pass(1_200_000);
    expect(stuck.state()).toMatchObject({
      word: 'Provisioning',
      detail: 'Reinstall not confirmed after 20 min. The console shows what it does.',
    });
    const failed = await started();
    failed.client.answer('instances.reinstall', { done: true });
    await reinstallInstance(failed.dependencies, reinstall);
    await failed.shows('build_failed');
    expect(failed.state()).toMatchObject({ kind: 'failed', word: 'Build failed' });
  });
});

describe('an upgrade', () => {
  it('with a reboot lasts until the plan is another', async () => {
    const { client, dependencies, shows, state, web: server } = await started();
    client.answer('instances.upgrade', { chargedCents: cents(700) });
    expect(await upgradeInstance(dependencies, upgrade(true))).toEqual({
      ok: true,
      value: { wasLost: false, chargedCents: 700 },
    });
    await shows('restarting');
    expect(state()?.word).toBe('Upgrading');
    await shows('running', { planSlug: 'scout-4' });
    expect(state()?.word).toBe('Running');
    expect(server()?.isRebootPending).toBe(false);
  });

  it('without one waits for a reboot, until one is seen', async () => {
    const { client, dependencies, shows, state, web: server } = await started();
    client.answer('instances.upgrade', { chargedCents: cents(700) });
    await upgradeInstance(dependencies, upgrade(false));
    await shows('running');
    expect(state()?.word).toBe('Running');
    expect(server()?.isRebootPending).toBe(true);
    await shows('restarting');
    expect(server()?.isRebootPending).toBe(true);
    await shows('running');
    expect(server()?.isRebootPending).toBe(false);
  });

  it('without one is over when the API says so, or a person does', async () => {
    const told = await started();
    told.client.answer('instances.upgrade', { chargedCents: null });
    await upgradeInstance(told.dependencies, upgrade(false));
    await told.shows('running', { isRebootPending: true });
    await told.shows('running');
    expect(told.web()?.isRebootPending).toBe(false);

    const said = await started();
    said.client.answer('instances.upgrade', { chargedCents: null });
    await upgradeInstance(said.dependencies, upgrade(false));
    said.monitor.note(web, 'rebooted');
    expect(said.web()?.isRebootPending).toBe(false);
  });

  it('of a stopped instance waits for nothing', async () => {
    const { client, dependencies, web: server } = await started('stopped');
    client.answer('instances.upgrade', { chargedCents: null });
    await upgradeInstance(dependencies, upgrade(false));
    expect(server()?.isRebootPending).toBe(false);
  });
});

describe('a reactivation', () => {
  it('lasts until the instance is suspended no more', async () => {
    const { client, dependencies, shows, state } = await started('suspended');
    client.answer('instances.reactivate', { chargedCents: cents(500) });
    expect(await reactivateInstance(dependencies, web)).toMatchObject({ value: { chargedCents: 500 } });
    await shows('suspended');
    expect(state()?.word).toBe('Reactivating');
    await shows('booting');
    expect(state()?.word).toBe('Starting');
  });
});

describe('a password reset', () => {
  it('gives the password once, and holds it for SSH and the console', async () => {
    const { client, dependencies } = await started();
    client.answer('instances.resetPassword', { secret: 'S3cret', answer: null });
    expect(await resetPassword(dependencies, web)).toEqual({
      ok: true,
      value: { user: 'root', password: 'S3cret', answer: null },
    });
    expect(dependencies.fresh.get(accountId, web)).toBe('S3cret');
    expect(client.count('instances.resetPassword')).toBe(1);
  });

  it('is for Administrator on Windows', async () => {
    const { client, dependencies } = await started('running', { osName: 'Windows Server 2022' });
    client.answer('instances.resetPassword', { secret: 'S3cret', answer: null });
    expect(await resetPassword(dependencies, web)).toMatchObject({ value: { user: 'Administrator' } });
  });

  it('whose answer was lost or holds no password leaves none that may be wrong', async () => {
    const { client, dependencies } = await started();
    dependencies.fresh.keep(accountId, web, 'old');
    client.fail('instances.resetPassword', lost);
    expect(await resetPassword(dependencies, web)).toEqual({ ok: false, error: lost });
    expect(dependencies.fresh.get(accountId, web)).toBeNull();
    dependencies.fresh.keep(accountId, web, 'old');
    client.answer('instances.resetPassword', { secret: null, answer: '{"x":1}' });
    expect(await resetPassword(dependencies, web)).toMatchObject({ value: { answer: '{"x":1}' } });
    expect(dependencies.fresh.get(accountId, web)).toBeNull();
  });
});

describe('the record', () => {
  const upgraded = (made: Started) => upgradeInstance(made.dependencies, upgrade(true));
  const reactivated = (made: Started) => reactivateInstance(made.dependencies, web);
  const canceled = (made: Started) => cancelDeletion(made.dependencies, web);
  const reset = (made: Started) => resetPassword(made.dependencies, web);
  const secret = 'fresh-4811-password';

  it.each([
    [
      'upgraded',
      'instances.upgrade',
      'running',
      upgraded,
      { chargedCents: cents(700) },
      '$7.00 was charged.',
    ],
    [
      'reactivated',
      'instances.reactivate',
      'suspended',
      reactivated,
      { chargedCents: cents(500) },
      '$5.00 was charged.',
    ],
    ['deletion-canceled', 'instances.cancelDeletion', 'pending_deletion', canceled, { done: true }, null],
    ['password-reset', 'instances.resetPassword', 'running', reset, { secret, answer: secret }, null],
  ] as const)(
    'has what was %s once, however it ended',
    async (kind, endpoint, status, act, answer, detail) => {
      const common = { kind, actor: 'person', instanceId: 'web', name: 'web' };
      const done = await started(status);
      done.client.answer(endpoint, answer);
      await act(done);
      expect(done.entries).toMatchObject([{ ...common, outcome: 'done', detail }]);
      expect(JSON.stringify(done.entries)).not.toContain(secret);
      const dropped = await started(status);
      dropped.client.fail(endpoint, lost);
      await act(dropped);
      expect(dropped.entries).toMatchObject([{ ...common, outcome: 'unknown' }]);
      const refused = await started(status);
      refused.client.fail(endpoint, poor);
      await act(refused);
      expect(refused.entries).toMatchObject([
        { ...common, outcome: 'refused', detail: 'The balance of $1.00 is too low for this.' },
      ]);
      const gone = await started('provisioning');
      await act(gone);
      expect(gone.client.calls).toEqual([]);
      expect(gone.entries).toEqual([]);
    },
  );
});
