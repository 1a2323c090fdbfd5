import { expect, it } from 'vitest';
import { wheelLines } from '../../../../renderer/terminal/wheel.ts';

const terminal = { element: { clientHeight: 480 } as HTMLElement, rows: 24 };

it.each([
  ['pixels', { deltaY: 50, deltaMode: 0 }, 2.5],
  ['pixels upwards', { deltaY: -5, deltaMode: 0 }, -0.25],
  ['lines', { deltaY: -3, deltaMode: 1 }, -3],
  ['pages', { deltaY: 1, deltaMode: 2 }, 24],
  ['nothing', { deltaY: 0, deltaMode: 0 }, 0],
])('a wheel that turns by %s', (_what, event, lines) => {
  expect(wheelLines(event, terminal)).toBe(lines);
});

it('scrolls nothing where nothing is seen', () => {
  expect(wheelLines({ deltaY: 50, deltaMode: 0 }, { element: undefined, rows: 24 })).toBe(0);
});
