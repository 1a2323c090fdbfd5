import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../main/api/index.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { TransactionId } from '../../../preload/contract/brands.ts';
import { emptyDraft } from '../../../preload/contract/create.ts';
import { instance } from '../domain/samples.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { settle } from '../monitor/fake-time.ts';
import { diskFull } from '../storage/fakes.ts';
import { createRig, listed, wanted } from './create-rig.ts';

const lost: ApiError = { kind: 'unknown-outcome', message: 'dropped' };
/** Longer than all looks after a lost answer take. */
const allLooksMs = 30_000;

describe('creating an instance', () => {
  it('is one request with the API’s names, and what names it leaves the draft', async () => {
    const { client, creation, phases, kept } = createRig();
    creation.saveDraft({ ...emptyDraft, cycle: 'yearly', name: 'web-1', hostname: 'web-1.example.com' });
    expect(await creation.send(wanted)).toEqual({ ok: true, value: { instanceId: 'new' } });
    expect(client.calls.filter(({ id }) => id === 'instances.create')).toEqual([
      {
        id: 'instances.create',
        input: {
          body: {
            name: 'web-1',
            hostname: 'web-1.server.evorxa.net',
            project_id: '1',
            package_id: '2',
            category: 'standard',
            os_template_id: '112',
            os_name: 'Debian 12',
            billing_cycle: 'monthly',
            ssh_key_ids: ['3'],
          },
        },
      },
    ]);
    expect(new Set(phases())).toEqual(new Set(['editing', 'sending', 'created']));
    expect(kept.of(accountId).attempt).toBeNull();
    expect(creation.state().draft).toEqual({ ...emptyDraft, cycle: 'yearly' });
  });

  it('shuts the door on a second click and on a second window', async () => {
    const { client, creation } = createRig();
    const ends = await Promise.all([creation.send(wanted), creation.send(wanted), creation.send(wanted)]);
    expect(ends.map((end) => (end.ok ? 'sent' : end.error.kind))).toEqual(['sent', 'busy', 'busy']);
    expect(client.count('instances.create')).toBe(1);
  });

  it('that is refused keeps the draft, and can be sent again', async () => {
    const { client, creation, refreshes } = createRig();
    const draft = { ...emptyDraft, name: 'web-1' };
    creation.saveDraft(draft);
    const error: ApiError = { kind: 'insufficient-funds', message: '', balanceCents: cents(300) };
    client.fail('instances.create', error);
    expect(await creation.send(wanted)).toEqual({ ok: false, error });
    expect(creation.state()).toMatchObject({ step: { phase: 'refused', error }, draft });
    expect(refreshes()).toBe(1);
    client.answer('instances.create', { record: listed() });
    expect(await creation.send(wanted)).toMatchObject({ ok: true });
  });

  it('whose answer cannot be read is found in the list', async () => {
    const { client, creation, time } = createRig();
    client.answer('instances.create', { record: null });
    expect(await creation.send(wanted)).toEqual({ ok: true, value: { instanceId: null } });
    await time.pass(allLooksMs);
    expect(creation.state().step).toMatchObject({ phase: 'not-known', reason: 'not-listed' });
    client.answer('instances.list', [listed()]);
    creation.checkAgain();
    await settle();
    expect(creation.state().step).toMatchObject({ phase: 'created', instanceId: 'new' });
  });
});

