import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../../../preload/contract/create.ts';
import { accountId, cents } from '../monitor/builders.ts';
import { settle } from '../monitor/fake-time.ts';
import { diskFull } from '../storage/fakes.ts';
import { createRig, wanted } from './create-rig.ts';

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
    const attempt = { instance: wanted, before: { instanceIds: null, debitIds: null }, askedAtMs: 1 };
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
