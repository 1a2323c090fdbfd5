import { describe, expect, it } from 'vitest';
import {
  cancelDeletion,
  deleteInstance,
  powerInstance,
  reactivateInstance,
  reinstallInstance,
  upgradeInstance,
} from '../../../main/instances/index.ts';
import { resetPassword } from '../../../main/instances/reset-password.ts';
import type { EndpointId } from '../../../main/api/index.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { lost, poor, reinstall, started, upgrade, web, type Started } from './lifecycle-rig.ts';

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
      const early = await started('provisioning');
      await act(early);
      expect(early.client.calls).toEqual([]);
      expect(early.entries).toMatchObject([{ ...common, outcome: 'refused' }]);
    },
  );
});

describe('what leaves', () => {
  it.each<[string, EndpointId, string, object, (made: Started) => Promise<Result<unknown>>]>([
    [
      'a deletion',
      'instances.delete',
      'running',
      { path: { id: 'web' }, body: { mode: 'immediate' } },
      ({ dependencies }) => deleteInstance(dependencies, web, 'immediate'),
    ],
    [
      'a deletion at the end of the cycle',
      'instances.delete',
      'running',
      { path: { id: 'web' }, body: { mode: 'end_of_cycle' } },
      ({ dependencies }) => deleteInstance(dependencies, web, 'end_of_cycle'),
    ],
    [
      'a cancelled deletion',
      'instances.cancelDeletion',
      'pending_deletion',
      { path: { id: 'web' } },
      ({ dependencies }) => cancelDeletion(dependencies, web),
    ],
    [
      'an upgrade with a reboot',
      'instances.upgrade',
      'running',
      { path: { id: 'web' }, body: { package_id: '3', reboot: true } },
      ({ dependencies }) => upgradeInstance(dependencies, upgrade(true)),
    ],
    [
      'an upgrade without one',
      'instances.upgrade',
      'running',
      { path: { id: 'web' }, body: { package_id: '3', reboot: false } },
      ({ dependencies }) => upgradeInstance(dependencies, upgrade(false)),
    ],
    [
      'a reactivation',
      'instances.reactivate',
      'suspended',
      { path: { id: 'web' } },
      ({ dependencies }) => reactivateInstance(dependencies, web),
    ],
    [
      'a password reset',
      'instances.resetPassword',
      'running',
      { path: { id: 'web' } },
      ({ dependencies }) => resetPassword(dependencies, web),
    ],
  ])('for %s is one call with what was asked for', async (_what, id, status, input, act) => {
    const made = await started(status);
    await act(made);
    expect(made.client.calls).toEqual([{ id, input }]);
  });

  it('and whose answer is lost has no charge, and is not taken for done', async () => {
    const unknown = { ok: true, value: { wasLost: true, chargedCents: null } };
    const upgraded = await started();
    upgraded.client.fail('instances.upgrade', lost);
    expect(await upgradeInstance(upgraded.dependencies, upgrade(false))).toEqual(unknown);
    expect(upgraded.web()?.isRebootPending).toBe(false);
    const reactivated = await started('suspended');
    reactivated.client.fail('instances.reactivate', lost);
    expect(await reactivateInstance(reactivated.dependencies, web)).toEqual(unknown);
    const deleted = await started();
    deleted.client.fail('instances.delete', lost);
    expect(await deleteInstance(deleted.dependencies, web, 'end_of_cycle')).toEqual({
      ok: true,
      value: { kind: 'lost' },
    });
    expect(deleted.state()?.word).not.toBe('Deletion scheduled');
  });

  it('to reinstall has another system from then on, also where its answer was lost', async () => {
    const done = await started();
    done.client.answer('instances.reinstall', { done: true });
    expect(await reinstallInstance(done.dependencies, reinstall)).toEqual({
      ok: true,
      value: { kind: 'dispatched', value: undefined },
    });
    const dropped = await started();
    dropped.client.fail('instances.reinstall', lost);
    expect(await reinstallInstance(dropped.dependencies, reinstall)).toEqual({
      ok: true,
      value: { kind: 'lost' },
    });
    const refused = await started();
    refused.client.fail('instances.reinstall', poor);
    await reinstallInstance(refused.dependencies, reinstall);
    expect([done.reinstalled, dropped.reinstalled, refused.reinstalled]).toEqual([['web'], ['web'], []]);
  });
});

describe('why nothing leaves', () => {
  const nobody = instanceId('nobody');

  it('is that the instance is no longer there', async () => {
    const { dependencies, client } = await started();
    const gone = {
      ok: false,
      error: { kind: 'refused', message: 'This instance is no longer in the list.' },
    };
    expect(await deleteInstance(dependencies, nobody, 'immediate')).toEqual(gone);
    expect(await powerInstance(dependencies, nobody, 'boot')).toEqual(gone);
    expect(client.calls).toEqual([]);
  });

  it('is its lock, which is about what destroys and nothing else', async () => {
    const { dependencies, client, lock } = await started();
    client.answer('instances.upgrade', { chargedCents: null });
    lock();
    expect(await deleteInstance(dependencies, web, 'immediate')).toEqual({
      ok: false,
      error: { kind: 'refused', message: 'It is locked against deletion here. Remove the lock first.' },
    });
    expect(await upgradeInstance(dependencies, upgrade(true))).toMatchObject({ ok: true });
  });

  it('is what it does now, in the words that its controls have', async () => {
    const { dependencies, client, web: server } = await started();
    client.answer('instances.upgrade', { chargedCents: null });
    client.hold('instances.upgrade');
    void upgradeInstance(dependencies, upgrade(true));
    const choice = server()?.lifecycle.delete;
    if (choice === undefined || choice.allowed) throw new Error('It can be deleted.');
    expect(await deleteInstance(dependencies, web, 'immediate')).toEqual({
      ok: false,
      error: { kind: 'busy', message: choice.reason },
    });
  });
});

describe('a reset', () => {
  it('whose password cannot be held shows it all the same', async () => {
    const bug = new Error('bug');
    const reported: unknown[] = [];
    const { dependencies, client } = await started();
    client.answer('instances.resetPassword', { secret: 'S3cret', answer: null });
    const fresh = {
      keep: () => {
        throw bug;
      },
      forget: () => undefined,
    };
    const report = (cause: unknown) => void reported.push(cause);
    expect(await resetPassword({ ...dependencies, fresh, report }, web)).toEqual({
      ok: true,
      value: { user: 'root', password: 'S3cret', answer: null },
    });
    expect(reported).toEqual([bug]);
  });

  it('that was refused keeps the one before, which is still right', async () => {
    const { dependencies, client } = await started();
    dependencies.fresh.keep(accountId, web, 'old');
    client.fail('instances.resetPassword', poor);
    await resetPassword(dependencies, web);
    expect(dependencies.fresh.get(accountId, web)).toBe('old');
  });

  it.each([
    ['WINDOWS 11', 'Administrator'],
    [null, 'root'],
    ['Debian 12', 'root'],
  ])('is for who logs in to %s', async (osName, user) => {
    const { dependencies, client } = await started('running', { osName });
    client.answer('instances.resetPassword', { secret: 'S3cret', answer: null });
    expect(await resetPassword(dependencies, web)).toMatchObject({ value: { user } });
  });
});
