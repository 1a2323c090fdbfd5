import { beforeEach, describe, expect, it } from 'vitest';
import type { Recorder } from '../../../main/activity/index.ts';
import { addKey } from '../../../main/keys/add-key.ts';
import { generateAndAddKey } from '../../../main/keys/generate-key.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import type { RunKeyJob } from '../../../main/keys/index.ts';
import { readPublicKey } from '../../../main/api/index.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { SshKeyId } from '../../../preload/contract/brands.ts';
import type { SshKey } from '../../../preload/contract/keys.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { recording } from '../activity/recording.ts';
import { FakeClient } from '../monitor/fake-client.ts';

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh jane@laptop';
const key: SshKey = {
  id: '3' as SshKeyId,
  name: 'laptop',
  publicKey,
  facts: readPublicKey(publicKey),
  createdAtMs: null,
};
const request = { name: 'laptop', publicKey: `${publicKey}\n` };

let client: FakeClient;
let entries: readonly Activity[];
let record: Recorder;
beforeEach(() => {
  ({ entries, record } = recording());
  client = new FakeClient();
  client.answer('keys.list', []);
  client.answer('keys.create', { key });
  client.answer('keys.delete', { done: true });
});

describe('adding a key', () => {
  it('sends it once, as one line', async () => {
    expect(await addKey({ client, record }, request)).toEqual(ok(key));
    expect(client.calls.at(-1)).toEqual({
      id: 'keys.create',
      input: { body: { name: 'laptop', public_key: publicKey } },
    });
    expect(client.count('keys.create')).toBe(1);
  });

  it('refuses one that the account has, and what is no key, before it sends', async () => {
    client.answer('keys.list', [{ ...key, name: 'an older name' }]);
    expect(await addKey({ client, record }, request)).toMatchObject({
      error: { kind: 'refused', message: 'This key is already registered as “an older name”.' },
    });
    expect(await addKey({ client, record }, { name: 'x', publicKey: 'words' })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(client.count('keys.create')).toBe(0);
  });

  it('goes on where the list cannot be read', async () => {
    client.fail('keys.list', { kind: 'forbidden', ability: 'instances:read', message: 'No.' });
    expect(await addKey({ client, record }, request)).toEqual(ok(key));
  });

  it('looks whether it is there when its answer was lost, and never sends it again', async () => {
    client.fail('keys.create', { kind: 'unknown-outcome', message: 'lost' });
    client.answer('keys.list', () => (client.count('keys.create') === 0 ? [] : [key]));
    expect(await addKey({ client, record }, request)).toEqual(ok(key));
    client.answer('keys.list', []);
    expect(await addKey({ client, record }, request)).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(client.count('keys.create')).toBe(2);
  });

  it('looks for it when its answer does not show it', async () => {
    client.answer('keys.create', { key: null });
    expect(await addKey({ client, record }, request)).toMatchObject({ error: { kind: 'unknown-outcome' } });
    client.answer('keys.list', () => (client.count('keys.create') === 1 ? [] : [key]));
    expect(await addKey({ client, record }, request)).toEqual(ok(key));
  });
});

describe('making a key', () => {
  const run = (() => Promise.resolve(ok({ path: '~/.ssh/laptop', publicKey }))) as unknown as RunKeyJob;

  it('registers what was written', async () => {
    expect(await generateAndAddKey({ client, record, run }, { name: 'laptop', passphrase: null })).toEqual(
      ok({ path: '~/.ssh/laptop', publicKey, key, problem: null }),
    );
  });

  it('says where it is when it could not be registered', async () => {
    const problem = { kind: 'forbidden', ability: 'instances:write', message: 'No.' } as const;
    client.fail('keys.create', problem);
    expect(await generateAndAddKey({ client, record, run }, { name: 'laptop', passphrase: null })).toEqual(
      ok({ path: '~/.ssh/laptop', publicKey, key: null, problem }),
    );
  });

  it('registers nothing where nothing was written', async () => {
    const refused = fail({ kind: 'refused', message: 'There is a file.' });
    const result = await generateAndAddKey(
      { client, record, run: (() => Promise.resolve(refused)) as unknown as RunKeyJob },
      { name: 'laptop', passphrase: null },
    );
    expect(result).toEqual(refused);
    expect(client.calls).toEqual([]);
  });
});

describe('deleting a key', () => {
  it('is done when it is gone already', async () => {
    client.fail('keys.delete', { kind: 'not-found', message: 'Gone.' });
    expect(await removeKey({ client, record }, { id: key.id, name: 'laptop' })).toEqual(ok(undefined));
    client.fail('keys.delete', { kind: 'unavailable', status: 500, message: 'No.' });
    expect(await removeKey({ client, record }, { id: key.id, name: 'laptop' })).toMatchObject({ ok: false });
    expect(client.count('keys.delete')).toBe(2);
  });
});

describe('the record of keys', () => {
  const run = (() => Promise.resolve(ok({ path: '~/.ssh/laptop', publicKey }))) as unknown as RunKeyJob;
  const problem = { kind: 'forbidden', ability: 'instances:write', message: 'No.' } as const;

  it('has each once by its name: one that was added, made, and deleted', async () => {
    await addKey({ client, record }, request);
    await generateAndAddKey({ client, record, run }, { name: 'desk', passphrase: 'hush-hush' });
    await removeKey({ client, record }, { id: key.id, name: 'laptop' });
    expect(entries).toMatchObject([
      { kind: 'key-added', name: 'laptop', instanceId: null, outcome: 'done' },
      { kind: 'key-made', name: 'desk', outcome: 'done' },
      { kind: 'key-deleted', name: 'laptop', outcome: 'done' },
    ]);
    expect(entries).toHaveLength(3);
    expect(JSON.stringify(entries)).not.toMatch(/hush-hush|AAAAC3/);
  });

  it('has why one was refused, also before it was sent', async () => {
    client.fail('keys.create', problem);
    await addKey({ client, record }, request);
    await generateAndAddKey({ client, record, run }, { name: 'desk', passphrase: null });
    client.fail('keys.delete', { kind: 'unknown-outcome', message: 'lost' });
    await removeKey({ client, record }, { id: key.id, name: null });
    const detail = 'The token lacks the ability instances:write.';
    expect(entries).toMatchObject([
      { kind: 'key-added', name: 'laptop', outcome: 'refused', detail },
      { kind: 'key-made', name: 'desk', outcome: 'refused', detail },
      { kind: 'key-deleted', name: null, outcome: 'unknown' },
    ]);
    client.answer('keys.list', [key]);
    await addKey({ client, record }, request);
    expect(entries.slice(3)).toMatchObject([
      { kind: 'key-added', outcome: 'refused', detail: 'This key is already registered as “laptop”.' },
    ]);
  });
});
