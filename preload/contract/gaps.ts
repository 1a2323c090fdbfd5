/** What is missing in an answer of the API: a view that shows the answer says it. */
export interface Gaps {
  /** The list goes on beyond what is shown; null where all of it came. */
  readonly cut: Cut | null;
  /** What came and could not be read, by the field's name in the answer; at most {@link maxUnreadableFields} fields. */
  readonly unreadable: readonly UnreadableField[];
}

/** A list that is not shown whole. */
export interface Cut {
  /** Rows that came. */
  readonly shown: number;
  /** Rows that there are, as the API counts them; null where it does not say. */
  readonly total: number | null;
  /** The rest is being read. */
  readonly isArriving: boolean;
}

/** A field that could not be read in some rows of an answer. */
export interface UnreadableField {
  /** As the API calls it, `rules.src_cidr` where it is one inside another; empty for whole rows. */
  readonly field: string;
  /** In how many rows; 1 for an answer that is no list. */
  readonly count: number;
}

/** More fields than these are not told one by one. */
export const maxUnreadableFields = 20;
