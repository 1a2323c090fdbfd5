import { type Readable, writable } from 'svelte/store';
import type { Tone } from '../tone.ts';

/** What a toast says: what happened, what follows, and at most one thing to do about it. */
export interface ToastContent {
  /** What was tried, and on what, where the message alone does not say: "Restart api-prod-1". */
  readonly about?: string;
  readonly message: string;
  /** What happens next: "It should answer on SSH within a minute." */
  readonly next?: string;
  readonly tone?: Exclude<Tone, 'neutral'>;
  /** Undo, or where it can be seen. The toast goes away with it. */
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

/** A toast that is on screen. */
export interface Toast extends ToastContent {
  readonly id: number;
}

/** The clock that toasts go away by; tests bring their own. */
export interface ToastClock {
  now(): number;
  /** Calls back once after `delayMs`; gives the function that prevents it. */
  after(delayMs: number, callback: () => void): () => void;
}

const systemClock: ToastClock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Long enough to read two short sentences. */
const plainMs = 6_000;
/** Longer where there is something to decide (undo). */
const withActionMs = 10_000;
/** More would cover the page: the oldest goes. */
const shownAtMost = 4;

interface Countdown {
  remainingMs: number;
  startedAtMs: number;
  cancel: () => void;
}

/**
 * The toasts of the window. What went wrong stays until it is closed or its page is left; the rest goes away by
 * itself.
 */
export class ToastStore implements Readable<readonly Toast[]> {
  readonly #clock: ToastClock;
  readonly #toasts = writable<readonly Toast[]>([]);
  readonly #countdowns = new Map<number, Countdown>();
  #paused = false;
  #lastId = 0;

  readonly subscribe = this.#toasts.subscribe;

  constructor(clock: ToastClock = systemClock) {
    this.#clock = clock;
  }

  /** Shows a toast; gives its id, for `dismiss`. */
  show(content: ToastContent): number {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#toasts.update((toasts) => {
      const all = [...toasts, { ...content, id }];
      for (const dropped of all.slice(0, -shownAtMost)) this.#forget(dropped.id);
      return all.slice(-shownAtMost);
    });
    if (content.tone !== 'bad') this.#start(id, content.action ? withActionMs : plainMs);
    return id;
  }

  /** Takes a toast away; one that is gone already is no error. */
  dismiss(id: number): void {
    this.#forget(id);
    this.#toasts.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  /** Another page is shown: what went wrong on the one before would read as if it had happened here. */
  leavePage(): void {
    this.#toasts.update((toasts) => toasts.filter(({ tone }) => tone !== 'bad'));
  }

  /** Stops all countdowns while somebody reads: the pointer or the focus is on a toast. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    for (const countdown of this.#countdowns.values()) {
      countdown.cancel();
      countdown.remainingMs -= this.#clock.now() - countdown.startedAtMs;
    }
  }

  /** Goes on where `pause` stopped. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const [id, { remainingMs }] of [...this.#countdowns]) this.#start(id, remainingMs);
  }

  #start(id: number, remainingMs: number): void {
    const cancel = this.#paused ? () => undefined : this.#clock.after(remainingMs, () => this.dismiss(id));
    this.#countdowns.set(id, { remainingMs, startedAtMs: this.#clock.now(), cancel });
  }

  #forget(id: number): void {
    this.#countdowns.get(id)?.cancel();
    this.#countdowns.delete(id);
  }
}

/** The window's toasts: `toasts.show({ message: 'Restart sent' })`; AppFrame draws them. */
export const toasts = new ToastStore();
