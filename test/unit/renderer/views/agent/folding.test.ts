import { expect, test } from 'vitest';
import { allFolded, isOpen, toggleAll, toggleOne } from '../../../../../renderer/views/agent/folding.ts';

test('tool calls are folded at first, and unfold one by one', () => {
  const one = toggleOne(allFolded, 2);
  expect([isOpen(one, 1), isOpen(one, 2)]).toEqual([false, true]);
  expect(isOpen(toggleOne(one, 2), 2)).toBe(false);
});

test('all unfold at once, also those to come; single ones can be folded again', () => {
  const all = toggleAll(toggleOne(allFolded, 2));
  expect([isOpen(all, 2), isOpen(all, 99)]).toEqual([true, true]);
  expect(isOpen(toggleOne(all, 99), 99)).toBe(false);
});
