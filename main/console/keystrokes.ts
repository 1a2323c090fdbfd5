import { isTypable } from '../../preload/contract/keystrokes.ts';

/** X11 keysyms (keysymdef.h) of what has no character, or another than its own. */
const keysyms: Readonly<Record<string, number>> = { '\n': 0xff0d, '\t': 0xff09 };
const leftShift = 0xffe1;

/** What a US keyboard types with Shift, besides the capital letters. */
const shifted = new Set('~!@#$%^&*()_+{}|:"<>?');

/**
 * The keys that type a character: RFB key events, pressed and let go. Shift is pressed as a person would, since a server
 * that turns keysyms into the keys of a machine (QEMU does) looks at it. Empty for what a US keyboard cannot type.
 */
export function keysFor(character: string): readonly Uint8Array[] {
  if (!isTypable(character)) return [];
  const keysym = keysyms[character] ?? character.charCodeAt(0);
  const press = [keyEvent(keysym, true), keyEvent(keysym, false)];
  const needsShift = /[A-Z]/.test(character) || shifted.has(character);
  return needsShift ? [keyEvent(leftShift, true), ...press, keyEvent(leftShift, false)] : press;
}

/** An RFB key event (RFC 6143, 7.5.4). */
function keyEvent(keysym: number, isDown: boolean): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes[0] = 4;
  bytes[1] = isDown ? 1 : 0;
  bytes.writeUInt32BE(keysym, 4);
  return bytes;
}
