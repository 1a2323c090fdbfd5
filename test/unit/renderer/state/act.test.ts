import { get } from 'svelte/store';
import { beforeEach, expect, it } from 'vitest';
import type { AppError } from '../../../../preload/contract/errors.ts';
import { errorSentence } from '../../../../preload/contract/errors-words.ts';
import { toasts } from '../../../../renderer/components/feedback/toast-store.ts';
import { act } from '../../../../renderer/state/act.ts';

const words = { about: 'Restart api-prod-1', afterLost: 'Its state shows whether it did.' };
const failed = (error: AppError) => Promise.resolve({ ok: false, error } as const);
const done = Promise.resolve({ ok: true, value: 7 } as const);
/** What is shown, without the number that the store gives it. */
const shown = () =>
  get(toasts).map((toast) => Object.fromEntries(Object.entries(toast).filter(([key]) => key !== 'id')));

beforeEach(() => {
  for (const { id } of get(toasts)) toasts.dismiss(id);
});

it.each<AppError>([{ kind: 'aborted' }, { kind: 'no-account' }, { kind: 'busy', message: 'it restarts' }])(
  'an error of kind $kind names what was tried, what happened and what to do',
  async (error) => {
    const { what, next } = errorSentence(error);
    await act(failed(error), { message: 'Sent.' }, words);
    expect(shown()).toEqual([
      { about: words.about, message: what, tone: 'bad', ...(next === null ? {} : { next }) },
    ]);
  },
);

it('a lost answer has its own advice where there is one, and else the usual', async () => {
  const error: AppError = { kind: 'unknown-outcome', message: 'dropped' };
  const { what, next } = errorSentence(error);
  await act(failed(error), null, words);
  await act(failed(error), null, { about: words.about });
  expect(shown()).toEqual([
    { about: words.about, message: what, tone: 'bad', next: words.afterLost },
    { about: words.about, message: what, tone: 'bad', next },
  ]);
});

it('only a lost answer has the advice for lost ones', async () => {
  await act(failed({ kind: 'no-account' }), null, words);
  expect(shown()[0]?.['next']).not.toBe(words.afterLost);
});

it('success is said in the given words alone, or not at all', async () => {
  await act(done, null, words);
  expect(shown()).toEqual([]);
  await act(done, { message: 'Restart sent.', next: 'Waiting for Evorxa to confirm.' }, words);
  expect(shown()).toEqual([{ message: 'Restart sent.', next: 'Waiting for Evorxa to confirm.' }]);
});

it('gives on what it waited for', async () => {
  expect(await act(done, null, words)).toEqual({ ok: true, value: 7 });
  expect(await act(failed({ kind: 'aborted' }), null, words)).toEqual({
    ok: false,
    error: { kind: 'aborted' },
  });
});
