import { get } from 'svelte/store';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ToastClock, ToastStore } from '../../../../renderer/components/feedback/toast-store.ts';

/** A clock that stands until it is moved. */
class ManualClock implements ToastClock {
  #nowMs = 0;
  #due: { readonly atMs: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, callback };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  get pending(): number {
    return this.#due.length;
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
    const due = this.#due.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#due = this.#due.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { callback } of due) callback();
  }
}

let clock: ManualClock;
let store: ToastStore;
const messages = (): readonly string[] => get(store).map((toast) => toast.message);

beforeEach(() => {
  clock = new ManualClock();
  store = new ToastStore(clock);
});

describe('how long a toast stays', () => {
  test('long enough to be read, then it goes', () => {
    store.show({ message: 'Restart sent' });
    clock.advance(5_999);
    expect(messages()).toEqual(['Restart sent']);
    clock.advance(1);
    expect(messages()).toEqual([]);
  });

  test('longer where there is something to decide', () => {
    store.show({ message: 'Rule removed', action: { label: 'Undo', onSelect: () => undefined } });
    clock.advance(9_999);
    expect(messages()).toEqual(['Rule removed']);
    clock.advance(1);
    expect(messages()).toEqual([]);
  });

  test('until it is closed when something went wrong', () => {
    const id = store.show({ message: 'Refused', tone: 'bad' });
    clock.advance(3_600_000);
    expect(messages()).toEqual(['Refused']);
    store.dismiss(id);
    expect(messages()).toEqual([]);
  });
});

describe('while somebody reads', () => {
  test('nothing goes away, and afterwards each has the time it had left', () => {
    store.show({ message: 'first' });
    clock.advance(4_000);
    store.show({ message: 'second' });
    store.pause();
    clock.advance(60_000);
    expect(messages()).toEqual(['first', 'second']);
    store.resume();
    clock.advance(2_000);
    expect(messages()).toEqual(['second']);
    clock.advance(4_000);
    expect(messages()).toEqual([]);
  });

  test('a toast that comes meanwhile waits too', () => {
    store.pause();
    store.show({ message: 'late' });
    clock.advance(60_000);
    expect(messages()).toEqual(['late']);
    store.resume();
    clock.advance(6_000);
    expect(messages()).toEqual([]);
  });

  test('a second pause takes no time off twice', () => {
    store.show({ message: 'one' });
    clock.advance(3_000);
    store.pause();
    clock.advance(1_000);
    store.pause();
    store.resume();
    clock.advance(2_999);
    expect(messages()).toEqual(['one']);
    clock.advance(1);
    expect(messages()).toEqual([]);
  });
});

test('the fifth drops the oldest, and its countdown with it', () => {
  for (const message of ['1', '2', '3', '4', '5']) store.show({ message });
  expect(messages()).toEqual(['2', '3', '4', '5']);
  expect(clock.pending).toBe(4);
});

test('a toast that is closed leaves no countdown behind', () => {
  const id = store.show({ message: 'one' });
  store.dismiss(id);
  store.dismiss(id);
  expect(clock.pending).toBe(0);
});

test('what went wrong leaves with its page, and what is about to go by itself does not', () => {
  store.show({ message: 'Restart sent' });
  store.show({ message: 'Evorxa could not be reached.', tone: 'bad' });
  store.leavePage();
  expect(messages()).toEqual(['Restart sent']);
});
