import { describe, expect, it } from 'vitest';
import {
  cancelDeletion,
  deleteInstance,
  reactivateInstance,
  reinstallInstance,
  upgradeInstance,
} from '../../../main/instances/index.ts';
import type { EndpointId } from '../../../main/api/index.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { cents, unavailable } from '../monitor/builders.ts';
import { lost, poor, reinstall, started, upgrade, web, type Started } from './lifecycle-rig.ts';

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
    api.records = api.records.filter(({ id }) => id !== web);
    await time.pass(30_000);
    expect(held()?.instances.map(({ id }) => id)).toEqual(['other']);
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

  it('that was noted is forgotten when the instance is paid again', async () => {
    const { client, dependencies, shows, state } = await started();
    client.answer('instances.delete', { refundCents: null });
    await deleteInstance(dependencies, web, 'end_of_cycle');
    await shows('running', { billedTillMs: Date.UTC(2026, 6, 14) });
    expect(state()?.word).toBe('Running');
  });

  it.each([
    [{ done: true }, 'Running', 0],
    // The answer was lost: only the API can say that it was taken back.
    [lost, 'Deletion scheduled', 1],
  ])('that was noted here and is canceled here is noted no longer: %j', async (answer, word, notes) => {
    const { client, dependencies, state, time, localChangesStore } = await started();
    client.answer('instances.delete', { refundCents: null });
    await deleteInstance(dependencies, web, 'end_of_cycle');
    await time.pass(31_000);
    if ('kind' in answer) client.fail('instances.cancelDeletion', answer);
    else client.answer('instances.cancelDeletion', answer);
    expect(await cancelDeletion(dependencies, web)).toMatchObject({ ok: true });
    await time.pass(10 * 60_000);
    expect([state()?.word, localChangesStore.at(-1)?.size]).toEqual([word, notes]);
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
