/** A glyph is five dots wide. */
export const glyphWidth = 5;

/** And nine high: seven, and two for what hangs below the line. */
export const glyphHeight = 9;

/**
 * The glyphs from the space to the tilde, drawn for this screen. Each digit is one row of five dots in base 32, the first
 * dot its highest bit; rows that are left out at the end are empty.
 */
const drawn = [
  ...[' ', '4444404', 'aa', 'aavavaa', '4fke5u4', 'op248j3', 'cik8lid', '448', '2488842', '8422248'],
  ...['04lel4', '044v44', '00000c48', '000v', '00000cc', '01248g', 'ehjlphe', '4c4444e', 'eh1248v'],
  ...['v2421he', '26aiv22', 'vgu11he', '68guhhe', 'v124888', 'ehhehhe', 'ehhf12c', '0cc0cc', '0cc0c48'],
  ...['248g842', '00v0v', '8421248', 'eh12404', 'eh1dlle', 'ehhvhhh', 'uhhuhhu', 'ehggghe', 'sihhhis'],
  ...['vgguggv', 'vgguggg', 'ehgnhhf', 'hhhvhhh', 'e44444e', '72222ic', 'hikokih', 'ggggggv', 'hrllhhh'],
  ...['hhpljhh', 'ehhhhhe', 'uhhuggg', 'ehhhlid', 'uhhukih', 'fgge11u', 'v444444', 'hhhhhhe', 'hhhhha4'],
  ...['hhhllla', 'hha4ahh', 'hhha444', 'v1248gv', 'e88888e', '0g8421', 'e22222e', '4ah', '0000000v', '842'],
  ...['00e1fhf', 'ggmphhu', '00egghe', '11djhhf', '00ehvge', '698s888', '00fhhhf1e', 'ggmphhh', '40c444e'],
  ...['2062222ic', 'ggikoki', 'c44444e', '00qllhh', '00mphhh', '00ehhhe', '00uhhhugg', '00fhhhf11'],
  ...['00mpggg', '00ege1u', '88s8896', '00hhhjd', '00hhha4', '00hhlla', '00ha4ah', '00hhhhf1e', '00v248v'],
  ...['2448442', '4444444', '8442448', '008l2'],
] as const;

const firstCode = 0x20;
const blank = 'vvvvvvv';

/** The rows of a character's glyph, five bits each; a full box for one that is not drawn. */
function rowsOf(text: string): readonly number[] {
  const code = text === '' ? firstCode : (text.codePointAt(0) ?? firstCode);
  const digits = drawn[code - firstCode] ?? blank;
  return Array.from({ length: glyphHeight }, (_, row) => Number.parseInt(digits[row] ?? '0', 32) || 0);
}

const known = new Map<string, readonly number[]>();

/** The same, made once for each character. */
export function glyphRows(text: string): readonly number[] {
  let rows = known.get(text);
  if (rows === undefined) known.set(text, (rows = rowsOf(text)));
  return rows;
}
