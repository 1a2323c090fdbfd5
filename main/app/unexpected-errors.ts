/** Something was thrown in the main process that nobody caught. */
export interface UnexpectedError {
  readonly kind: 'exception' | 'rejection';
  readonly cause: unknown;
}

/** The part of `process` that is used here. */
interface ErrorSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (cause: unknown) => void): unknown;
}

/** So many within a minute are no accident: the app goes in circles, and ends. */
const mostInAMinute = 20;
const minuteMs = 60_000;

/** What nobody caught, from the first moment of the process on. */
export interface UnexpectedErrors {
  /** Tells `listener` of each, and of those that came before. */
  tellTo(listener: (error: UnexpectedError) => void): void;
}

/**
 * Catches what nobody else did, so that the app goes on where it can: one part failed, the others are as they were.
 * `onTooMany` ends it, called once. `nowMs` is of a clock that nobody sets.
 */
export function catchUnexpectedErrors(
  source: ErrorSource,
  { nowMs, onTooMany }: { readonly nowMs: () => number; readonly onTooMany: () => void },
): UnexpectedErrors {
  let early: UnexpectedError[] = [];
  let tell = (error: UnexpectedError): void => void early.push(error);
  let caughtAtMs: readonly number[] = [];
  let isTooMany = false;

  const caught = (error: UnexpectedError): void => {
    if (isTooMany) return;
    const now = nowMs();
    caughtAtMs = [...caughtAtMs.filter((atMs) => now - atMs < minuteMs), now];
    isTooMany = caughtAtMs.length >= mostInAMinute;
    try {
      tell(error);
    } catch {
      // Whoever tells of it is what fails: it counts, and is not told.
    }
    if (isTooMany) onTooMany();
  };
  source.on('uncaughtException', (cause) => caught({ kind: 'exception', cause }));
  source.on('unhandledRejection', (cause) => caught({ kind: 'rejection', cause }));

  return {
    tellTo: (listener) => {
      tell = listener;
      for (const error of early) listener(error);
      early = [];
    },
  };
}
