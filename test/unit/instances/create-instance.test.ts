import { describe, expect, it } from 'vitest';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { TransactionId } from '../../../preload/contract/brands.ts';
import { emptyDraft } from '../../../preload/contract/create.ts';
import { instance } from '../domain/samples.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { settle } from '../monitor/fake-time.ts';
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
