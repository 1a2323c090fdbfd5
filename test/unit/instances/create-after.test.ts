import { describe, expect, it } from 'vitest';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { CreatedInstance } from '../../../preload/contract/create.ts';
import { emptyDraft } from '../../../preload/contract/create.ts';
import { instance } from '../domain/samples.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { createRig, emptyDisk, listed, wanted } from './create-rig.ts';

const lost: ApiError = { kind: 'unknown-outcome', message: 'dropped' };
const poor: ApiError = { kind: 'insufficient-funds', message: '', balanceCents: cents(300) };
/** Longer than all looks after a lost answer take. */
const allLooksMs = 30_000;

describe('what follows a creation', () => {
  it('is a list with the new instance in it, and a ledger that is read again', async () => {
    const { creation, client, see, refreshes, payments, found } = createRig();
    client.answer('instances.create', () => {
      see([instance('old'), instance('new', 'transition')]);
      return { record: listed() };
    });
    await creation.send(wanted);
    expect([refreshes(), payments(), found]).toEqual([1, 1, []]);
  });

  it('looks for the instance where no list has it', async () => {
    const { creation, see, refreshes, payments, found } = createRig();
    see([instance('old')]);
    await creation.send(wanted);
    expect([refreshes(), payments(), found]).toEqual([2, 1, ['new']]);
  });

  it('is nothing where it was refused; what is missing is counted from the balance as it is', async () => {
    const { creation, client, refreshes, payments, kept } = createRig();
    client.fail('instances.create', { kind: 'offline', message: 'No network' });
    await creation.send(wanted);
    expect([refreshes(), payments()]).toEqual([0, 0]);
    client.fail('instances.create', poor);
    await creation.send(wanted);
    expect([refreshes(), payments(), kept.of(accountId).attempt]).toEqual([1, 0, null]);
  });

  it('leaves of the draft what the next one may have too, and no request to be told of funds', async () => {
    const { creation } = createRig();
    creation.saveDraft({ ...emptyDraft, cycle: 'yearly', name: 'web-1', hostname: 'web-1.example.com' });
    creation.tellWhenFunded(cents(1000));
    await creation.send(wanted);
    expect(creation.state()).toMatchObject({
      draft: { cycle: 'yearly', name: '', hostname: null },
      fundsWantedCents: null,
    });
  });

  it('keeps what the hundred newest were created with', async () => {
    const { creation, kept } = createRig();
    const made = Array.from({ length: 100 }, (_, at): CreatedInstance => ({
      instanceId: instanceId(`s-${at}`),
      osName: 'Debian 12',
      projectId: wanted.projectId,
    }));
    kept.update(accountId, { made });
    await creation.send(wanted);
    const ids = creation.state().made.map((server) => server.instanceId);
    expect([ids.length, ids[0], ids[98], ids[99]]).toEqual([100, 's-1', 's-99', 'new']);
  });

  it('is followed with what was paid and when it was asked for', async () => {
    const { creation, time } = createRig();
    const askedAtMs = time.now();
    await creation.send(wanted);
    expect(creation.state().builds).toEqual([
      { instanceId: 'new', paidCents: 1000, askedAtMs, runningAtMs: null, ssh: { kind: 'waiting' } },
    ]);
  });
});

describe('how a creation is shown', () => {
  it('is told at each step', async () => {
    const { creation, client, phases } = createRig();
    client.fail('instances.create', poor);
    await creation.send(wanted);
    creation.dismiss();
    creation.tellWhenFunded(cents(1000));
    expect(phases()).toEqual(['sending', 'refused', 'editing', 'editing']);
    creation.saveDraft({ ...emptyDraft, name: 'web-2' });
    expect(phases()).toHaveLength(5);
  });

  it('is said where it cannot be shown, and it is created all the same', async () => {
    const bug = new Error('bug');
    const reported: unknown[] = [];
    const { creation, told } = createRig(emptyDisk(), new FakeTime(), (cause) => reported.push(cause));
    Object.assign(told, {
      push: () => {
        throw bug;
      },
    });
    expect(await creation.send(wanted)).toMatchObject({ ok: true, value: { instanceId: 'new' } });
    expect(new Set(reported)).toEqual(new Set([bug]));
    expect(creation.state().step.phase).toBe('created');
  });

  it('says in words that one is under way', async () => {
    const { creation } = createRig();
    const [, second] = await Promise.all([creation.send(wanted), creation.send(wanted)]);
    expect(second).toEqual({
      ok: false,
      error: { kind: 'busy', message: 'An instance is being created in this account.' },
    });
  });

  it('is over once it was read', async () => {
    const { creation } = createRig();
    await creation.send(wanted);
    creation.dismiss();
    expect(creation.state().step).toEqual({ phase: 'editing' });
  });

  it('is not dismissed while it is being sent', async () => {
    const { creation, client } = createRig();
    client.hold('instances.create');
    void creation.send(wanted);
    await settle();
    creation.dismiss();
    expect(creation.state().step).toEqual({ phase: 'sending', name: 'web-1' });
  });
});

