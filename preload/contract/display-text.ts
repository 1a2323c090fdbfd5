/**
 * What turns text around or hides it: control characters, line and paragraph separators, bidi controls,
 * zero-width characters, the byte order mark.
 */
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/gu;

/**
 * Text of the API as one harmless line: in the tray, a notification, a tooltip, a row of a list.
 * Control and direction characters become a space, the rest is cut to `maxLength` characters with an
 * ellipsis. Gives an empty string where nothing readable is left.
 */
export function displayText(raw: string, maxLength = 60): string {
  // Cut before looking closer: a name of 10 KB costs no more than a long one.
  const line = raw
    .slice(0, maxLength * 8)
    .replace(unseen, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  if (characters.length <= maxLength) return line;
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}

/** An instance's name for a place that has a line for it; its id where the name cannot be read. */
export function displayName(
  instance: { readonly id: string; readonly name: string },
  maxLength = 40,
): string {
  return displayText(instance.name, maxLength) || displayText(instance.id, maxLength) || 'Unnamed server';
}

/** A text as a sentence begins it: its first letter as a capital. */
export function withCapital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