describe('a lost answer', () => {
  it('is looked up, never sent again: it was created', async () => {
    const { client, creation, time, phases } = createRig();
    client.fail('instances.create', lost);
    client.answer('instances.list', () => (client.count('instances.create') > 0 ? [listed()] : []));
    expect(await creation.send(wanted)).toEqual({ ok: true, value: { instanceId: null } });
    await settle();
    expect(creation.state().step).toEqual({
      phase: 'created',
      name: 'web-1',
      instanceId: 'new',
      wasLost: true,
    });
    await time.pass(allLooksMs);
    expect(phases().slice(0, 2)).toEqual(['sending', 'checking']);
    expect(client.count('instances.create')).toBe(1);
  });

  it('is found where the instance shows late', async () => {
    const { client, creation, time } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    await time.pass(15_000);
    expect(creation.state().step).toMatchObject({ phase: 'checking' });
    client.answer('instances.list', [listed('late')]);
    await time.pass(allLooksMs);
    expect(creation.state().step).toMatchObject({ phase: 'created', instanceId: 'late' });
  });

  it('locks the form until it is known that nothing was created', async () => {
    const { client, creation, time } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    expect(await creation.send(wanted)).toMatchObject({ error: { kind: 'busy' } });
    creation.dismiss();
    expect(creation.state().step).toMatchObject({ phase: 'checking' });
    await time.pass(allLooksMs);
    expect(creation.state().step).toEqual({ phase: 'not-created', name: 'web-1' });
    client.answer('instances.create', { record: listed() });
    expect(await creation.send(wanted)).toMatchObject({ ok: true });
    expect(client.count('instances.create')).toBe(2);
  });

  it('that left a payment and no instance stays locked until the person says otherwise', async () => {
    const { client, creation, time } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    client.answer('wallet.transactions', [
      { id: 't1' as TransactionId, amountCents: cents(-1000), instanceId: null },
    ]);
    await time.pass(allLooksMs);
    expect(creation.state().step).toEqual({ phase: 'not-known', name: 'web-1', reason: 'charged' });
    expect(await creation.send(wanted)).toMatchObject({ error: { kind: 'busy' } });
    creation.dismiss();
    expect(creation.state().step).toEqual({ phase: 'editing' });
  });

  it('is looked up by the next run, where the app ended in the middle', async () => {
    const first = createRig();
    first.client.hold('instances.create');
    void first.creation.send(wanted);
    await settle();
    first.creation.stop();

    const later = createRig(first.disk, first.time);
    expect(later.creation.state().step).toEqual({ phase: 'checking', name: 'web-1' });
    expect(await later.creation.send(wanted)).toMatchObject({ error: { kind: 'busy' } });
    later.see([], { apiStatus: 'offline' });
    expect(later.client.calls).toEqual([]);
    later.client.answer('instances.list', [listed()]);
    later.see([]);
    await settle();
    expect(later.creation.state().step).toMatchObject({ phase: 'created', wasLost: true });
    expect(later.client.count('instances.create')).toBe(0);
  });
});

describe('when code throws', () => {
  const bug = new Error('bug');
  const throwAtOnce = (): never => {
    throw bug;
  };
  const throwLater = (): Promise<never> => Promise.reject(bug);
  const ways = [
    ['at once', throwAtOnce],
    ['later', throwLater],
  ] as const;

  /** A rig in which an endpoint throws until it is mended. */
  function broken(id: EndpointId, throws: () => Promise<never>) {
    const reported: unknown[] = [];
    const rig = createRig(undefined, undefined, (cause) => reported.push(cause));
    const { client } = rig;
    const { request } = client;
    let isBroken = true;
    let thrown = 0;
    Object.assign(client, {
      request: (asked: EndpointId, ...rest: [never]) => {
        if (!isBroken || asked !== id) return request(asked, ...rest);
        thrown += 1;
        return throws();
      },
    });
    return { ...rig, reported, mend: () => (isBroken = false), thrown: () => thrown };
  }

  it.each(ways)('as it is sent, %s, it is looked up and not sent again', async (_when, throws) => {
    const { creation, time, kept, reported, mend, thrown, client } = broken('instances.create', throws);
    expect(await creation.send(wanted)).toEqual({ ok: true, value: { instanceId: null } });
    expect(creation.state().step).toEqual({ phase: 'checking', name: 'web-1' });
    expect(kept.of(accountId).attempt).not.toBeNull();
    expect(await creation.send(wanted)).toMatchObject({ error: { kind: 'busy' } });
    await time.pass(allLooksMs);
    expect(creation.state().step).toEqual({ phase: 'not-created', name: 'web-1' });
    expect([reported, thrown()]).toEqual([[bug], 1]);
    mend();
    expect(await creation.send(wanted)).toMatchObject({ ok: true, value: { instanceId: 'new' } });
    expect(client.count('instances.create')).toBe(1);
  });

  it.each(ways)('before it is sent, %s, nothing left, and the next one is sent', async (_when, throws) => {
    const { creation, kept, reported, mend, client } = broken('wallet.transactions', throws);
    expect(await creation.send(wanted)).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(creation.state().step).toMatchObject({ phase: 'refused', error: { kind: 'internal' } });
    expect([kept.of(accountId).attempt, client.count('instances.create')]).toEqual([null, 0]);
    expect(reported).toEqual([bug]);
    mend();
    expect(await creation.send(wanted)).toMatchObject({ ok: true, value: { instanceId: 'new' } });
  });

  it.each(ways)(
    'as it is written down, %s, nothing left, and the next one is sent',
    async (_when, throws) => {
      const reported: unknown[] = [];
      const { creation, disk, client, kept, entries } = createRig(undefined, undefined, (cause) =>
        reported.push(cause),
      );
      Object.assign(disk.journal, { write: throws });
      expect(await creation.send(wanted)).toMatchObject({ ok: false, error: { kind: 'internal' } });
      expect(creation.state().step.phase).toBe('refused');
      expect([client.count('instances.create'), kept.of(accountId).attempt, entries]).toEqual([0, null, []]);
      expect(reported).toEqual([bug]);
      Reflect.deleteProperty(disk.journal, 'write');
      expect(await creation.send(wanted)).toMatchObject({ ok: true });
      expect(client.count('instances.create')).toBe(1);
    },
  );

  it.each(ways)('as it is looked up, %s, it is not known, and is looked up again', async (_when, throws) => {
    const rig = broken('instances.list', throws);
    rig.mend();
    rig.client.fail('instances.create', lost);
    const { request } = rig.client;
    await rig.creation.send(wanted);
    Object.assign(rig.client, { request: throws });
    await rig.time.pass(allLooksMs);
    expect(rig.creation.state().step).toEqual({
      phase: 'not-known',
      name: 'web-1',
      reason: 'list-unread',
    });
    Object.assign(rig.client, { request });
    rig.client.answer('instances.list', [listed()]);
    rig.creation.checkAgain();
    await settle();
    expect(rig.creation.state().step).toMatchObject({ phase: 'created', instanceId: 'new' });
    expect(rig.client.count('instances.create')).toBe(1);
  });

  it('after it was created, it is created', async () => {
    const { creation, disk, client, kept } = createRig(undefined, undefined, () => undefined);
    client.answer('instances.create', () => {
      Object.assign(disk.files.of(accountId), { set: throwAtOnce });
      return { record: listed() };
    });
    expect(await creation.send(wanted)).toEqual({ ok: true, value: { instanceId: 'new' } });
    expect(creation.state().step).toMatchObject({ phase: 'created', instanceId: 'new', wasLost: false });
    expect(kept.of(accountId).made).toHaveLength(1);
  });
});

