import { expect, it, vi } from 'vitest';
import { createTokenHandlers } from '../../../../main/ipc/handlers/api-tokens.ts';
import type { AccountWatches } from '../../../../main/monitor/index.ts';
import type { ApiTokenId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { recording } from '../../activity/recording.ts';
import { FakeClient } from '../../monitor/fake-client.ts';

it('the list of tokens is read again after each change, and not waited for', async () => {
  const client = new FakeClient();
  client.answer('tokens.create', { secret: '9|secret', answer: null });
  client.answer('tokens.delete', { done: true });
  const refreshAfterCurrent = vi.fn(() => new Promise<void>(() => undefined));
  const { entries, record } = recording();
  const shown = [
    { id: '9' as ApiTokenId, name: 'CI', abilities: ['*'], lastUsedAtMs: null, createdAtMs: null },
  ];
  const known = (() => shown) as unknown as AccountWatches['watches']['known'];
  const copied: string[] = [];
  const handlers = createTokenHandlers({
    current: () => ({ client, record, watches: { refreshAfterCurrent, known } }),
    own: () => [],
    openChanges: () => [],
    copySecret: (secret) => copied.push(secret),
  });
  expect(await handlers.mint({ name: 'CI', abilities: ['*'] })).toMatchObject({ ok: true });
  expect(await handlers.revoke({ tokenId: '9' as ApiTokenId, ownToo: false })).toEqual(ok({ left: [] }));
  expect(entries).toMatchObject([{ kind: 'token-made' }, { kind: 'token-revoked', name: 'CI' }]);
  expect(refreshAfterCurrent).toHaveBeenCalledTimes(2);
  expect(refreshAfterCurrent).toHaveBeenLastCalledWith({ kind: 'api-tokens' });
  await handlers.copySecret({ secret: '9|secret' });
  expect(copied).toEqual(['9|secret']);

  const nobody = createTokenHandlers({
    current: () => null,
    own: () => [],
    openChanges: () => [],
    copySecret: () => undefined,
  });
  expect(await nobody.mint({ name: 'CI', abilities: ['*'] })).toMatchObject({
    error: { kind: 'no-account' },
  });
});

it.each([
  ['the name that the list shows for it', '9', true, 'CI'],
  ['no name where the list does not have it', '7', true, null],
  ['no name while no list is shown', '9', false, null],
])('a token that is revoked is recorded with %s', async (_what, tokenId, isShown, name) => {
  const client = new FakeClient();
  client.answer('tokens.delete', { done: true });
  const { entries, record } = recording();
  const token = { abilities: ['*'], lastUsedAtMs: null, createdAtMs: null };
  const shown = [
    { ...token, id: '8' as ApiTokenId, name: 'older' },
    { ...token, id: '9' as ApiTokenId, name: 'CI' },
  ];
  const known = ((key: unknown) => {
    expect(key).toEqual({ kind: 'api-tokens' });
    return isShown ? shown : null;
  }) as unknown as AccountWatches['watches']['known'];
  const handlers = createTokenHandlers({
    current: () => ({ client, record, watches: { refreshAfterCurrent: () => Promise.resolve(), known } }),
    own: () => [],
    openChanges: () => [],
    copySecret: () => undefined,
  });
  await handlers.revoke({ tokenId: tokenId as ApiTokenId, ownToo: false });
  expect(entries).toMatchObject([{ kind: 'token-revoked', name }]);
});
