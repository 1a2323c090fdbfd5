import { describe, expect, it } from 'vitest';
import { createToldKeys } from '../../../main/monitor/index.ts';

describe('keys of what was told', () => {
  it('are saved with each change, the last ones only', () => {
    const saved: (readonly string[])[] = [];
    const told = createToldKeys(['a', 'b'], (keys) => saved.push(keys), 3);
    told.add('c');
    told.add('c');
    told.add('d');
    told.remove('b');
    told.remove('never');
    expect(saved).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
      ['c', 'd'],
    ]);
    expect([told.has('a'), told.has('d')]).toEqual([false, true]);
  });

  it('are saved once for many', () => {
    const saved: (readonly string[])[] = [];
    const told = createToldKeys(['a'], (keys) => saved.push(keys), 3);
    told.add('a', 'b', 'c', 'd');
    told.add('a', ...[]);
    told.add();
    expect(saved).toEqual([
      ['b', 'c', 'd'],
      ['c', 'd', 'a'],
    ]);
  });
});
