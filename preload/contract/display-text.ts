/**
 * What turns text around, hides it or is not seen: control characters, line separators, what Unicode calls default
 * ignorable (bidi controls, zero-width characters, fillers, tags, variation selectors), annotation marks, blank Braille.
 */
const unseen = String.raw`[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\ufff9-\ufffb]`;

/** Arabic letters that do not join what follows them (Joining_Type R and U). */
const arabicNotJoining = String.raw`\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef`;
const arabicLetter = String.raw`[\u0620\u0622-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08b4]`;
const otherJoining = String.raw`[\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Adlam}]`;
const virama = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2]`;
const indicLetter = String.raw`(?=\p{L})[\u0900-\u0dff]`;
/** A mark that is seen: a variation selector is one by its category, and goes. */
const mark = String.raw`(?:(?!\p{Default_Ignorable_Code_Point})\p{M})`;
const pictograph = String.raw`\p{Extended_Pictographic}`;

/**
 * Where an unseen character is part of how a text is written: joiners by UAX 31 (A1, A2, B) and in emoji, the tags of a
 * flag, selectors behind a character that takes them (UTS 39, UTS 51).
 */
const meaningful = [
  String.raw`(?<=(?![${arabicNotJoining}])${arabicLetter}${mark}*)\u200c(?=${mark}*${arabicLetter})`,
  String.raw`(?<=${otherJoining})\u200c(?=${otherJoining})`,
  String.raw`(?<=\p{L}${mark}*${virama})\u200c(?=\p{L})`,
  String.raw`(?<=\p{L}${mark}*${virama})\u200d`,
  // In front of a virama: Bengali ra with ya-phalaa, Kannada ra that is no repha (Unicode, 12.2 and 12.8).
  String.raw`(?<=${indicLetter}${mark}*)[\u200c\u200d](?=${virama}${indicLetter})`,
  String.raw`(?<=${pictograph}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=${pictograph})`,
  String.raw`(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}`,
  String.raw`(?<=${pictograph})[\ufe0e\ufe0f]`,
  String.raw`(?<=[\d#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=\p{Unified_Ideograph})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=(?!\p{Default_Ignorable_Code_Point})\p{Script=Mongolian})[\u180b-\u180d\u180f]`,
].join('|');
const unseenUnlessMeaningful = new RegExp(`(?=${unseen})(?:(${meaningful})|.|\\s)`, 'gu');

const seenAlone = (text: string): string =>
  text
    .replace(unseenUnlessMeaningful, (_all, kept?: string) => kept ?? ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * Text of the API as one harmless line: in the tray, a notification, a tooltip, a row of a list.
 * Characters that are not seen or turn others around become a space, but where a script or an emoji is written with
 * them; the rest is cut to `maxLength` characters with an ellipsis. Gives an empty string where nothing readable is left.
 */
export function displayText(raw: string, maxLength = 60): string {
  // Cut before looking closer: a name of 10 KB costs no more than a long one.
  const line = seenAlone(raw.slice(0, maxLength * 8));
  const characters = Array.from(line);
  if (characters.length <= maxLength) return line;
  // Once more: the cut may leave a joiner or a flag's tag without what it belongs to.
  return `${seenAlone(characters.slice(0, maxLength - 1).join(''))}…`;
}

/** The escape sequences of terminals: CSI, OSC and the short ones (ECMA-48). */
// eslint-disable-next-line no-control-regex -- They are what is looked for.
const escapeSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/**
 * Text of a server as harmless lines, whole: a banner, a question. Escape sequences go, other control and direction
 * characters become a space, line ends become `\n`, tabs stay. Cut to `maxLength` characters with an ellipsis.
 */
export function displayLines(raw: string, maxLength = 16_384): string {
  const text = raw
    .slice(0, maxLength * 2)
    .replace(escapeSequences, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) =>
      line
        .split('\t')
        .map((part) => part.replace(unseenUnlessMeaningful, (_all, kept?: string) => kept ?? ' '))
        .join('\t')
        .trimEnd(),
    )
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}

/** An instance's name for a place that has a line for it; its id where the name cannot be read. */
export function displayName(
  instance: { readonly id: string; readonly name: string },
  maxLength = 40,
): string {
  return displayText(instance.name, maxLength) || displayText(instance.id, maxLength) || 'Unnamed instance';
}

/** A text as a sentence begins it: its first letter as a capital. */
export function withCapital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
