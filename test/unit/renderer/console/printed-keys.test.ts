import { describe, expect, it } from 'vitest';
import { PrintedKeys, type KeyPress } from '../../../../renderer/console/printed-keys.ts';

const plainKeys = "`1234567890-=[]\\;',./";
const shiftedKeys = '~!@#$%^&*()_+{}|:"<>?';
const symbolCodes = [
  ...['Backquote', ...Array.from('1234567890', (digit) => `Digit${digit}`), 'Minus', 'Equal'],
  ...['BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Comma', 'Period', 'Slash'],
];

/** A machine with a US keyboard: what it reads, by the places of the keys alone. */
function usMachine() {
  let text = '';
  const down = new Set<string>();
  const keysyms: number[] = [];
  return {
    send: (keysym: number, code: string, isDown: boolean): void => {
      if (!isDown) {
        down.delete(code);
        return;
      }
      down.add(code);
      keysyms.push(keysym);
      const isShifted = down.has('ShiftLeft');
      const index = symbolCodes.indexOf(code);
      const letter = /^Key(.)$/.exec(code)?.[1] ?? (code === 'Space' ? ' ' : '');
      const character =
        index < 0
          ? isShifted
            ? letter
            : letter.toLowerCase()
          : (isShifted ? shiftedKeys : plainKeys)[index];
      if (!character) return;
      text += `${down.has('ControlLeft') ? '^' : ''}${down.has('AltLeft') ? 'Alt+' : ''}${character}`;
    },
    text: (): string => text,
    down: (): string[] => [...down],
    keysyms,
  };
}

type Modifier = 'shift' | 'control' | 'alt' | 'altGraph' | 'meta';

function press(key: string, code: string, modifiers: readonly Modifier[] = [], timeStamp = 0): KeyPress {
  const has = (modifier: Modifier): boolean => modifiers.includes(modifier);
  return {
    ...{ key, code, timeStamp, shiftKey: has('shift'), ctrlKey: has('control'), altKey: has('alt') },
    metaKey: has('meta'),
    getModifierState: (name) => name === 'AltGraph' && has('altGraph'),
  };
}

function keyboard(isMac = false) {
  const machine = usMachine();
  const keys = new PrintedKeys(machine.send, isMac);
  const tap = (key: string, code: string, modifiers: readonly Modifier[] = []): boolean => {
    const isDone = keys.down(press(key, code, modifiers)) === 'done';
    expect(keys.up({ key, code })).toBe(isDone);
    return isDone;
  };
  /** An accent, then a key; `made` is what the browser gives for both in `keypress`. */
  const accented = (accent: string, [key, code]: readonly [string, string], made: string): void => {
    expect(keys.down(press('Dead', accent))).toBe('awaits-character');
    expect(keys.up({ key: 'Dead', code: accent })).toBe(true);
    expect(keys.down(press(key, code))).toBe('awaits-character');
    for (const character of made) keys.character(character);
    expect(keys.up({ key, code })).toBe(true);
  };
  return { ...machine, keys, tap, accented };
}

/** A layout: of each key its characters, alone, with Shift, with AltGr; `∅` for none or a dead one. */
const layouts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  German: {
    ...{
      Digit1: '1!',
      Digit2: '2"²',
      Digit3: '3§³',
      Digit4: '4$',
      Digit5: '5%',
      Digit6: '6&',
      Digit7: '7/{',
    },
    ...{ Digit8: '8([', Digit9: '9)]', Digit0: '0=}', Minus: 'ß?\\', KeyQ: 'qQ@', KeyE: 'eE€', KeyY: 'zZ' },
    ...{ KeyZ: 'yY', BracketLeft: 'üÜ', BracketRight: '+*~', Semicolon: 'öÖ', Quote: 'äÄ', Backslash: "#'" },
    ...{ IntlBackslash: '<>|', Comma: ',;', Period: '.:', Slash: '-_', KeyM: 'mMµ', Space: '  ' },
  },
  French: {
    ...{
      Digit1: '&1',
      Digit2: 'é2~',
      Digit3: '"3#',
      Digit4: "'4{",
      Digit5: '(5[',
      Digit6: '-6|',
      Digit7: 'è7`',
    },
    ...{ Digit8: '_8\\', Digit9: 'ç9^', Digit0: 'à0@', Minus: ')°]', Equal: '=+}', KeyQ: 'aA', KeyA: 'qQ' },
    ...{ KeyW: 'zZ', KeyZ: 'wW', KeyM: ',?', Semicolon: 'mM', Comma: ';.', Period: ':/', Slash: '!§' },
    ...{ Quote: 'ù%', BracketRight: '$£', Backslash: '*µ', IntlBackslash: '<>' },
  },
  Dvorak: {
    ...{
      Minus: '[{',
      Equal: ']}',
      KeyQ: `'"`,
      KeyW: ',<',
      KeyE: '.>',
      BracketLeft: '/?',
      BracketRight: '=+',
    },
    ...{ KeyS: 'oO', Semicolon: 'sS', Quote: '-_', KeyZ: ';:', KeyI: 'cC', Slash: 'zZ' },
  },
  Russian: {
    Digit2: '2"',
    Digit3: '3№',
    Digit4: '4;',
    Digit6: '6:',
    Digit7: '7?',
    Backslash: '\\/',
    Slash: '.,',
  },
};

