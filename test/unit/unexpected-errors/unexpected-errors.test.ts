import { describe, expect, it } from 'vitest';
import { describeThrown, endOnUnexpectedErrors } from '../../../main/unexpected-errors/index.ts';

describe('what was thrown, in words', () => {
  it('is its stack, and what caused it', () => {
    const text = describeThrown(new Error('outer', { cause: new TypeError('inner') }));
    expect(text).toMatch(/^Error: outer\n {4}at [\s\S]*\nCaused by: TypeError: inner\n {4}at /);
  });

  it('has nothing of its other properties', () => {
    const error = Object.assign(new Error('refused'), { password: 'hunter22', answers: ['hunter22'] });
    expect(describeThrown(error)).not.toContain('hunter22');
    expect(describeThrown({ password: 'hunter22' })).toBe('a object was thrown');
    expect(describeThrown(null)).toBe('a null was thrown');
    expect(describeThrown('plain words')).toBe('plain words');
  });

  it('ends, however long it is, and where a cause causes itself', () => {
    const round = new Error('round');
    round.cause = round;
    expect(describeThrown(round).match(/Caused by/g)).toHaveLength(4);
    const long = new Error('x');
    long.stack = `Error: x\n${'    at somewhere\n'.repeat(10_000)}`;
    expect(describeThrown(long).length).toBeLessThanOrEqual(8_005);
    expect(describeThrown(long)).toMatch(/at somewhere\n\(cut\)$/);
  });
});

describe('a utility process in which something is thrown that nobody catches', () => {
  function started(write: (text: string) => void) {
    const listeners = new Map<string, (thrown: unknown) => void>();
    const codes: number[] = [];
    endOnUnexpectedErrors(
      { on: (event, listener) => listeners.set(event, listener), exit: (code) => codes.push(code) },
      write,
    );
    return { listeners, codes };
  }

  it.each([
    ['uncaughtException', /^Uncaught exception: Error: bug\n/],
    ['unhandledRejection', /^Unhandled rejection: Error: bug\n/],
  ])('%s: says what, and ends', (event, words) => {
    const written: string[] = [];
    const { listeners, codes } = started((text) => written.push(text));
    listeners.get(event)?.(new Error('bug'));
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(words);
    expect(codes).toEqual([1]);
  });

  it('ends also where its output is gone', () => {
    const { listeners, codes } = started(() => {
      throw new Error('EPIPE');
    });
    expect(() => listeners.get('uncaughtException')?.(new Error('bug'))).toThrow('EPIPE');
    expect(codes).toEqual([1]);
  });
});