describe('the looks after a lost answer', () => {
  it('are at once, and after 3, 10 and 20 s: what shows late is still found', async () => {
    const { creation, client, time } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    await settle();
    const looks = () => client.count('instances.list') - 1;
    const seen: number[] = [looks()];
    for (const ms of [2_999, 1, 6_999, 1, 9_999]) {
      await time.pass(ms);
      seen.push(looks());
    }
    expect(seen).toEqual([1, 1, 2, 2, 3, 3]);
    expect(creation.state().step.phase).toBe('checking');
    await time.pass(1);
    expect([looks(), creation.state().step.phase]).toEqual([4, 'not-created']);
    await time.pass(3_600_000);
    expect(looks()).toBe(4);
  });

  it('end as soon as it is found', async () => {
    const { creation, client, time } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    client.answer('instances.list', [listed()]);
    await time.pass(3_000);
    const calls = client.calls.length;
    await time.pass(allLooksMs);
    expect([creation.state().step.phase, client.calls.length]).toEqual(['created', calls]);
  });

  it('are begun again only where they told nothing', async () => {
    const { creation, client, time } = createRig();
    creation.checkAgain();
    expect(client.calls).toEqual([]);
    client.fail('instances.create', lost);
    await creation.send(wanted);
    await settle();
    const calls = client.calls.length;
    creation.checkAgain();
    await settle();
    expect(client.calls.length).toBe(calls);
    await time.pass(allLooksMs);
    creation.checkAgain();
    expect(creation.state().step).toEqual({ phase: 'not-created', name: 'web-1' });
  });

  it('can be begun by hand where they told nothing, and then say that it was not created', async () => {
    const { creation, client, time, entries, kept } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    client.fail('instances.list', { kind: 'offline', message: 'No network' });
    await time.pass(allLooksMs);
    expect(creation.state().step).toEqual({ phase: 'not-known', name: 'web-1', reason: 'list-unread' });
    expect(kept.of(accountId).attempt).not.toBeNull();
    client.answer('instances.list', []);
    creation.checkAgain();
    expect(creation.state().step).toEqual({ phase: 'checking', name: 'web-1' });
    await time.pass(allLooksMs);
    expect([creation.state().step, kept.of(accountId).attempt]).toEqual([
      { phase: 'not-created', name: 'web-1' },
      null,
    ]);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['unknown', 'refused']);
  });

  it('of an earlier run begin with the first answer of the API, and not with each', async () => {
    const first = createRig();
    first.client.hold('instances.create');
    void first.creation.send(wanted);
    await settle();
    first.creation.stop();
    const later = createRig(first.disk, first.time);
    later.see([]);
    await settle();
    const calls = later.client.calls.length;
    later.see([]);
    await settle();
    expect([calls, later.client.calls.length]).toEqual([2, 2]);
  });

  it('are none where nothing was sent', async () => {
    const { client, see } = createRig();
    see([]);
    await settle();
    expect(client.calls).toEqual([]);
  });
});

