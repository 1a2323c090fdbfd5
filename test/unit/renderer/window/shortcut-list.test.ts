import { expect, it } from 'vitest';
import { shortcutGroups } from '../../../../renderer/window/shortcut-list.ts';

const keysOf = (isMac: boolean): readonly string[] =>
  shortcutGroups(isMac).flatMap(({ shortcuts }) => shortcuts.flatMap(({ keys }) => keys));

it('the shortcuts have the keys of the system', () => {
  const [mac, other] = [keysOf(true), keysOf(false)];
  expect(mac).toHaveLength(other.length);
  expect(mac.filter((key) => /Ctrl|Alt/.test(key))).toEqual([]);
  expect(other.filter((key) => /[⌘⌃⌥]/.test(key))).toEqual([]);
  expect(mac.filter((key) => !other.includes(key))).toEqual([
    ...['⌘K', '⌘A', '⌘C', '⌘V', '⌘F', '⌃⌥Esc', '⌘=', '⌘-', '⌘0', '⌘D', '⇧⌘D', '⌥⌘←↑↓→', '⌃⌘←↑↓→', '⇧⌘Enter'],
    ...['⇧⌘S', '⇧⌘B', '⌘W', '⌃Tab', '⌃⇧Tab', '⌃⇧PgUp', '⌃⇧PgDn'],
  ]);
  expect(other.filter((key) => !mac.includes(key))).toEqual([
    'Ctrl+K',
    'Ctrl+A',
    'Ctrl+Shift+C',
    'Ctrl+Shift+V',
    'Ctrl+Shift+F',
    'Ctrl+Alt+Esc',
    ...['Ctrl+=', 'Ctrl+-', 'Ctrl+0', 'Ctrl+Shift+E', 'Ctrl+Shift+O', 'Ctrl+Shift+←↑↓→'],
    ...[
      'Ctrl+Shift+Alt+←↑↓→',
      'Ctrl+Shift+Enter',
      'Ctrl+Shift+S',
      'Ctrl+Shift+B',
      'Ctrl+Shift+W',
      'Ctrl+Tab',
      'Ctrl+Shift+Tab',
    ],
    ...['Ctrl+Shift+PgUp', 'Ctrl+Shift+PgDn'],
  ]);
});

it('each shortcut of a group does something else, and says so', () => {
  for (const { title, shortcuts } of shortcutGroups(false)) {
    expect(title).not.toBe('');
    expect(shortcuts.length).toBeGreaterThan(1);
    const words = shortcuts.map(({ what }) => what);
    expect(words.filter((what) => !/^[A-Z].*[^.]$/.test(what))).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
    const keys = shortcuts.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