describe('a creation and the journal', () => {
  it('does not leave before it is on the disk', async () => {
    const { client, creation, disk } = createRig();
    let letGo = (): void => undefined;
    disk.journal.gate = new Promise((resolve) => (letGo = resolve));
    const sending = creation.send(wanted);
    await settle();
    expect(client.count('instances.create')).toBe(0);
    expect(creation.state().step).toEqual({ phase: 'sending', name: 'web-1' });
    letGo();
    expect(await sending).toMatchObject({ ok: true });
    expect(client.count('instances.create')).toBe(1);
  });

  it('is not sent where it cannot be written down, says so, and can be sent once it can', async () => {
    const { client, creation, disk, entries } = createRig();
    disk.journal.fault = diskFull;
    expect(await creation.send(wanted)).toEqual({ ok: false, error: diskFull });
    expect(client.count('instances.create')).toBe(0);
    expect(creation.state().step).toEqual({ phase: 'refused', error: diskFull });
    // Nothing was done, so nothing is recorded.
    expect(entries).toEqual([]);
    expect(createRig(disk).creation.state().step).toEqual({ phase: 'editing' });
    disk.journal.fault = null;
    expect(await creation.send(wanted)).toMatchObject({ ok: true });
  });

  it('is not sent where the account was left while it was written down, and is not looked up later', async () => {
    const { client, creation, disk } = createRig();
    let letGo = (): void => undefined;
    disk.journal.gate = new Promise((resolve) => (letGo = resolve));
    const sending = creation.send(wanted);
    await settle();
    creation.stop();
    letGo();
    expect(await sending).toEqual({ ok: false, error: { kind: 'aborted' } });
    await settle();
    expect(client.count('instances.create')).toBe(0);
    expect(disk.journal.get('creations')).toEqual({});
  });

  it('is in it while its end is not known, and no longer after', async () => {
    const { client, creation, disk } = createRig();
    client.hold('instances.create');
    void creation.send(wanted);
    await settle();
    expect(disk.journal.get('creations')).toMatchObject({ [accountId]: { server: { name: 'web-1' } } });
    const second = createRig();
    await second.creation.send(wanted);
    await settle();
    expect(second.disk.journal.get('creations')).toEqual({});
  });

  it('of the demo needs no disk', async () => {
    const { kept, disk } = createRig();
    disk.journal.fault = diskFull;
    const demo = 'demo' as typeof accountId;
    const attempt = { server: wanted, before: { instanceIds: null, debitIds: null }, askedAtMs: 1 };
    expect(await kept.begin(demo, attempt)).toEqual({ ok: true, value: undefined });
    expect(kept.of(demo).attempt).toEqual(attempt);
    kept.end(demo);
    await settle();
    expect(disk.journal.values.size).toBe(0);
  });
});

