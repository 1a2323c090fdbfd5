import { describe, expect, it, vi } from 'vitest';
import { createActivityLog, recordActivity } from '../../../main/activity/index.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { SshKeyId } from '../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { FakeStore } from '../accounts/fakes.ts';
import { accountId, instanceId, unavailable } from '../monitor/builders.ts';

const web = instanceId('web');
const done: Result<undefined> = ok(undefined);

function recording() {
  const kept: Activity[] = [];
  const power = vi.fn((): Result<undefined> => done);
  const send = vi.fn((): Result<undefined> => done);
  const generate = vi.fn((): Result<never> => fail({ kind: 'refused', message: 'no' }));
  const create = vi.fn((): Result<{ instanceId: string | null }> => ok({ instanceId: 'new' }));
  const remove = vi.fn((): Result<undefined> => done);
  // Only what is written down is called here.
  const handlers = {
    instances: { power, bulkPower: vi.fn() },
    create: { send: create, dismiss: vi.fn() },
    apiTokens: { mint: vi.fn(), revoke: vi.fn() },
    agent: { send, stopWaiting: vi.fn() },
    sshKeys: { add: vi.fn(), generate, remove, describe: vi.fn() },
    other: 'as it was',
  } as unknown as Parameters<typeof recordActivity>[0];
  let current: typeof accountId | null = accountId;
  const recorded = recordActivity(handlers, {
    log: {
      add: (id, entries) => {
        expect(id).toBe(accountId);
        kept.push(...entries);
      },
    },
    currentId: () => current,
    nameOf: (id) => (id === web ? 'web' : null),
    nowMs: () => 7,
    newKey: () => `key-${kept.length}`,
  });
  return { kept, power, create, send, generate, remove, recorded, signOut: () => (current = null) };
}

describe('what a person does', () => {
  it('is written down once it has ended, by what it was and how that went', async () => {
    const { kept, power, recorded } = recording();
    expect(await recorded.instances.power({ instanceId: web, action: 'restart' })).toEqual(done);
    power.mockReturnValue(fail(unavailable));
    expect(await recorded.instances.power({ instanceId: web, action: 'boot' })).toEqual(fail(unavailable));
    power.mockReturnValue(fail({ kind: 'unknown-outcome', message: 'Lost.' }));
    await recorded.instances.power({ instanceId: instanceId('gone'), action: 'poweroff' });
    const common = { instanceId: 'web', subject: 'web', atMs: 7 };
    expect(kept).toMatchObject([
      { ...common, key: 'key-0', kind: 'restart', outcome: 'done', detail: null },
      { ...common, kind: 'boot', outcome: 'failed', detail: expect.any(String) as string },
      { kind: 'poweroff', outcome: 'unknown', instanceId: 'gone', subject: null },
    ]);
  });

  it('is not written down where nothing was sent, nor where nobody is signed in', async () => {
    const { kept, power, recorded, signOut } = recording();
    power.mockReturnValue(fail({ kind: 'refused', message: 'It is running.' }));
    await recorded.instances.power({ instanceId: web, action: 'boot' });
    await recorded.sshKeys.generate({ name: 'laptop', passphrase: null });
    signOut();
    power.mockReturnValue(done);
    await recorded.instances.power({ instanceId: web, action: 'boot' });
    expect(kept).toEqual([]);
  });

  it('is written down without what was said', async () => {
    const { kept, recorded, remove } = recording();
    await recorded.agent.send({ instanceId: web, conversationId: null, message: 'the password is hunter2' });
    await recorded.sshKeys.remove({ keyId: '3' as SshKeyId });
    expect(remove).toHaveBeenCalledExactlyOnceWith({ keyId: '3' });
    expect(kept.map(({ kind }) => kind)).toEqual(['agent-asked', 'key-deleted']);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
  });

  it('is written down with the server that came of it, and as not known where its answer was lost', async () => {
    const { kept, create, recorded } = recording();
    // Only the name is read of what is to be created.
    const server = { name: 'shop', planSlug: 'scout-2' } as Parameters<typeof recorded.create.send>[0];
    await recorded.create.send(server);
    create.mockReturnValue(ok({ instanceId: null }));
    await recorded.create.send(server);
    expect(kept).toMatchObject([
      { kind: 'created', subject: 'shop', instanceId: 'new', outcome: 'done' },
      { kind: 'created', subject: 'shop', instanceId: null, outcome: 'unknown' },
    ]);
  });

  it('is kept by account, and what cannot be read is left out', () => {
    const store = new FakeStore();
    const options = { store, isInMemory: () => false, onChange: vi.fn() };
    const entry: Activity = {
      key: 'a',
      kind: 'boot',
      instanceId: web,
      subject: 'web',
      outcome: 'done',
      detail: null,
      atMs: 7,
    };
    createActivityLog(options).add(accountId, [entry]);
    expect(createActivityLog(options).of(accountId)).toEqual([entry]);
    store.set('activity', { [accountId]: [{ ...entry, kind: 'party' }, entry, 3], other: 'x' });
    expect(createActivityLog(options).of(accountId)).toEqual([entry]);
  });
});
