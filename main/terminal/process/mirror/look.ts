import type { Attributes } from './xterm-parts.ts';

/** How a character looks: xterm's bits for its colours and marks, and the number of its link. */
export interface Look {
  readonly fg: number;
  readonly bg: number;
  /** The kind and the colour of the underline. */
  readonly underline: number;
  /** 0: no link. */
  readonly urlId: number;
}

export const plainLook: Look = { fg: 0, bg: 0, underline: 0, urlId: 0 };

const colourModeMask = 0x3000000;
const colourMask = 0x3ffffff;
const paletteOf16 = 0x1000000;
const paletteOf256 = 0x2000000;
const underlined = 0x10000000;
const isExtended = 0x10000000;
const isProtected = 0x20000000;
/** The marks with the code that sets each, by their bit. */
const foregroundAttributes = [
  [0x8000000, '1'],
  [0x20000000, '5'],
  [0x4000000, '7'],
  [0x40000000, '8'],
  [0x80000000, '9'],
] as const;
const backgroundAttributes = [
  [0x8000000, '2'],
  [0x4000000, '3'],
  [0x40000000, '53'],
] as const;

/** The look that a cell has, or what is written next. */
export function lookOf({ fg, bg, extended }: Attributes): Look {
  const has = (bg & isExtended) !== 0;
  return {
    fg: withoutRests(fg),
    bg: withoutRests(bg & ~isExtended),
    underline: underlineOf(fg, has ? extended._ext : 0),
    urlId: has ? extended.urlId : 0,
  };
}

/** What an erased cell keeps of a look: its background. */
export const erasedLook = ({ bg }: Pick<Attributes, 'bg'>): Look => ({
  ...plainLook,
  bg: withoutRests(bg & colourMask),
});

/** The underline's kind in bits 26 to 28 (an ordinary one where none is named), and its colour. */
function underlineOf(fg: number, extended: number): number {
  const kind = fg & underlined ? (extended >> 26) & 7 || 1 : 0;
  return (kind << 26) | withoutRests(extended & colourMask);
}

/** Xterm leaves bits of a former colour behind one of another kind. */
function withoutRests(value: number): number {
  switch (value & colourModeMask) {
    case 0:
      return value & ~colourMask;
    case paletteOf16:
    case paletteOf256:
      return value & ~0xffff00;
    default:
      // Signed, as the others: a cell's bits come unsigned from its line.
      return value | 0;
  }
}

/** Whether two looks are one, links apart. */
export function isSameLook(one: Look, other: Look): boolean {
  return one.fg === other.fg && one.bg === other.bg && one.underline === other.underline;
}

/** The sequence that gives what is written next a look, whatever it was before; links apart. */
export function lookSequence({ fg, bg, underline }: Look): string {
  const codes = ['0'];
  for (const [bit, code] of foregroundAttributes) if (fg & bit) codes.push(code);
  for (const [bit, code] of backgroundAttributes) if (bg & bit) codes.push(code);
  if (fg & underlined) codes.push(`4:${underline >> 26}`);
  codes.push(...colourCodes(fg, 30), ...colourCodes(bg, 40), ...underlineColour(underline));
  // SGR 0 ends the protection of DECSCA too.
  return `\u001b[${codes.join(';')}m${bg & isProtected ? '\u001b[1"q' : ''}`;
}

function colourCodes(value: number, base: 30 | 40): readonly string[] {
  const colour = value & 0xff;
  switch (value & colourModeMask) {
    case 0:
      return [];
    case paletteOf16:
      return [String(colour < 8 ? base + colour : base + 52 + colour)];
    case paletteOf256:
      return [`${base + 8};5;${colour}`];
    default:
      return [`${base + 8};2;${(value >> 16) & 0xff};${(value >> 8) & 0xff};${colour}`];
  }
}

function underlineColour(value: number): readonly string[] {
  const colour = value & 0xff;
  switch (value & colourModeMask) {
    case 0:
      return [];
    case paletteOf16:
    case paletteOf256:
      return [`58:5:${colour}`];
    default:
      return [`58:2::${(value >> 16) & 0xff}:${(value >> 8) & 0xff}:${colour}`];
  }
}
