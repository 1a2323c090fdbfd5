import { expect, it } from 'vitest';
import { wait } from '../../../main/api/wait.ts';
import { FakeClock, settle } from './support/fake-clock.ts';

it('waits as long as it is told to', async () => {
  const clock = new FakeClock();
  const ended: boolean[] = [];
  void wait(clock, 500, new AbortController().signal).then((is) => ended.push(is));
  await clock.advance(499);
  expect(ended).toEqual([]);
  await clock.advance(1);
  expect(ended).toEqual([true]);
});

it('is given up at once, and leaves no timer behind', async () => {
  const clock = new FakeClock();
  const caller = new AbortController();
  const waited = wait(clock, 500, caller.signal);
  await settle();
  caller.abort();
  expect(await waited).toBe(false);
  expect(clock.delaysMs).toEqual([]);
  expect(await wait(clock, 500, caller.signal)).toBe(false);
  expect(clock.delaysMs).toEqual([]);
});

it('that is over hears nothing of a later abort', async () => {
  const clock = new FakeClock();
  const listening = new Set<unknown>();
  const { signal } = new AbortController();
  signal.addEventListener = (_type: string, listener: unknown) => void listening.add(listener);
  signal.removeEventListener = (_type: string, listener: unknown) => void listening.delete(listener);
  const waited = wait(clock, 500, signal);
  expect(listening.size).toBe(1);
  await clock.advance(500);
  expect(await waited).toBe(true);
  expect(listening.size).toBe(0);
});
