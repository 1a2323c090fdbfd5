import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnToken } from '../../../main/accounts/index.ts';
import type { Recorder } from '../../../main/activity/index.ts';
import { mintToken } from '../../../main/tokens/mint-token.ts';
import { revokeToken } from '../../../main/tokens/revoke-token.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { ApiTokenId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';
import { recording } from '../activity/recording.ts';
import { FakeClient } from '../monitor/fake-client.ts';

const id = (text: string): ApiTokenId => text as ApiTokenId;
let client: FakeClient;
let entries: readonly Activity[];
let record: Recorder;
beforeEach(() => {
  ({ entries, record } = recording());
  client = new FakeClient();
  client.answer('tokens.create', { secret: '9|secret', answer: null });
  client.answer('tokens.delete', { done: true });
});

describe('making a token', () => {
  const request = { name: 'CI', abilities: ['instances:read'] };

  it('says what it may do, and hands its secret on', async () => {
    expect(await mintToken({ client, record }, request)).toEqual(ok({ secret: '9|secret', answer: null }));
    expect(client.calls).toEqual([{ id: 'tokens.create', input: { body: request } }]);
  });

  it('hands the whole answer on where the secret is not known in it', async () => {
    const revealed = { secret: null, answer: '{"plain":"9|secret"}' };
    client.answer('tokens.create', revealed);
    expect(await mintToken({ client, record }, request)).toEqual(ok(revealed));
  });

  it('is not tried again where the answer, and the secret with it, was lost', async () => {
    client.fail('tokens.create', { kind: 'unknown-outcome', message: 'lost' });
    expect(await mintToken({ client, record }, request)).toMatchObject({
      error: {
        kind: 'refused',
        message: expect.stringContaining('revoke it and create another one') as string,
      },
    });
    client.fail('tokens.create', { kind: 'forbidden', ability: '*', message: 'No.' });
    expect(await mintToken({ client, record }, request)).toMatchObject({ error: { kind: 'forbidden' } });
    expect(client.count('tokens.create')).toBe(2);
  });
});

describe('revoking a token', () => {
  const forget = vi.fn<OwnToken['forget']>();
  const own = [{ id: id('7'), forget }];
  let openChanges: readonly string[] = [];
  beforeEach(() => {
    forget.mockReset().mockResolvedValue(ok({ left: [] }));
  });
  const revoke = (tokenId: string, ownToo = false) =>
    revokeToken({ client, record, own, openChanges }, { tokenId: id(tokenId), ownToo, name: 'CI' });

  it('is done when it is gone already', async () => {
    expect(await revoke('9')).toEqual(ok({ left: [] }));
    client.fail('tokens.delete', { kind: 'not-found', message: 'Gone.' });
    expect(await revoke('9')).toEqual(ok({ left: [] }));
    expect(forget).not.toHaveBeenCalled();
  });

  it('refuses the app’s own, unless it is meant: then the app lets go of it', async () => {
    expect(await revoke('7')).toMatchObject({ error: { kind: 'refused' } });
    expect(client.calls).toEqual([]);
    forget.mockResolvedValue(ok({ left: ['token'] }));
    expect(await revoke('7', true)).toEqual(ok({ left: ['token'] }));
    expect(forget).toHaveBeenCalledOnce();
  });

  it('refuses the app’s own while a firewall’s change waits to be confirmed: nobody could take it back', async () => {
    openChanges = ['203.0.113.42'];
    expect(await revoke('7', true)).toMatchObject({
      error: { kind: 'refused', message: expect.stringContaining('203.0.113.42 waits') as string },
    });
    expect(client.calls).toEqual([]);
    expect(await revoke('9')).toMatchObject({ ok: true });
    openChanges = [];
  });

  it('lets go of nothing that was not revoked', async () => {
    client.fail('tokens.delete', { kind: 'unknown-outcome', message: 'lost' });
    expect(await revoke('7', true)).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(forget).not.toHaveBeenCalled();
  });

  it('takes no token without an id for the app’s own', async () => {
    const nameless = [{ id: null, forget }];
    expect(
      await revokeToken(
        { client, record, own: nameless, openChanges: [] },
        { tokenId: id('9'), ownToo: false, name: null },
      ),
    ).toEqual(ok({ left: [] }));
  });
});

describe('the record of tokens', () => {
  const request = { name: 'CI', abilities: ['instances:read'] };
  const revoked = { tokenId: id('9'), ownToo: false, name: 'CI' };

  it('has each once by its name, and no secret', async () => {
    await mintToken({ client, record }, request);
    await revokeToken({ client, record, own: [], openChanges: [] }, revoked);
    expect(entries).toMatchObject([
      { kind: 'token-made', name: 'CI', instanceId: null, outcome: 'done' },
      { kind: 'token-revoked', name: 'CI', outcome: 'done' },
    ]);
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain('9|secret');
  });

  it('has one whose answer was lost as not known, and nothing of what was not sent', async () => {
    client.fail('tokens.create', { kind: 'unknown-outcome', message: 'lost' });
    await mintToken({ client, record }, request);
    client.fail('tokens.delete', { kind: 'forbidden', ability: '*', message: 'No.' });
    await revokeToken({ client, record, own: [], openChanges: [] }, revoked);
    expect(entries).toMatchObject([
      { kind: 'token-made', outcome: 'unknown' },
      { kind: 'token-revoked', outcome: 'refused', detail: 'This requires a token with full access.' },
    ]);
    const own = [{ id: id('9'), forget: () => Promise.resolve(ok({ left: [] })) }];
    await revokeToken({ client, record, own, openChanges: [] }, revoked);
    expect(entries).toHaveLength(2);
  });
});
