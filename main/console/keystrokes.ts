import { isTypable } from '../../preload/contract/keystrokes.ts';

/** X11 keysyms (keysymdef.h) of what has no character, or another than its own. */
const keysyms: Readonly<Record<string, number>> = { '\n': 0xff0d, '\t': 0xff09 };
const leftShift = 0xffe1;

/** What a US keyboard types with Shift, besides the capital letters. */
const shifted = new Set('~!@#$%^&*()_+{}|:"<>?');

/** Whether a US keyboard types this character with Shift. */
export function needsShift(character: string): boolean {
  return /^[A-Z]$/.test(character) || shifted.has(character);
}

/** The key of a character: RFB key events, pressed and let go. Empty for what a US keyboard cannot type. */
export function keysFor(character: string): readonly Uint8Array[] {
  if (!isTypable(character)) return [];
  const keysym = keysyms[character] ?? character.charCodeAt(0);
  return [keyEvent(keysym, true), keyEvent(keysym, false)];
}

/**
 * Shift, pressed or let go. It is pressed as the user would, since a server that turns keysyms into the keys of a machine
 * (QEMU does) looks at it.
 */
export function shiftKey(isDown: boolean): Uint8Array {
  return keyEvent(leftShift, isDown);
}

/** An RFB key event (RFC 6143, 7.5.4). */
function keyEvent(keysym: number, isDown: boolean): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes[0] = 4;
  bytes[1] = isDown ? 1 : 0;
  bytes.writeUInt32BE(keysym, 4);
  return bytes;
}
