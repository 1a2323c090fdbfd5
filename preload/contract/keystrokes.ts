/** No more than this is typed at once: it takes minutes already. */
export const longestTyped = 10_000;

/** Whether a US keyboard has keys for this character; a line ends with `\n`. */
export const isTypable = (character: string): boolean => /^[\n\t -~]$/.test(character);

/** A text as it can be typed key by key: lines end with Enter, whatever ended them. */
export function typedLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** The characters of a text that no key of a US keyboard types, each once, in their order. */
export function untypable(text: string): readonly string[] {
  return [...new Set(typedLines(text))].filter((character) => !isTypable(character));
}
