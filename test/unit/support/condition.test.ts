import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ConditionTimeoutError, waitForCondition, waitForFound } from '../../support/condition.ts';

function changingValue(initial: number) {
  const emitter = new EventEmitter();
  let value = initial;
  return {
    emitter,
    set: (next: number) => {
      value = next;
      emitter.emit('changed');
    },
    condition: {
      what: 'the number',
      read: () => value,
      subscribe: (changed: () => void) => {
        emitter.on('changed', changed);
        return () => emitter.off('changed', changed);
      },
      timeoutMs: 5_000,
    },
  };
}

describe('waiting for a condition', () => {
  it('takes what is already so', async () => {
    const { condition } = changingValue(1);
    expect(await waitForCondition({ ...condition, accept: (value) => value === 1 })).toBe(1);
  });

  it('reads again after each change and then stops listening', async () => {
    const { condition, set, emitter } = changingValue(1);
    const waiting = waitForCondition({ ...condition, accept: (value) => value === 3 });
    set(2);
    set(3);
    expect(await waiting).toBe(3);
    expect(emitter.listenerCount('changed')).toBe(0);
  });

  it('does not lose a change that comes during a read', async () => {
    const { condition, set } = changingValue(1);
    let reads = 0;
    const read = async () => {
      const value = condition.read();
      reads += 1;
      if (reads === 1) set(2);
      await Promise.resolve();
      return value;
    };
    expect(await waitForCondition({ ...condition, read, accept: (value) => value === 2 })).toBe(2);
  });

  it('says what it waited for and what it saw last', async () => {
    const { condition } = changingValue(7);
    const waiting = waitForCondition({ ...condition, accept: () => false, timeoutMs: 10 });
    await expect(waiting).rejects.toThrow(ConditionTimeoutError);
    await expect(waiting).rejects.toThrow('Waited 10 ms for the number; last seen: 7');
  });

  it('passes on what the read throws', async () => {
    const { condition } = changingValue(1);
    const read = () => {
      throw new Error('broken');
    };
    await expect(waitForFound({ ...condition, read })).rejects.toThrow('broken');
  });
});
