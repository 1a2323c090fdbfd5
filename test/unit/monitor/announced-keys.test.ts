import { describe, expect, it } from 'vitest';
import { createAnnouncedKeys } from '../../../main/monitor/index.ts';

describe('keys of what was told', () => {
  it('are saved with each change, the last ones only', () => {
    const saved: (readonly string[])[] = [];
    const announced = createAnnouncedKeys(['a', 'b'], (keys) => saved.push(keys), 3);
    announced.add('c');
    announced.add('c');
    announced.add('d');
    announced.remove('b');
    announced.remove('never');
    expect(saved).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
      ['c', 'd'],
    ]);
    expect([announced.has('a'), announced.has('d')]).toEqual([false, true]);
  });

  it('are saved once for many', () => {
    const saved: (readonly string[])[] = [];
    const announced = createAnnouncedKeys(['a'], (keys) => saved.push(keys), 3);
    announced.add('a', 'b', 'c', 'd');
    announced.add('a', ...[]);
    announced.add();
    expect(saved).toEqual([
      ['b', 'c', 'd'],
      ['c', 'd', 'a'],
    ]);
  });
});
