import { describe, expect, it } from 'vitest';
import { terminalWish } from '../../../../renderer/terminal/terminal-keys.ts';
import { keyPress } from '../../../support/key-press.ts';

const letter = { C: ['c', 'с', 'ψ', 'ב'], V: ['v', 'м', 'ω', 'ה'], F: ['f', 'а', 'φ', 'כ'] } as const;
const presses = (name: keyof typeof letter) => letter[name].map((key) => keyPress(key, `Key${name}`));
const ctrl = { ctrlKey: true };
const ctrlShift = { ctrlKey: true, shiftKey: true };
const cmd = { metaKey: true };

describe('terminalWish', () => {
  it('copies what is selected, and leaves Ctrl+C to the program where nothing is', () => {
    for (const press of presses('C')) {
      expect(terminalWish({ ...press, ...ctrl }, false, true)).toBe('copy');
      expect(terminalWish({ ...press, ...ctrlShift }, false, true)).toBe('copy');
      expect(terminalWish({ ...press, ...ctrl }, false, false)).toBeNull();
      expect(terminalWish({ ...press, ...cmd }, true, true)).toBe('copy');
      expect(terminalWish({ ...press, ...cmd }, true, false)).toBeNull();
      // The terminal's own on a Mac.
      expect(terminalWish({ ...press, ...ctrl }, true, true)).toBeNull();
    }
    expect(terminalWish({ ...keyPress('Insert'), ...ctrl }, false, true)).toBe('copy');
  });

  it('pastes, and leaves Ctrl+V to the program', () => {
    for (const press of presses('V')) {
      expect(terminalWish({ ...press, ...ctrlShift }, false, false)).toBe('paste');
      expect(terminalWish({ ...press, ...cmd }, true, false)).toBe('paste');
      expect(terminalWish({ ...press, ...ctrl }, false, true)).toBeNull();
      expect(terminalWish({ ...press, ...ctrlShift, altKey: true }, false, true)).toBeNull();
      expect(terminalWish({ ...press, ...ctrlShift, metaKey: true }, false, true)).toBeNull();
    }
    expect(terminalWish({ ...keyPress('Insert'), shiftKey: true }, false, false)).toBe('paste');
  });

  it('searches', () => {
    for (const press of presses('F')) {
      expect(terminalWish({ ...press, ...ctrlShift }, false, false)).toBe('search');
      expect(terminalWish({ ...press, ...cmd }, true, false)).toBe('search');
      expect(terminalWish({ ...press, ...ctrl }, false, false)).toBeNull();
    }
  });
});
