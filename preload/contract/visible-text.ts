const escape = '\u001B';
const bell = '\u0007';
const end = '\u009C';
/**
 * Escape sequences of terminals (ECMA-48), as two characters or as one of C1: commands with their parameters, texts such
 * as a title, which end at the latest with their line, and charsets and others. The source of a regular expression.
 */
export const escapeSequence =
  `(?:${escape}\\[|\u009B)(?<parameters>[0-?]*)(?<intermediates>[ -/]*)(?<final>[@-~])` +
  `|(?:${escape}[\\]PX^_]|[\u0090\u0098\u009D-\u009F])[^${bell}\\n${escape}${end}]*(?:${bell}|${escape}\\\\|${end})?` +
  `|${escape}(?<short>[78DEM])` +
  `|${escape}[ -/]*[0-~]?`;

const escapeSequences = new RegExp(escapeSequence, 'gu');
/** What cannot be seen, or turns the direction of the text, so that it reads other than it is. */
const deceptive = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** Untrusted text as it may be shown: without a terminal's colours, with a mark for what cannot be seen. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(escapeSequences, '')
    .replace(deceptive, (character) => (character === '\n' || character === '\t' ? character : '\uFFFD'));
}
