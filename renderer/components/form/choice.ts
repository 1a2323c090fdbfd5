import type { StateKind } from '../../../preload/contract/instance.ts';

/** One of several values that exclude each other, as selects and radio groups offer it. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A second line: what it means, what it costs. */
  readonly note?: string;
  /** Why it cannot be chosen. */
  readonly disabledReason?: string | null;
}

/** One segment of a filter. */
export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** How many it would show; none where that is not counted. */
  readonly count?: number;
  /** Of how many, where not all are there to be counted. */
  readonly of?: number | string | null;
  /** The shape of the state that it filters by. */
  readonly shape?: StateKind;
}
