/** What one of the speed goals came to. */
export interface Verdict {
  /** As the issue that set the goals numbers it. */
  readonly goal: number;
  readonly what: string;
  /** With its unit, as a person reads it. */
  readonly figure: string;
  /** With `at most` or `at least`. */
  readonly limit: string;
  readonly isMet: boolean;
}

/** A verdict on a ratio to the baseline. */
export function ratioVerdict(goal: number, what: string, ratio: number, limit: number): Verdict {
  return {
    goal,
    what,
    figure: `${ratio.toFixed(2)} ×`,
    limit: `at most ${limit.toFixed(2)} ×`,
    isMet: ratio <= limit,
  };
}

/** A verdict on a ratio to the baseline that is to be as large as it can. */
export function atLeastVerdict(goal: number, what: string, ratio: number, limit: number): Verdict {
  return {
    goal,
    what,
    figure: `${ratio.toFixed(2)} ×`,
    limit: `at least ${limit.toFixed(2)} ×`,
    isMet: ratio >= limit,
  };
}

/** A verdict on a figure with a unit. */
export function figureVerdict(
  goal: number,
  what: string,
  { value, limit, unit, digits = 1 }: FigureOptions,
): Verdict {
  const inWords = (amount: number): string => `${amount.toFixed(digits)} ${unit}`;
  return { goal, what, figure: inWords(value), limit: `at most ${inWords(limit)}`, isMet: value <= limit };
}

interface FigureOptions {
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly digits?: number;
}

/** One line: goal, what was measured, figure, limit, verdict. */
export function lineOf({ goal, what, figure, limit, isMet }: Verdict): string {
  return `${String(goal)}  ${what.padEnd(58)} ${figure.padStart(10)}   ${limit.padEnd(17)} ${isMet ? 'met' : 'MISSED'}`;
}

/** The middle value: one noisy sample does not move it. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('There is no sample.');
  return (low + high) / 2;
}

/** Now, in milliseconds since the epoch with fractions: the same clock as `performance` in a page. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Tells the person how far it is; the lines of the result stand alone on stdout. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
