import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyHandlers } from '../../../../main/ipc/handlers/ssh-keys.ts';
import type { RunKeyJob } from '../../../../main/keys/index.ts';
import type { AccountWatches } from '../../../../main/monitor/index.ts';
import type { AccountId, SshKeyId } from '../../../../preload/contract/brands.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { recording } from '../../activity/recording.ts';
import { accountId } from '../../monitor/builders.ts';
import { FakeClient } from '../../monitor/fake-client.ts';

vi.mock('electron', () => ({}));

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh jane@laptop';
const key = { id: '3' as SshKeyId, name: 'laptop', publicKey, facts: null, createdAtMs: null };
const shown = [{ ...key, id: '2' as SshKeyId, name: 'older' }, key];
const noAccount = { ok: false, error: { kind: 'no-account' } };

let client: FakeClient;
beforeEach(() => {
  client = new FakeClient();
  client.answer('keys.list', []);
  client.answer('keys.create', { key });
  client.answer('keys.delete', { done: true });
});

/** The calls over one account whose page shows two keys, or none yet; with what was asked for, in order. */
function started({ isSignedIn = true, isShown = true, picked = null as string | null } = {}) {
  const events: unknown[] = [];
  const { entries, record } = recording();
  const known = (watched: unknown) => {
    expect(watched).toEqual({ kind: 'ssh-keys' });
    return isShown ? shown : null;
  };
  const watches = {
    refreshAfterCurrent: async (watched: unknown) => {
      await Promise.resolve();
      events.push(['read again', watched, client.calls.at(-1)?.id]);
    },
    known: known as unknown as AccountWatches['watches']['known'],
  };
  const account = { account: { id: accountId }, client, record, watches };
  const run = ((job: { readonly kind: string }) => {
    events.push(job);
    return Promise.resolve(
      job.kind === 'generate' ? ok({ path: '~/.ssh/laptop', publicKey }) : ok(`answer to ${job.kind}`),
    );
  }) as unknown as RunKeyJob;
  const handlers = createKeyHandlers({
    current: () => (isSignedIn ? account : null),
    sshSettings: { keysOf: (id: AccountId) => ({ [`${id}’s web`]: 'SHA256:abc' }) },
    run,
    pickFile: () => Promise.resolve(picked),
  });
  return { handlers, entries, events };
}

describe('a change of the account’s keys', () => {
  it('adds a key, and has the list read again before it answers', async () => {
    const { handlers, entries, events } = started();
    expect(await handlers.add({ name: 'laptop', publicKey })).toEqual(ok(key));
    expect(events).toEqual([['read again', { kind: 'ssh-keys' }, 'keys.create']]);
    expect(entries).toMatchObject([{ kind: 'key-added', name: 'laptop', outcome: 'done' }]);
  });

  it('makes one in the keys process and registers it', async () => {
    const { handlers, entries, events } = started();
    expect(await handlers.generate({ name: 'laptop', passphrase: 'pass' })).toEqual(
      ok({ path: '~/.ssh/laptop', publicKey, key, problem: null }),
    );
    expect(events).toEqual([
      { kind: 'generate', fileName: expect.any(String) as string, comment: 'laptop', passphrase: 'pass' },
      ['read again', { kind: 'ssh-keys' }, 'keys.create'],
    ]);
    expect(entries).toMatchObject([{ kind: 'key-made', name: 'laptop', outcome: 'done' }]);
  });

  it('removes the one that is named, and records the name that it had', async () => {
    const { handlers, entries, events } = started();
    expect(await handlers.remove({ keyId: '3' as SshKeyId })).toEqual(ok(undefined));
    expect(client.calls).toEqual([{ id: 'keys.delete', input: { path: { id: '3' } } }]);
    expect(entries).toMatchObject([{ kind: 'key-deleted', name: 'laptop', outcome: 'done' }]);
    expect(events).toEqual([['read again', { kind: 'ssh-keys' }, 'keys.delete']]);
  });

  it.each([
    ['a key that the list does not show', { isShown: true }, '9'],
    ['a key while no list is shown', { isShown: false }, '3'],
  ])('removes %s without a name', async (_which, options, keyId) => {
    const { handlers, entries } = started(options);
    expect(await handlers.remove({ keyId: keyId as SshKeyId })).toEqual(ok(undefined));
    expect(entries).toMatchObject([{ kind: 'key-deleted', name: null }]);
  });

  it('has the list read again also where it failed, and hands on why', async () => {
    const { handlers, events } = started();
    client.fail('keys.delete', { kind: 'offline', message: 'No network' });
    expect(await handlers.remove({ keyId: '3' as SshKeyId })).toMatchObject({ error: { kind: 'offline' } });
    expect(events).toHaveLength(1);
  });

  it('is asked of nobody where no account can be used', async () => {
    const { handlers, events, entries } = started({ isSignedIn: false });
    expect(await handlers.add({ name: 'laptop', publicKey })).toEqual(noAccount);
    expect(await handlers.generate({ name: 'laptop', passphrase: null })).toEqual(noAccount);
    expect(await handlers.remove({ keyId: '3' as SshKeyId })).toEqual(noAccount);
    expect([client.calls, events, entries]).toEqual([[], [], []]);
  });
});

describe('the keys on this machine', () => {
  it('are those that the keys process finds', async () => {
    const { handlers, events } = started();
    expect(await handlers.local(undefined)).toEqual(ok('answer to local'));
    expect(events).toEqual([{ kind: 'local' }]);
  });

  it('are read from the file that a person picks', async () => {
    const { handlers, events } = started({ picked: '/home/jane/key.pub' });
    expect(await handlers.pick(undefined)).toEqual(ok('answer to read'));
    expect(events).toEqual([{ kind: 'read', path: '/home/jane/key.pub' }]);
  });

  it('are not read where the person changes their mind', async () => {
    const { handlers, events } = started({ picked: null });
    expect(await handlers.pick(undefined)).toEqual(ok(null));
    expect(events).toEqual([]);
  });
});

it('describes a public key, and refuses what is none', async () => {
  const { handlers } = started();
  expect(await handlers.describe({ publicKey })).toMatchObject({
    ok: true,
    value: { comment: 'jane@laptop' },
  });
  expect(await handlers.describe({ publicKey: 'no key' })).toMatchObject(fail({ kind: 'refused' } as never));
});

it('says which keys opened the servers of the account that is shown', async () => {
  expect(await started().handlers.openedWith(undefined)).toEqual(ok({ 'account-1’s web': 'SHA256:abc' }));
  expect(await started({ isSignedIn: false }).handlers.openedWith(undefined)).toEqual(ok({}));
});
