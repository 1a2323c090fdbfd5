import type { Choice } from './choice.ts';

/** More choices than these are searched rather than looked through. */
export const manyChoices = 30;

/** Those choices whose label or note has every word that was typed, in their order. */
export function searchChoices<Value extends string>(
  choices: readonly Choice<Value>[],
  search: string,
): readonly Choice<Value>[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter(({ label, note }) => {
    const text = (note === undefined ? label : `${label}\n${note}`).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Where a key leads from a choice of so many; null for a key that leads nowhere. */
export function nextChoice(key: string, from: number, count: number): number | null {
  const pageRows = 10;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageRows,
    PageUp: -pageRows,
  };
  const step = steps[key];
  return step === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, from + step));
}
