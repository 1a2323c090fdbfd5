/** A part of a text, and whether it is what was searched for. */
export interface TextPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Parts a text where words, in small letters, are in it; overlapping matches are one. */
export function textParts(text: string, words: readonly string[]): readonly TextPart[] {
  const lower = text.toLowerCase();
  // A letter whose small form is longer moves what follows: nothing is marked then, rather than the wrong part.
  if (words.length === 0 || lower.length !== text.length) return [{ text, isMatch: false }];
  const matched = new Uint8Array(text.length);
  for (const word of words) {
    for (let at = lower.indexOf(word); word !== '' && at !== -1; at = lower.indexOf(word, at + 1)) {
      matched.fill(1, at, at + word.length);
    }
  }
  const parts: TextPart[] = [];
  for (let from = 0; from < text.length;) {
    let to = from + 1;
    while (to < text.length && matched[to] === matched[from]) to += 1;
    parts.push({ text: text.slice(from, to), isMatch: matched[from] === 1 });
    from = to;
  }
  return parts;
}