const strokes = Object.entries(layouts).flatMap(([layout, keys]) =>
  Object.entries(keys).flatMap(([code, characters]) =>
    Array.from(characters, (character, level) => ({ layout, code, character, level })),
  ),
);

describe('what is printed on the keys', () => {
  it.each(strokes.filter(({ character }) => /^[ -~]$/.test(character)))(
    'arrives from a $layout keyboard: $character',
    ({ code, character, level }) => {
      const { keys, text, down, keysyms } = keyboard();
      const modifier = [null, { key: 'Shift', code: 'ShiftLeft' }, { key: 'AltGraph', code: 'AltRight' }][
        level
      ];
      const modifiers = ([[], ['shift'], ['altGraph']] as const)[level] ?? [];
      if (modifier) expect(keys.down(press(modifier.key, modifier.code))).toBe('done');
      expect(keys.down(press(character, code, modifiers))).toBe('done');
      expect(text()).toBe(character);
      expect(keysyms.at(-1)).toBe(character.charCodeAt(0));
      // Modifiers are often let go first.
      if (modifier) expect(keys.up(modifier)).toBe(true);
      expect(keys.up({ key: character, code })).toBe(true);
      expect(down()).toEqual([]);
    },
  );

  it.each(strokes.filter(({ character }) => !/^[ -~]$/.test(character)))(
    'is sent by its place where no US keyboard has it: $character of $layout',
    ({ code, character }) => {
      const { tap, text } = keyboard();
      expect(tap(character, code)).toBe(false);
      expect(text()).toBe('');
    },
  );

  it('arrives in runs, with keys that overlap, and Shift that is held throughout', () => {
    const { keys, text, down } = keyboard();
    keys.down(press('Shift', 'ShiftLeft'));
    keys.down(press('A', 'KeyA', ['shift']));
    keys.down(press('/', 'Digit7', ['shift']));
    keys.up({ key: 'A', code: 'KeyA' });
    keys.down(press('(', 'Digit8', ['shift']));
    keys.up({ key: '/', code: 'Digit7' });
    keys.up({ key: 'Shift', code: 'ShiftLeft' });
    keys.up({ key: '8', code: 'Digit8' });
    keys.down(press('x', 'KeyX'));
    keys.down(press('x', 'KeyX'));
    keys.up({ key: 'x', code: 'KeyX' });
    expect(text()).toBe('A/(xx');
    expect(down()).toEqual([]);
  });

  it('holds Shift for keys without a character, as the person does', () => {
    const { keys, tap, down } = keyboard();
    keys.down(press('Shift', 'ShiftRight'));
    tap('/', 'Digit7', ['shift']);
    expect(tap('ArrowLeft', 'ArrowLeft', ['shift'])).toBe(false);
    expect(down()).toEqual(['ShiftLeft']);
    keys.up({ key: 'Shift', code: 'ShiftRight' });
    expect(down()).toEqual([]);
    for (const key of ['Enter', 'Tab', 'F2', 'Escape', 'Alt', 'Meta', 'Process', 'Unidentified']) {
      expect(tap(key, key), key).toBe(false);
    }
  });

  it('takes Caps Lock as it is printed, and keeps it from the machine', () => {
    const { tap, text } = keyboard();
    expect(tap('CapsLock', 'CapsLock')).toBe(true);
    tap('A', 'KeyA');
    tap('b', 'KeyB', ['shift']);
    expect(text()).toBe('Ab');
  });

  it('makes commands of keys by what is printed, and by place for other scripts', () => {
    const { keys, tap, text, down } = keyboard();
    keys.down(press('Control', 'ControlLeft'));
    tap('c', 'KeyI', ['control']);
    tap('с', 'KeyC', ['control']);
    tap('ב', 'KeyC', ['control']);
    tap('C', 'KeyC', ['control']);
    tap('/', 'Digit7', ['control', 'shift']);
    keys.up({ key: 'Control', code: 'ControlLeft' });
    expect(text()).toBe('^c^c^c^c^/');
    expect(down()).toEqual([]);
    tap('с', 'KeyC');
    expect(text()).toBe('^c^c^c^c^/');
  });

  it('takes Control and Alt, one right after the other, for AltGr, as Windows gives it', () => {
    const { keys, text, down } = keyboard();
    keys.down(press('Control', 'ControlLeft', [], 1_000));
    keys.down(press('AltGraph', 'AltRight', ['altGraph'], 1_001));
    keys.down(press('@', 'KeyQ', ['altGraph', 'control', 'alt'], 1_100));
    keys.up({ key: '@', code: 'KeyQ' });
    keys.up({ key: 'Control', code: 'ControlLeft' });
    keys.up({ key: 'AltGraph', code: 'AltRight' });
    expect(text()).toBe('@');
    expect(down()).toEqual([]);
  });

  it('takes the Option key of a Mac for AltGr', () => {
    const { send, keys, text } = keyboard(true);
    send(0xffe9, 'AltLeft', true);
    keys.down(press('@', 'KeyL', ['alt']));
    expect(text()).toBe('@');
    expect(keys.down(press('∫', 'KeyB', ['alt']))).toBe('by-place');
  });

  // As Electron 33 gives them on Linux, with German, French, Spanish and Polish keys.
  it.each([
    ['^ and Space', 'Backquote', [' ', 'Space'], '^', '^'],
    ['` and Space', 'Equal', [' ', 'Space'], '`', '`'],
    ['´ and Space', 'Equal', [' ', 'Space'], "'", "'"],
    ['~ and Space', 'KeyN', [' ', 'Space'], '~', '~'],
    ['¨ and Space', 'BracketLeft', [' ', 'Space'], '"', '"'],
    ['^ twice', 'Backquote', ['Dead', 'Backquote'], '^', '^'],
    ['^ twice on Windows', 'Backquote', ['Dead', 'Backquote'], '^^', '^^'],
    ['^ and x on Windows', 'Backquote', ['x', 'KeyX'], '^x', '^x'],
    ['an â, which no US keyboard has', 'Backquote', ['a', 'KeyA'], 'â', 'a'],
    ['a ´, which no US keyboard has', 'Equal', ['Dead', 'Equal'], '´', ''],
    ['nothing', 'Backquote', ['q', 'KeyQ'], '', ''],
  ] as const)('is typed where an accent comes first: %s', (_, accent, key, made, typed) => {
    const { accented, tap, text, down } = keyboard();
    accented(accent, key, made);
    expect(text()).toBe(typed);
    expect(down()).toEqual([]);
    expect(tap('b', 'KeyB')).toBe(true);
    expect(text()).toBe(`${typed}b`);
  });

  it('is no accent’s any more where a command or a key without a character comes between', () => {
    const { keys, tap, text } = keyboard();
    keys.down(press('Dead', 'Backquote'));
    expect(tap('Escape', 'Escape')).toBe(false);
    expect(tap('a', 'KeyA')).toBe(true);
    keys.down(press('Dead', 'Backquote'));
    keys.down(press('Control', 'ControlLeft'));
    expect(tap('c', 'KeyC', ['control'])).toBe(true);
    keys.up({ key: 'Control', code: 'ControlLeft' });
    expect(text()).toBe('a^c');
  });

  it('is an accent’s also where the key after it needs Shift', () => {
    const { keys, text, down } = keyboard();
    keys.down(press('Shift', 'ShiftLeft'));
    expect(keys.down(press('Dead', 'Equal', ['shift']))).toBe('awaits-character');
    keys.up({ key: 'Dead', code: 'Equal' });
    keys.up({ key: 'Shift', code: 'ShiftLeft' });
    expect(keys.down(press(' ', 'Space'))).toBe('awaits-character');
    keys.character('`');
    keys.up({ key: ' ', code: 'Space' });
    expect(text()).toBe('`');
    expect(down()).toEqual([]);
  });

  it('is of a key alone that follows an accent: the rest has been sent when it went down', () => {
    const { keys, tap, text } = keyboard();
    expect(tap('a', 'KeyA')).toBe(true);
    keys.character('a');
    expect(text()).toBe('a');
  });

  it('lets go of all that is held', () => {
    const { keys, down } = keyboard();
    keys.down(press('Shift', 'ShiftLeft'));
    keys.down(press('Control', 'ControlLeft'));
    keys.down(press('a', 'KeyA', ['control']));
    keys.release();
    expect(down()).toEqual([]);
  });
});
