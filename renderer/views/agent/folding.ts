/** Which tool calls of a transcript are unfolded, by their place in it. */
export interface Folding {
  readonly allOpen: boolean;
  /** Those that are the other way round than all. */
  readonly exceptions: ReadonlySet<number>;
}

/** How a transcript begins: one line a tool call. */
export const allFolded: Folding = { allOpen: false, exceptions: new Set() };

/** Whether the tool call at this place of a transcript is unfolded; what a search found is, until it is folded. */
export function isOpen({ allOpen, exceptions }: Folding, index: number, isFound = false): boolean {
  return (allOpen || isFound) !== exceptions.has(index);
}

/** Folds or unfolds one. */
export function toggleOne({ allOpen, exceptions }: Folding, index: number): Folding {
  const next = new Set(exceptions);
  if (!next.delete(index)) next.add(index);
  return { allOpen, exceptions: next };
}

/** Folds or unfolds all, whatever was done to single ones. */
export function toggleAll({ allOpen }: Folding): Folding {
  return { allOpen: !allOpen, exceptions: new Set() };
}
