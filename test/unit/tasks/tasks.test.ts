import { describe, expect, it } from 'vitest';
import { inBackground, KeyedMutex } from '../../../main/tasks/index.ts';
import { settle } from '../monitor/fake-time.ts';

const bug = new Error('bug');
/** Both ways in which code throws. */
const throwing: readonly (readonly [string, () => Promise<string>])[] = [
  [
    'at once',
    () => {
      throw bug;
    },
  ],
  ['later', () => Promise.reject(bug)],
];
const neverThrows = (cause: unknown): never => {
  throw cause;
};

describe('one task at a time', () => {
  it('begins at once, refuses a second of its key, and takes one of another', async () => {
    const mutex = new KeyedMutex<string>();
    const begun: string[] = [];
    let end: (value: string) => void = () => undefined;
    const first = mutex.tryRun(
      'a',
      () => {
        begun.push('first');
        return new Promise<string>((resolve) => (end = resolve));
      },
      neverThrows,
    );
    expect(begun).toEqual(['first']);
    expect(mutex.tryRun('a', () => 'second', neverThrows)).toBeNull();
    expect(await mutex.tryRun('b', () => 'other', neverThrows)).toBe('other');
    end('done');
    expect(await first).toBe('done');
    expect(await mutex.tryRun('a', () => 'next', neverThrows)).toBe('next');
  });

  it.each(throwing)('that throws %s ends as it is told to, and the next one runs', async (_when, task) => {
    const mutex = new KeyedMutex<string>();
    const causes: unknown[] = [];
    const ended = mutex.tryRun('a', task, (cause) => {
      causes.push(cause);
      return 'ended';
    });
    expect(await ended).toBe('ended');
    expect(causes).toEqual([bug]);
    expect(await mutex.tryRun('a', () => 'next', neverThrows)).toBe('next');
  });

  it('is free again where its end throws too', async () => {
    const mutex = new KeyedMutex<string>();
    await expect(mutex.tryRun('a', () => Promise.reject(bug), neverThrows)).rejects.toBe(bug);
    expect(await mutex.tryRun('a', () => 'next', neverThrows)).toBe('next');
  });
});

describe('a task in the background', () => {
  it('begins at once and is left alone where all goes well', async () => {
    const begun: string[] = [];
    inBackground(() => void begun.push('task'), neverThrows);
    expect(begun).toEqual(['task']);
    await settle();
  });

  it.each(throwing)('that throws %s is brought to an end', async (_when, task) => {
    const causes: unknown[] = [];
    inBackground(
      async () => {
        await task();
      },
      (cause) => void causes.push(cause),
    );
    await settle();
    expect(causes).toEqual([bug]);
  });
});
