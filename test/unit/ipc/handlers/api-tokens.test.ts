import { expect, it, vi } from 'vitest';
import { createTokenHandlers } from '../../../../main/ipc/handlers/api-tokens.ts';
import type { ApiTokenId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { FakeClient } from '../../monitor/fake-client.ts';

it('the list of tokens is read again after each change, and not waited for', async () => {
  const client = new FakeClient();
  client.answer('tokens.create', { secret: '9|secret', answer: null });
  client.answer('tokens.delete', { done: true });
  const refreshAnew = vi.fn(() => new Promise<void>(() => undefined));
  const copied: string[] = [];
  const handlers = createTokenHandlers({
    current: () => ({ client, watches: { refreshAnew } }),
    own: () => [],
    copySecret: (secret) => copied.push(secret),
  });
  expect(await handlers.mint({ name: 'CI', abilities: ['*'] })).toMatchObject({ ok: true });
  expect(await handlers.revoke({ tokenId: '9' as ApiTokenId, ownToo: false })).toEqual(ok(undefined));
  expect(refreshAnew).toHaveBeenCalledTimes(2);
  expect(refreshAnew).toHaveBeenLastCalledWith({ kind: 'api-tokens' });
  await handlers.copySecret({ secret: '9|secret' });
  expect(copied).toEqual(['9|secret']);

  const nobody = createTokenHandlers({ current: () => null, own: () => [], copySecret: () => undefined });
  expect(await nobody.mint({ name: 'CI', abilities: ['*'] })).toMatchObject({
    error: { kind: 'no-account' },
  });
});
