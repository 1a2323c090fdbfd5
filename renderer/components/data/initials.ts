const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Two letters for a name: of the first and last word, or the first two of a single one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = words[0] ?? '';
  const last = words.length > 1 ? words.at(-1) : undefined;
  const shown = last === undefined ? leading(first, 2) : leading(first, 1) + leading(last, 1);
  return shown.toUpperCase();
}

function leading(word: string, count: number): string {
  return Array.from(letters.segment(word), ({ segment }) => segment)
    .slice(0, count)
    .join('');
}
