import { expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import { Pushed } from '../../../../renderer/state/pushed.svelte.ts';

function pushed() {
  let answer: (result: Result<string>) => void = () => undefined;
  let push: (value: string) => void = () => undefined;
  const state = new Pushed<string>(
    () => new Promise((resolve) => (answer = resolve)),
    (listener) => {
      push = listener;
      return () => undefined;
    },
  );
  const followed = state.follow();
  return {
    state,
    followed,
    answer: (result: Result<string>) => answer(result),
    push: (value: string) => push(value),
  };
}

it('is nothing, then the answer, then each push', async () => {
  const { state, followed, answer, push } = pushed();
  expect(state.current).toBeNull();
  answer(ok('answer'));
  await followed;
  expect(state.current).toBe('answer');
  push('later');
  expect(state.current).toBe('later');
});

it('keeps a push that came before the answer: it is newer', async () => {
  const { state, followed, answer, push } = pushed();
  push('pushed');
  answer(ok('answer'));
  await followed;
  expect(state.current).toBe('pushed');
});

it('is nothing where the answer failed, until a push comes', async () => {
  const { state, followed, answer, push } = pushed();
  answer(fail({ kind: 'internal', message: 'Something went wrong.' }));
  await followed;
  expect(state.current).toBeNull();
  push('pushed');
  expect(state.current).toBe('pushed');
});
