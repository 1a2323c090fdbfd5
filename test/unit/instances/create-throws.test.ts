import { describe, expect, it } from 'vitest';
import type { EndpointId } from '../../../main/api/index.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { accountId } from '../monitor/builders.ts';
import { settle } from '../monitor/fake-time.ts';
import { createRig, listed, wanted } from './create-rig.ts';

const lost: ApiError = { kind: 'unknown-outcome', message: 'dropped' };
/** Longer than all looks after a lost answer take. */
const allLooksMs = 30_000;

describe('a creation whose code throws', () => {
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
