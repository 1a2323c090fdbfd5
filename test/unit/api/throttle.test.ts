import { describe, expect, it } from 'vitest';
import { Throttle, type Priority } from '../../../main/api/throttle.ts';
import { FakeClock, settle } from './support/fake-clock.ts';

function rig() {
  const clock = new FakeClock();
  const throttle = new Throttle({ clock, burst: 2, perSecond: 4 });
  const admitted: string[] = [];
  const take = (name: string, priority: Priority, signal = new AbortController().signal): void => {
    void throttle.take(priority, signal).then((isAdmitted) => {
      admitted.push(isAdmitted ? name : `${name} gave up`);
    });
  };
  return { clock, admitted, take };
}

describe('the throttle', () => {
  it('lets a burst go, then four a second', async () => {
    const { clock, admitted, take } = rig();
    for (const name of ['a', 'b', 'c', 'd']) take(name, 'poll');
    await settle();
    expect(admitted).toEqual(['a', 'b']);
    await clock.advance(249);
    expect(admitted).toEqual(['a', 'b']);
    await clock.advance(1);
    expect(admitted).toEqual(['a', 'b', 'c']);
    await clock.advance(250);
    expect(admitted).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets a person go before what is polled', async () => {
    const { clock, admitted, take } = rig();
    for (const name of ['a', 'b', 'poll 1', 'poll 2']) take(name, 'poll');
    take('person', 'person');
    await clock.advance(1_000);
    expect(admitted).toEqual(['a', 'b', 'person', 'poll 1', 'poll 2']);
  });

  it('forgets who gave up, without taking their turn', async () => {
    const { clock, admitted, take } = rig();
    const caller = new AbortController();
    take('a', 'poll');
    take('b', 'poll');
    take('c', 'poll', caller.signal);
    take('d', 'poll');
    caller.abort();
    await clock.advance(250);
    expect(admitted).toEqual(['a', 'b', 'c gave up', 'd']);
    take('e', 'poll', caller.signal);
    await settle();
    expect(admitted.at(-1)).toBe('e gave up');
  });

  it('does not stall when the clock is set back, and gives no more than a burst when it is set on', async () => {
    const { clock, admitted, take } = rig();
    for (const name of ['a', 'b']) take(name, 'poll');
    clock.jumpTo(clock.now() - 24 * 60 * 60_000);
    take('c', 'poll');
    await clock.advance(500);
    expect(admitted).toEqual(['a', 'b', 'c']);
    clock.jumpTo(clock.now() + 24 * 60 * 60_000);
    for (const name of ['d', 'e', 'f']) take(name, 'poll');
    await settle();
    expect(admitted).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
