import { createDwell, type Dwell } from './dwell.ts';

/** A row that is scrolled past is gone sooner than this. */
const dwellMs = 300;

const timers = {
  set: (run: () => void, delayMs: number): number => window.setTimeout(run, delayMs),
  clear: (timer: number): void => window.clearTimeout(timer),
};

const dwells = new WeakMap<Element, Dwell>();
let observer: IntersectionObserver | null = null;

/** One observer for all rows: it costs nothing while a list is scrolled. */
function sharedObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const dwell = dwells.get(target);
      if (isIntersecting) dwell?.enter();
      else dwell?.leave();
    }
  });
  return observer;
}

/** Tells when an element has come to rest in view, and when it left it. Returns what stops that. */
export function whileInView(element: Element, onChange: (stays: boolean) => void): () => void {
  const dwell = createDwell(onChange, dwellMs, timers);
  dwells.set(element, dwell);
  sharedObserver().observe(element);
  return () => {
    sharedObserver().unobserve(element);
    dwells.delete(element);
    dwell.leave();
  };
}
