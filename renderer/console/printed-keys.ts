/** The part of a `KeyboardEvent` that is used here. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'timeStamp' | 'getModifierState'
>;

/** Sends a key by its X11 keysym and its place on a US keyboard (`KeyboardEvent.code`). */
export type SendKey = (keysym: number, code: string, isDown: boolean) => void;

const keysyms = { shift: 0xffe1, control: 0xffe3, alt: 0xffe9 } as const;

/** The keys of a US keyboard that are no letters: what each types, without Shift and with it. */
const usKeys: Readonly<Record<string, string>> = {
  ...{ Backquote: '`~', Digit1: '1!', Digit2: '2@', Digit3: '3#', Digit4: '4$', Digit5: '5%', Digit6: '6^' },
  ...{ Digit7: '7&', Digit8: '8*', Digit9: '9(', Digit0: '0)', Minus: '-_', Equal: '=+' },
  ...{ BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', Semicolon: ';:', Quote: `'"` },
  ...{ Comma: ',<', Period: '.>', Slash: '/?' },
};

/** A character's key on a US keyboard. */
interface UsKey {
  readonly code: string;
  readonly needsShift: boolean;
}

const usKeyOf: ReadonlyMap<string, UsKey> = new Map([
  [' ', { code: 'Space', needsShift: false }],
  ...Array.from('abcdefghijklmnopqrstuvwxyz').flatMap((letter): [string, UsKey][] => {
    const code = `Key${letter.toUpperCase()}`;
    return [
      [letter, { code, needsShift: false }],
      [letter.toUpperCase(), { code, needsShift: true }],
    ];
  }),
  ...Object.entries(usKeys).flatMap(([code, characters]): [string, UsKey][] => [
    [characters.charAt(0), { code, needsShift: false }],
    [characters.charAt(1), { code, needsShift: true }],
  ]),
]);

/**
 * What became of a key that went down: it was sent; noVNC shall send it, by its place; or its character, if it has one, is
 * still to come, for which the event must keep its default.
 */
export type KeyOutcome = 'done' | 'by-place' | 'awaits-character';

/** Windows gives AltGr as Control and Alt, so soon after each other. */
const altGrMs = 50;

/**
 * Types what is printed on this computer's keys into a machine with a US keyboard. VNC carries the places of keys, so that a
 * German `@` (AltGr+Q) arrives as Alt+Q: here it becomes Shift+2. Shift, the left Control and AltGr are followed for that,
 * and Caps Lock stays here. What no US keyboard has, and keys without a character, are left to noVNC, which sends their place.
 *
 * After an accent (a dead key) the character that it makes with the next key is in that key's `keypress` alone: `^` and
 * Space are a space when the key goes down, and "^" then (Chromium). A browser gives it only where the key that goes down
 * keeps its default.
 */
export class PrintedKeys {
  readonly #send: SendKey;
  readonly #isMac: boolean;
  /** Of the keys that are held here, by their place on this keyboard, what was sent for them. */
  readonly #held = new Map<string, { readonly keysym: number; readonly code: string }>();
  readonly #shiftsHeld = new Set<string>();
  #isShiftSent = false;
  #controlSentMs: number | null = null;
  #isAccentPending = false;
  /** The key that went down after an accent, until it is let go. */
  #accented: KeyPress | null = null;

  constructor(send: SendKey, isMac: boolean) {
    this.#send = send;
    this.#isMac = isMac;
  }

  /** A key goes down. */
  down(press: KeyPress): KeyOutcome {
    const isAccent = press.key === 'Dead';
    const isChord = isChordOf(press, this.#isMac);
    if (this.#isAccentPending && !isChord && (isAccent || isCharacter(press.key))) {
      this.#isAccentPending = false;
      this.#accented = press;
      return 'awaits-character';
    }
    if (isAccent) {
      this.#isAccentPending = true;
      return 'awaits-character';
    }
    if (!isModifier(press.key)) this.#isAccentPending = false;
    return this.#typed(press, isChord) ? 'done' : 'by-place';
  }

  /** What an accent and the key after it make together, by the `keypress` of that key: one character, or several. */
  character(key: string): void {
    const press = this.#accented;
    if (press === null) return;
    const made = usKeyOf.has(key) ? key : press.key;
    const usKey = usKeyOf.get(made);
    if (usKey === undefined) return;
    this.#shift(usKey.needsShift);
    this.#press(press.code, { keysym: made.charCodeAt(0), code: usKey.code });
  }

  /** False where noVNC shall send it. */
  #typed(press: KeyPress, isChord: boolean): boolean {
    const { key, code } = press;
    if (key === 'Shift') {
      this.#shiftsHeld.add(code);
      this.#shift(true);
      return true;
    }
    if (code === 'ControlLeft') {
      this.#control(press.timeStamp);
      return true;
    }
    if (key === 'AltGraph') {
      const isPartOfIt = this.#controlSentMs !== null && press.timeStamp - this.#controlSentMs < altGrMs;
      if (isPartOfIt) this.#control(null);
      return true;
    }
    // As printed, Caps Lock is already in the character.
    if (key === 'CapsLock') return true;
    const character = usKeyOf.has(key) ? key : isChord ? usCharacterAt(code) : null;
    const usKey = character === null ? undefined : usKeyOf.get(character);
    if (character === null || usKey === undefined) {
      this.#shift(this.#shiftsHeld.size > 0);
      return false;
    }
    // The Option key of a Mac is its AltGr.
    if (this.#isMac && press.altKey && !isChord) this.#letGoOfAlt();
    // With Control, a letter is the same with Shift and without: Shift is a part of the chord.
    const isLetterOfChord = isChord && usKey.code.startsWith('Key');
    this.#shift(isLetterOfChord ? press.shiftKey : usKey.needsShift);
    this.#press(code, { keysym: character.charCodeAt(0), code: usKey.code });
    return true;
  }

  /** A key goes up; false where noVNC shall send it. */
  up({ key, code }: Pick<KeyPress, 'key' | 'code'>): boolean {
    if (this.#shiftsHeld.delete(code) || key === 'Shift') {
      if (this.#shiftsHeld.size === 0) this.#shift(false);
      return true;
    }
    if (code === 'ControlLeft') {
      this.#control(null);
      return true;
    }
    const wasAccented = this.#accented?.code === code;
    if (wasAccented) this.#accented = null;
    if (!this.#held.has(code))
      return wasAccented || key === 'AltGraph' || key === 'CapsLock' || key === 'Dead';
    this.#letGo(code);
    if (this.#held.size === 0 && this.#shiftsHeld.size === 0) this.#shift(false);
    return true;
  }

  /** Lets go of all that is held. */
  release(): void {
    for (const code of [...this.#held.keys()]) this.#letGo(code);
    this.#shiftsHeld.clear();
    this.#isAccentPending = false;
    this.#accented = null;
    this.#shift(false);
    this.#control(null);
  }

  #press(code: string, sent: { readonly keysym: number; readonly code: string }): void {
    const before = this.#held.get(code);
    if (before !== undefined && before.keysym !== sent.keysym) this.#letGo(code);
    this.#held.set(code, sent);
    this.#send(sent.keysym, sent.code, true);
  }

  #letGo(code: string): void {
    const sent = this.#held.get(code);
    this.#held.delete(code);
    if (sent !== undefined) this.#send(sent.keysym, sent.code, false);
  }

  #shift(isDown: boolean): void {
    if (isDown === this.#isShiftSent) return;
    this.#isShiftSent = isDown;
    this.#send(keysyms.shift, 'ShiftLeft', isDown);
  }

  /** `sinceMs` null: it is let go. */
  #control(sinceMs: number | null): void {
    const isDown = sinceMs !== null;
    if (isDown === (this.#controlSentMs !== null)) return;
    this.#controlSentMs = sinceMs;
    this.#send(keysyms.control, 'ControlLeft', isDown);
  }

  #letGoOfAlt(): void {
    for (const code of ['AltLeft', 'AltRight']) this.#send(keysyms.alt, code, false);
  }
}

const isCharacter = (key: string): boolean => Array.from(key).length === 1;
const isModifier = (key: string): boolean =>
  ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(key);

/** Whether a modifier makes a command of the key, instead of choosing one of its characters. */
function isChordOf(press: KeyPress, isMac: boolean): boolean {
  if (press.getModifierState('AltGraph')) return false;
  return press.ctrlKey || press.metaKey || (press.altKey && !isMac);
}

/** What a US keyboard has at this place: for a command by a key whose own character is of another script. */
function usCharacterAt(code: string): string | null {
  return (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? usKeys[code]?.charAt(0)) || null;
}
