import { expect, it } from 'vitest';
import { createSignal } from '../../../main/app/signal.ts';

it('keeps what is told before anybody listens for the first listener', () => {
  const signal = createSignal<number>();
  signal.tell(1);
  signal.tell(2);
  const first: number[] = [];
  const second: number[] = [];
  signal.listen((value) => first.push(value));
  signal.listen((value) => second.push(value));
  signal.tell(3);
  expect({ first, second }).toEqual({ first: [1, 2, 3], second: [3] });
});

it('tells listeners in the order in which they came', () => {
  const signal = createSignal<string>();
  const heard: string[] = [];
  signal.listen((value) => heard.push(`one ${value}`));
  signal.listen((value) => heard.push(`two ${value}`));
  signal.tell('a');
  signal.tell('b');
  expect(heard).toEqual(['one a', 'two a', 'one b', 'two b']);
});