describe('what outlives the app', () => {
  it('is the draft and the request to be told, and no key that is not an id', () => {
    const { creation, disk, time } = createRig();
    creation.saveDraft({ ...emptyDraft, name: 'web-1', sshKeyIds: wanted.sshKeyIds });
    creation.tellWhenFunded(cents(1000));
    expect(createRig(disk, time).creation.state()).toMatchObject({
      draft: { name: 'web-1', sshKeyIds: ['3'] },
      fundsWantedCents: 1000,
      step: { phase: 'editing' },
    });
  });

  it('has what an instance was created with, also after a restart: the API may not say', async () => {
    const { creation, disk } = createRig();
    await creation.send(wanted);
    const made = [{ instanceId: 'new', osName: 'Debian 12', projectId: '1' }];
    expect(creation.state().made).toEqual(made);
    expect(createRig(disk).creation.state().made).toEqual(made);
  });

  it('of a version that did not keep that is read all the same', () => {
    const { kept, disk } = createRig();
    kept.update(accountId, { draft: { ...emptyDraft, name: 'web-1' } });
    const { draft, funds } = kept.of(accountId);
    disk.files.of(accountId).set('creation', { draft, funds });
    expect(createRig(disk).creation.state()).toMatchObject({ draft: { name: 'web-1' }, made: [] });
  });

  it('is nothing where it cannot be read, and goes with its account', () => {
    const { kept, disk } = createRig();
    kept.update(accountId, { draft: { ...emptyDraft, name: 'web-1' } });
    kept.forgetAccount(accountId);
    expect(disk.files.content()).toEqual({});
    disk.files.of(accountId).set('creation', { draft: 7 });
    expect(createRig(disk).creation.state().draft).toEqual(emptyDraft);
  });
});

describe('the request to be told', () => {
  it('is fulfilled once, and sends nothing', () => {
    const { creation, client, notices, see, time } = createRig();
    creation.tellWhenFunded(cents(1000));
    time.sleep(1_000);
    const freshness = { checkedAtMs: time.now(), error: null };
    see([], { balanceCents: cents(900), walletFreshness: freshness });
    expect(notices).toEqual([]);
    see([], { balanceCents: cents(1000), walletFreshness: freshness });
    see([], { balanceCents: cents(2000), walletFreshness: freshness });
    expect(notices.map(({ kind }) => kind)).toEqual(['funded']);
    expect(creation.state().fundsWantedCents).toBeNull();
    expect(client.calls).toEqual([]);
  });
});

describe('a new instance', () => {
  const id = instanceId('new');
  const building = instance('new', 'transition');
  const running = instance('new');

  it('is followed from the payment to its answer on SSH', async () => {
    const { creation, see, time, answersAt } = createRig();
    await creation.send(wanted);
    see([building]);
    expect(creation.state().builds).toMatchObject([{ instanceId: id, runningAtMs: null }]);
    see([running]);
    await time.pass(6_000);
    expect(creation.state().builds[0]).toMatchObject({ ssh: { kind: 'waiting' } });
    answersAt('203.0.113.9');
    await time.pass(6_000);
    expect(creation.state().builds[0]).toMatchObject({
      paidCents: 1000,
      ssh: { kind: 'answers', address: '203.0.113.9' },
    });
  });

  it('that does not answer in time is silent, not failed, and can be tried again', async () => {
    const { creation, see, time, answersAt } = createRig();
    await creation.send(wanted);
    see([running]);
    await time.pass(100_000);
    expect(creation.state().builds[0]?.ssh.kind).toBe('silent');
    answersAt('203.0.113.9');
    creation.tryShell(id);
    await time.pass(0);
    expect(creation.state().builds[0]?.ssh.kind).toBe('answers');
  });
});

describe('the record of a creation', () => {
  const common = { kind: 'created', actor: 'person', name: 'web-1' };

  it('has the new instance, and why one was refused', async () => {
    const { client, creation, entries } = createRig();
    client.fail('instances.create', { kind: 'insufficient-funds', message: '', balanceCents: cents(300) });
    await creation.send(wanted);
    client.answer('instances.create', { record: listed() });
    await creation.send(wanted);
    expect(entries).toMatchObject([
      {
        ...{ ...common, instanceId: null, outcome: 'refused' },
        detail: 'The balance of $3.00 is too low for this.',
      },
      { ...common, instanceId: 'new', outcome: 'done' },
    ]);
  });

  it('is written when a lost answer has been looked up', async () => {
    const { client, creation, time, entries } = createRig();
    client.fail('instances.create', lost);
    await creation.send(wanted);
    expect(entries).toEqual([]);
    await time.pass(allLooksMs);
    expect(entries).toMatchObject([
      { ...common, instanceId: null, outcome: 'refused', detail: 'Evorxa has not created it.' },
    ]);
  });

  it('takes the end that is found later, under the same key', async () => {
    const { client, creation, time, entries } = createRig();
    client.answer('instances.create', { record: null });
    await creation.send(wanted);
    await time.pass(allLooksMs);
    expect(entries).toMatchObject([{ ...common, outcome: 'unknown' }]);
    client.answer('instances.list', [listed()]);
    creation.checkAgain();
    await settle();
    expect(entries.slice(1)).toMatchObject([{ ...common, instanceId: 'new', outcome: 'done' }]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(1);
  });
});
