/** The X11 keysyms of keys that are held (keysymdef.h). */
export const heldKeys = { control: new Set([0xffe3, 0xffe4]), alt: new Set([0xffe9, 0xffea]) } as const;

export const deleteKeysym = 0xffff;

/** What keys without a character send on a terminal. */
const sequences: Readonly<Record<number, string>> = {
  0xff08: '\u007f',
  0xff09: '\t',
  0xff0d: '\r',
  0xff8d: '\r',
  0xff1b: '\u001b',
  0xff50: '\u001b[H',
  0xff51: '\u001b[D',
  0xff52: '\u001b[A',
  0xff53: '\u001b[C',
  0xff54: '\u001b[B',
  0xff57: '\u001b[F',
  [deleteKeysym]: '\u001b[3~',
};

/** What a key types on a terminal; empty for one that types nothing. */
export function typedText(keysym: number, isControl: boolean): string {
  const sequence = sequences[keysym];
  if (sequence !== undefined) return sequence;
  // Latin-1 has its own codes as keysyms.
  if (keysym < 0x20 || keysym > 0xff) return '';
  const character = String.fromCharCode(keysym);
  if (!isControl) return character;
  const letter = character.toUpperCase();
  return letter >= '@' && letter <= '_' ? String.fromCharCode(letter.charCodeAt(0) - 0x40) : '';
}
