import { describe, expect, it } from 'vitest';
import { terminalCommand } from '../../../../renderer/terminal/terminal-keys.ts';
import { keyPress } from '../../../support/key-press.ts';

const letter = { C: ['c', 'с', 'ψ', 'ב'], V: ['v', 'м', 'ω', 'ה'], F: ['f', 'а', 'φ', 'כ'] } as const;
const presses = (name: keyof typeof letter) => letter[name].map((key) => keyPress(key, `Key${name}`));
const ctrl = { ctrlKey: true };
const ctrlShift = { ctrlKey: true, shiftKey: true };
const cmd = { metaKey: true };

describe('terminalCommand', () => {
  it('copies what is selected, and leaves Ctrl+C to the program where nothing is', () => {
    for (const press of presses('C')) {
      expect(terminalCommand({ ...press, ...ctrl }, false, true)).toBe('copy');
      expect(terminalCommand({ ...press, ...ctrlShift }, false, true)).toBe('copy');
      expect(terminalCommand({ ...press, ...ctrl }, false, false)).toBeNull();
      expect(terminalCommand({ ...press, ...cmd }, true, true)).toBe('copy');
      expect(terminalCommand({ ...press, ...cmd }, true, false)).toBeNull();
      // The terminal's own on a Mac.
      expect(terminalCommand({ ...press, ...ctrl }, true, true)).toBeNull();
    }
    expect(terminalCommand({ ...keyPress('Insert'), ...ctrl }, false, true)).toBe('copy');
  });

  it('pastes, and leaves Ctrl+V to the program', () => {
    for (const press of presses('V')) {
      expect(terminalCommand({ ...press, ...ctrlShift }, false, false)).toBe('paste');
      expect(terminalCommand({ ...press, ...cmd }, true, false)).toBe('paste');
      expect(terminalCommand({ ...press, ...ctrl }, false, true)).toBeNull();
      expect(terminalCommand({ ...press, ...ctrlShift, altKey: true }, false, true)).toBeNull();
      expect(terminalCommand({ ...press, ...ctrlShift, metaKey: true }, false, true)).toBeNull();
    }
    expect(terminalCommand({ ...keyPress('Insert'), shiftKey: true }, false, false)).toBe('paste');
  });

  it('searches', () => {
    for (const press of presses('F')) {
      expect(terminalCommand({ ...press, ...ctrlShift }, false, false)).toBe('search');
      expect(terminalCommand({ ...press, ...cmd }, true, false)).toBe('search');
      expect(terminalCommand({ ...press, ...ctrl }, false, false)).toBeNull();
    }
  });
});
