/** A regular expression and the lines that it is to be looked for in. */
export interface RegexTrial {
  readonly source: string;
  /** With `g`. */
  readonly flags: string;
  readonly lines: readonly string[];
}

/** A search that takes longer would be felt in the window. With it, a worker has to start. */
const limitMs = 1_000;

/**
 * Whether an expression goes through the lines in time, tried beside the window's own thread: one with a repetition in a
 * repetition can take longer than anybody lives. Once `signal` ends it, nobody is told.
 */
export function goesThrough(trial: RegexTrial, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('regex-trial-worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => {
      clearTimeout(timer);
      worker.terminate();
    };
    const tell = (isThrough: boolean): void => {
      end();
      resolve(isThrough);
    };
    const timer = setTimeout(() => tell(false), limitMs);
    worker.onmessage = () => tell(true);
    worker.onerror = () => tell(false);
    signal.addEventListener('abort', end);
    worker.postMessage(trial);
  });
}
