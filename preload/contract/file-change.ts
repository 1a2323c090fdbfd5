/** A text of a file before and after an edit: the whole file, or a part of it. */
export interface ChangedText {
  /** Empty where something was added; null where it is not known what was there, or whether the file was. */
  readonly before: string | null;
  readonly after: string;
  /** In the file; null where that is not known. */
  readonly firstLine: number | null;
}

/** What a tool call was asked to change in a file, as the API has it. All of it is untrusted text. */
export type FileChange =
  /** A unified diff, or a patch in another form. */
  | { readonly kind: 'patch'; readonly text: string; readonly isCut: boolean }
  | {
      readonly kind: 'texts';
      readonly parts: readonly ChangedText[];
      /** Longer than what is read of it. */
      readonly isCut: boolean;
    };

/** How long a change is. */
export function changeCharacters(change: FileChange): number {
  return change.kind === 'patch'
    ? change.text.length
    : change.parts.reduce((all, { before, after }) => all + (before?.length ?? 0) + after.length, 0);
}
