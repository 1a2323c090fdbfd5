import { expect, test } from 'vitest';
import { Deadline } from '../../../main/terminal/process/deadline.ts';
import { FakeClock } from './fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const over: number[] = [];
  const startMs = clock.now();
  return { clock, over, deadline: new Deadline(clock, () => over.push(clock.now() - startMs)) };
}

test('a deadline is over once, counted from its last start', () => {
  const { clock, deadline, over } = setUp();
  deadline.start(100);
  clock.advance(60);
  deadline.start(100);
  clock.advance(500);
  expect(over).toEqual([160]);
});

test('a stopped deadline is never over', () => {
  const { clock, deadline, over } = setUp();
  deadline.start(100);
  deadline.stop();
  clock.advance(500);
  expect(over).toEqual([]);
});

test('while a person is asked the time stands still, also when questions overlap', async () => {
  const { clock, deadline, over } = setUp();
  deadline.start(100);
  clock.advance(40);
  let answerFirst = (): void => undefined;
  let answerSecond = (): void => undefined;
  const first = deadline.pauseWhile(() => new Promise<void>((resolve) => (answerFirst = resolve)));
  const second = deadline.pauseWhile(() => new Promise<void>((resolve) => (answerSecond = resolve)));
  clock.advance(10_000);
  answerFirst();
  await first;
  clock.advance(10_000);
  answerSecond();
  await second;
  clock.advance(59);
  expect(over).toEqual([]);
  clock.advance(1);
  expect(over).toEqual([20_100]);
});

test('a start while a person is asked counts from the answer', async () => {
  const { clock, deadline, over } = setUp();
  await deadline.pauseWhile(() => {
    deadline.start(100);
    clock.advance(5_000);
    return Promise.resolve();
  });
  clock.advance(100);
  expect(over).toEqual([5_100]);
});

test('what is left when a person is asked is what is left after it, and over is over', async () => {
  const { clock, deadline, over } = setUp();
  deadline.start(100);
  clock.advance(100);
  await deadline.pauseWhile(() => Promise.resolve());
  clock.advance(500);
  expect(over).toEqual([100]);
  expect(clock.pending).toBe(0);
});

test('a deadline that was stopped, or not begun, does not begin when a person was asked', async () => {
  const { clock, deadline, over } = setUp();
  await deadline.pauseWhile(() => Promise.resolve());
  deadline.start(100);
  deadline.stop();
  await deadline.pauseWhile(() => Promise.resolve());
  deadline.start(100);
  await deadline.pauseWhile(() => {
    deadline.stop();
    return Promise.resolve();
  });
  clock.advance(500);
  expect(over).toEqual([]);
});

test('it goes on also after a question that failed, whose answer is handed on', async () => {
  const { clock, deadline, over } = setUp();
  deadline.start(100);
  await expect(deadline.pauseWhile(() => Promise.reject(new Error('odd')))).rejects.toThrow('odd');
  clock.advance(100);
  expect(over).toEqual([100]);
  expect(await deadline.pauseWhile(() => Promise.resolve('answer'))).toBe('answer');
});
