import type { Terminal } from '@xterm/xterm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { blinkByTimer } from '../../../../renderer/terminal/cursor-blink.ts';
import { StandInTerminal } from './screen-stand-ins.ts';

vi.mock('../../../../renderer/terminal/cursor-blink.css', () => ({}));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function blinking() {
  const terminal = new StandInTerminal({});
  const dataset: { cursor?: string } = {};
  const textarea = new EventTarget();
  Object.assign(terminal, { element: { dataset }, textarea });
  const stop = blinkByTimer(terminal as unknown as Terminal);
  return { terminal, dataset, textarea, stop };
}

it('shows the cursor half a second, and half a second not, while the keyboard is in the terminal', () => {
  const { dataset, textarea } = blinking();
  vi.advanceTimersByTime(2_000);
  expect([dataset.cursor, vi.getTimerCount()]).toEqual([undefined, 0]);
  textarea.dispatchEvent(new Event('focus'));
  const seen = [1, 2, 3, 4].map(() => {
    vi.advanceTimersByTime(500);
    return dataset.cursor;
  });
  expect(seen).toEqual(['off', 'on', 'off', 'on']);
  vi.advanceTimersByTime(500);
  textarea.dispatchEvent(new Event('blur'));
  expect([dataset.cursor, vi.getTimerCount()]).toEqual(['on', 0]);
});

it('shows the cursor while it moves', () => {
  const { terminal, dataset, textarea } = blinking();
  textarea.dispatchEvent(new Event('focus'));
  vi.advanceTimersByTime(500);
  expect(dataset.cursor).toBe('off');
  terminal.cursorMoved();
  expect(dataset.cursor).toBe('on');
  vi.advanceTimersByTime(400);
  terminal.cursorMoved();
  vi.advanceTimersByTime(100);
  expect(dataset.cursor).toBe('on');
  vi.advanceTimersByTime(500);
  expect(dataset.cursor).toBe('off');
});

it('ends with the terminal', () => {
  const { terminal, dataset, textarea, stop } = blinking();
  textarea.dispatchEvent(new Event('focus'));
  vi.advanceTimersByTime(500);
  stop();
  expect([dataset.cursor, vi.getTimerCount(), terminal.done]).toEqual(['on', 0, ['no more moves']]);
});
