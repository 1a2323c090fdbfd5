import { expect, it } from 'vitest';
import { createAnnotations } from '../../../../main/annotations/index.ts';
import { createAnnotationHandlers } from '../../../../main/ipc/handlers/annotations.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { accountId, instanceId } from '../../monitor/builders.ts';
import { FakeAccountFiles } from '../../storage/fakes.ts';

const web = instanceId('web');
const locked = { isFavourite: false, isLocked: true, note: '', tags: [], mutedUntil: null };

it('keeps what is noted for the account that is shown, and no other’s', async () => {
  let shown: AccountId | null = accountId;
  const annotations = createAnnotations({ files: new FakeAccountFiles(), onChange: () => undefined });
  const handlers = createAnnotationHandlers(annotations, () => shown);
  expect(await handlers.update({ instanceId: web, patch: { isLocked: true } })).toEqual(ok(undefined));
  expect(await handlers.all(undefined)).toEqual(ok({ web: locked }));

  shown = 'other' as AccountId;
  expect(await handlers.all(undefined)).toEqual(ok({}));
  await handlers.update({ instanceId: web, patch: { note: 'theirs' } });
  expect(annotations.of(accountId)).toEqual({ web: locked });

  shown = null;
  expect(await handlers.all(undefined)).toEqual(ok({}));
  expect(await handlers.update({ instanceId: web, patch: { isLocked: false } })).toEqual({
    ok: false,
    error: { kind: 'no-account' },
  });
  expect(annotations.of(accountId)).toEqual({ web: locked });
});
