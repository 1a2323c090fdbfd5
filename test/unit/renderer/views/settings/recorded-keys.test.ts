import { expect, it } from 'vitest';
import type { KeyPress } from '../../../../../renderer/components/chord.ts';
import { keysInWords, recordedKeys } from '../../../../../renderer/views/settings/recorded-keys.ts';

const press = (key: string, held: string, code = ''): KeyPress => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
  metaKey: held.includes('m'),
});

it.each([
  [press('k', 'ca'), 'Control+Alt+K'],
  [press(' ', 'a'), 'Alt+Space'],
  [press('ArrowUp', 'cs'), 'Control+Shift+Up'],
  [press('F5', 'm'), 'Meta+F5'],
  [press('л', 'ca', 'KeyK'), 'Control+Alt+K'],
])('%j is keys', (pressed, keys) => {
  expect(recordedKeys(pressed)).toEqual({ kind: 'keys', keys });
});

it('a letter alone, a sign and modifiers alone are none', () => {
  expect(recordedKeys(press('k', ''))).toEqual({ kind: 'too-few' });
  expect(recordedKeys(press('K', 's'))).toEqual({ kind: 'too-few' });
  expect(recordedKeys(press('+', 'c'))).toEqual({ kind: 'too-few' });
  expect(recordedKeys(press('Control', 'c'))).toEqual({ kind: 'incomplete' });
});

it('are read as the system writes them', () => {
  expect(keysInWords('Control+Alt+K', false)).toBe('Ctrl+Alt+K');
  expect(keysInWords('Control+Shift+Meta+K', true)).toBe('⌃⇧⌘K');
});
