/** The part of a keyboard event that says which keys were pressed. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/**
 * Which keys were pressed together, as `aria-keyshortcuts` writes them: `Control+Shift+C`, `Meta+K`, `N`, `/`,
 * `Shift+Insert`, `Control+Space`. Every shortcut of the app is compared with this.
 *
 * A key is known by what it types, so that Dvorak's C is where Dvorak has it. Where that is no Latin letter, as on a
 * Cyrillic, Greek, Hebrew or Arabic layout, it is known by its place on a US keyboard, which is what those keys have
 * printed on them. Shift is named with letters and named keys only: for `/` one layout needs it and another does not.
 */
export function chordOf(press: KeyPress): string {
  const key = pressedKey(press);
  const isSign = key.length === 1 && !/[A-Z]/.test(key);
  return [
    press.ctrlKey && 'Control',
    press.altKey && 'Alt',
    press.shiftKey && !isSign && 'Shift',
    press.metaKey && 'Meta',
    key,
  ]
    .filter((part) => part !== false)
    .join('+');
}

function pressedKey({ key, code }: KeyPress): string {
  if (key === ' ') return 'Space';
  if (!isOtherScript(key)) return key.length === 1 ? key.toUpperCase() : key;
  return placeOf(code) ?? key;
}

/** Something typed that is no ASCII and no Latin letter; one key of the Arabic layout types two letters. */
const isOtherScript = (key: string): boolean => /^(?!\p{Script=Latin})[^\p{ASCII}]/u.test(key);

const signs: Readonly<Record<string, string>> = {
  Slash: '/',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
};

const placeOf = (code: string): string | null => /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? signs[code] ?? null;

/**
 * The control character of a key with Ctrl alone on a layout without Latin letters: Ctrl+С (Cyrillic) is Ctrl+C, as in
 * every terminal (ECMA-48, C0). Null for all other presses, which xterm sends by itself.
 */
export function controlCharacter(press: KeyPress): string | null {
  if (!isOtherScript(press.key)) return null;
  const sign = /^Control\+([A-Z[\\\]])$/.exec(chordOf(press))?.[1];
  return sign === undefined ? null : String.fromCharCode(sign.charCodeAt(0) & 0x1f);
}
