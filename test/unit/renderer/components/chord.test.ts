import { describe, expect, it } from 'vitest';
import { chordOf, controlCharacter, type KeyPress } from '../../../../renderer/components/chord.ts';
import { keyPress } from '../../../support/key-press.ts';

const control = { ctrlKey: true } as const;
const shift = { shiftKey: true } as const;

/** What is printed on the keys C, V, F, K, A, N, S and / of a US keyboard, layout by layout (xkeyboard-config). */
const layouts = {
  Russian: ['с', 'м', 'а', 'л', 'ф', 'т', 'ы', '.'],
  Bulgarian: ['ъ', 'э', 'о', 'н', 'ь', 'х', 'я', 'б'],
  Greek: ['ψ', 'ω', 'φ', 'κ', 'α', 'ν', 'σ', '/'],
  Hebrew: ['ב', 'ה', 'כ', 'ל', 'ש', 'מ', 'ד', '.'],
  Arabic: ['ؤ', 'ر', 'ب', 'ن', 'ش', 'ى', 'س', 'ظ'],
  Persian: ['ز', 'ر', 'ب', 'ن', 'ش', 'د', 'س', '/'],
  Thai: ['แ', 'อ', 'ด', 'า', 'ฟ', 'ื', 'ห', 'ฝ'],
  Georgian: ['ც', 'ვ', 'ფ', 'კ', 'ა', 'ნ', 'ს', '/'],
  Korean: ['ㅊ', 'ㅍ', 'ㄹ', 'ㅏ', 'ㅁ', 'ㅜ', 'ㄴ', '/'],
} as const;
const places = ['KeyC', 'KeyV', 'KeyF', 'KeyK', 'KeyA', 'KeyN', 'KeyS'] as const;

describe('chordOf', () => {
  it.each(Object.entries(layouts))('knows the keys of a %s layout by their place', (_name, keys) => {
    for (const [index, code] of places.entries()) {
      const press = keyPress(keys[index] ?? '', code);
      const letter = code.slice(3);
      expect(chordOf(press)).toBe(letter);
      expect(chordOf({ ...press, ...control })).toBe(`Control+${letter}`);
      expect(chordOf({ ...press, metaKey: true })).toBe(`Meta+${letter}`);
      const upper = { ...press, key: press.key.toUpperCase() };
      expect(chordOf({ ...upper, ...control, ...shift })).toBe(`Control+Shift+${letter}`);
    }
  });

  it.each([
    ['Dvorak, C', keyPress('c', 'KeyI'), 'C'],
    ['Dvorak, J on the key C', keyPress('j', 'KeyC'), 'J'],
    ['Dvorak, a full stop on the key E', keyPress('.', 'KeyE'), '.'],
    ['AZERTY, A on the key Q', keyPress('a', 'KeyQ'), 'A'],
    ['QWERTZ, Z on the key Y', keyPress('z', 'KeyY'), 'Z'],
    ['Colemak, K on the key N', keyPress('k', 'KeyN'), 'K'],
    ['BÉPO, é on the key W', keyPress('é', 'KeyW'), 'É'],
    ['Turkish, ı without a dot', keyPress('ı', 'KeyI'), 'I'],
    ['Caps Lock', keyPress('K', 'KeyK'), 'K'],
    ['a key without a code', keyPress('с', ''), 'с'],
    ['an input method that is composing', keyPress('Process', 'KeyC'), 'Process'],
  ])('goes by what is typed where that is a Latin letter: %s', (_what, press, expected) => {
    expect(chordOf(press)).toBe(expected);
  });

  it.each([
    ['US', keyPress('/', 'Slash')],
    ['German, with Shift', { ...keyPress('/', 'Digit7'), ...shift }],
    ['Russian, with Shift', { ...keyPress('/', 'Backslash'), ...shift }],
    ['Hebrew', keyPress('/', 'KeyQ')],
    ['Arabic, which has a letter there', keyPress('ظ', 'Slash')],
  ])('finds the slash: %s', (_layout, press) => {
    expect(chordOf(press)).toBe('/');
  });

  it.each([
    [{ ...keyPress('Insert', 'Insert'), ...shift }, 'Shift+Insert'],
    [{ ...keyPress(' ', 'Space'), ...shift }, 'Shift+Space'],
    [{ ...keyPress('v', 'KeyV'), ...control, altKey: true, ...shift }, 'Control+Alt+Shift+V'],
    [{ ...keyPress('F5', 'F5'), metaKey: true }, 'Meta+F5'],
  ] satisfies [KeyPress, string][])('names what is held with it', (press, expected) => {
    expect(chordOf(press)).toBe(expected);
  });
});

describe('controlCharacter', () => {
  it.each([
    ['с', 'KeyC', '\u0003'],
    ['в', 'KeyD', '\u0004'],
    ['я', 'KeyZ', '\u001a'],
    ['ψ', 'KeyC', '\u0003'],
    ['ב', 'KeyC', '\u0003'],
    ['لا', 'KeyB', '\u0002'],
    ['х', 'BracketLeft', '\u001b'],
    ['ъ', 'BracketRight', '\u001d'],
  ])('is that of the key: Ctrl+%s', (key, code, expected) => {
    expect(controlCharacter({ ...keyPress(key, code), ...control })).toBe(expected);
  });

  it.each([
    ['a Latin letter, which xterm sends', { ...keyPress('c', 'KeyC'), ...control }],
    ['no Ctrl', keyPress('с', 'KeyC')],
    ['Shift too', { ...keyPress('С', 'KeyC'), ...control, ...shift }],
    ['AltGr, as Windows has it', { ...keyPress('с', 'KeyC'), ...control, altKey: true }],
    ['a digit of another script', { ...keyPress('۳', 'Digit3'), ...control }],
  ])('is none for %s', (_what, press) => {
    expect(controlCharacter(press)).toBeNull();
  });
});
