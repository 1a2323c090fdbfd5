import { expect, it } from 'vitest';
import { createPendingActionHandlers } from '../../../../main/ipc/handlers/pending-actions.ts';
import type { PendingActionId } from '../../../../preload/contract/lifecycle.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

it('lists, undoes and dismisses the pending action that is named', async () => {
  const asked: unknown[] = [];
  const tooLate = fail({ kind: 'refused', message: 'It was sent.' } as const);
  const handlers = createPendingActionHandlers({
    list: () => [{ id: 'p' }] as never,
    undo: (id) => {
      asked.push(['undo', id]);
      return tooLate;
    },
    dismiss: (id) => {
      asked.push(['dismiss', id]);
    },
  });
  const pendingActionId = 'p' as PendingActionId;
  expect(await handlers.list(undefined)).toEqual(ok([{ id: 'p' }]));
  expect(await handlers.undo({ pendingActionId })).toBe(tooLate);
  expect(await handlers.dismiss({ pendingActionId })).toEqual(ok(undefined));
  expect(asked).toEqual([
    ['undo', 'p'],
    ['dismiss', 'p'],
  ]);
});