describe('an account that is left', () => {
  it('while what is there is read sends nothing, and has nothing to look up', async () => {
    const { creation, client, disk, told } = createRig();
    client.hold('instances.list');
    const sending = creation.send(wanted);
    await settle();
    creation.stop();
    const before = told.length;
    expect(await sending).toEqual({ ok: false, error: { kind: 'aborted' } });
    expect([client.count('instances.create'), disk.journal.values.size, told.length]).toEqual([0, 0, before]);
  });

  it('while it is being sent does not take the request back, and is told nothing of it', async () => {
    const { creation, client, told, entries, kept, payments } = createRig();
    const release = client.hold('instances.create');
    const sending = creation.send(wanted);
    await settle();
    creation.stop();
    const before = told.length;
    release();
    expect(await sending).toEqual({ ok: false, error: { kind: 'aborted' } });
    expect([told.length, entries, payments()]).toEqual([before, [], 0]);
    // It is looked up when the account comes back.
    expect(kept.of(accountId).attempt).toMatchObject({ instance: { name: 'web-1' } });
  });

  it('between two looks leaves it for later', async () => {
    const { creation, client, entries, kept, time } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    await time.pass(5_000);
    creation.stop();
    const calls = client.calls.length;
    await time.pass(allLooksMs);
    expect([entries, client.calls.length]).toEqual([[], calls]);
    expect(kept.of(accountId).attempt).not.toBeNull();
    expect(creation.state().step.phase).toBe('checking');
  });

  it('follows its new instances no more', async () => {
    const { creation, see, answersAt, time } = createRig();
    await creation.send(wanted);
    see([instance('new')]);
    creation.stop();
    answersAt('203.0.113.9');
    await time.pass(600_000);
    expect(creation.state().builds[0]?.ssh).toEqual({ kind: 'waiting' });
  });
});

describe('an attempt on disk', () => {
  it('says what was there before it, and when it was asked for', async () => {
    const { creation, client, disk, time } = createRig();
    client.answer('instances.list', [listed('old')]);
    client.answer('wallet.transactions', [{ id: 't1', amountCents: -1000, instanceId: null }]);
    client.hold('instances.create');
    void creation.send(wanted);
    await settle();
    expect(disk.journal.get('creations')).toEqual({
      [accountId]: {
        server: wanted,
        before: { instanceIds: ['old'], debitIds: ['t1'] },
        askedAtMs: time.now(),
      },
    });
  });

  it('says so where list and ledger could not be read', async () => {
    const { creation, client, disk } = createRig();
    for (const id of ['instances.list', 'wallet.transactions'] as const)
      client.fail(id, { kind: 'offline', message: 'No network' });
    client.hold('instances.create');
    void creation.send(wanted);
    await settle();
    expect(disk.journal.get('creations')).toMatchObject({
      [accountId]: { before: { instanceIds: null, debitIds: null } },
    });
  });

  it('is named in the record by the account and the time at which it was asked for', async () => {
    const { creation, time, entries } = createRig();
    await creation.send({ ...wanted, name: 'web\u202e-1' });
    expect(entries).toMatchObject([{ key: `${accountId}/created/${time.now()}`, name: 'web -1' }]);
  });
});

describe('somebody who waits for funds', () => {
  const enough = { balanceCents: cents(1000), walletFreshness: { checkedAtMs: 0, error: null } };

  it('hears nothing where they changed their mind, or the balance is not known', async () => {
    const { creation, notices, see, time } = createRig();
    creation.tellWhenFunded(cents(1000));
    const since = { ...enough, walletFreshness: { checkedAtMs: time.now() + 1_000, error: null } };
    see([], { ...since, balanceCents: null });
    expect(creation.state().fundsWantedCents).toBe(1000);
    creation.tellWhenFunded(null);
    expect(creation.state().fundsWantedCents).toBeNull();
    see([], since);
    await settle();
    expect(notices).toEqual([]);
  });

  it('is told once the wallet was read after they asked, for what they waited', () => {
    const { creation, notices, see, time } = createRig();
    time.sleep(60_000);
    creation.tellWhenFunded(cents(1000));
    const askedAtMs = time.now();
    const readAt = (checkedAtMs: number) => ({
      ...enough,
      walletFreshness: { checkedAtMs, error: null },
    });
    see([], readAt(askedAtMs - 1));
    expect(notices).toEqual([]);
    time.sleep(5_000);
    see([], readAt(askedAtMs + 1));
    expect(notices).toMatchObject([{ kind: 'funded', atMs: askedAtMs + 5_000 }]);
  });
});
