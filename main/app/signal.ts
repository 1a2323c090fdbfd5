/** Carries what a part tells to parts that are made after it. */
export interface Signal<T> {
  /** Tells every listener, in the order in which they came. What is told before there is one waits for the first. */
  readonly tell: (value: T) => void;
  readonly listen: (listener: (value: T) => void) => void;
}

/** Makes a signal that nobody listens to yet. */
export function createSignal<T>(): Signal<T> {
  const listeners: ((value: T) => void)[] = [];
  const unheard: T[] = [];
  return {
    tell: (value) => {
      if (listeners.length === 0) unheard.push(value);
      for (const listener of listeners) listener(value);
    },
    listen: (listener) => {
      listeners.push(listener);
      for (const value of unheard.splice(0)) listener(value);
    },
  };
}
