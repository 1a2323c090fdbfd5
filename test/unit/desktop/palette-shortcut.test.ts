import { beforeEach, expect, it, vi } from 'vitest';
import { createPaletteShortcut } from '../../../main/desktop/palette-shortcut.ts';

const system = vi.hoisted(() => ({ held: new Map<string, () => void>(), taken: new Set<string>() }));
vi.mock('electron', () => ({
  globalShortcut: {
    register: (keys: string, onPress: () => void) => {
      if (keys === 'nothing') throw new TypeError('Error processing argument');
      if (system.taken.has(keys)) return false;
      system.held.set(keys, onPress);
      return true;
    },
    isRegistered: (keys: string) => system.held.has(keys),
    unregister: (keys: string) => system.held.delete(keys),
  },
}));
const states: string[] = [];
const onPress = vi.fn();
const shortcut = () => createPaletteShortcut(onPress, (state) => states.push(state));
beforeEach(() => {
  system.held.clear();
  system.taken.clear();
  states.length = 0;
});

it('holds the keys that are chosen, and lets go of those before them', () => {
  const held = shortcut();
  held.follow(null);
  held.follow('Control+Alt+K');
  held.follow('Control+Alt+K');
  system.held.get('Control+Alt+K')?.();
  expect(onPress).toHaveBeenCalledTimes(1);
  held.follow('Control+Alt+J');
  expect([...system.held.keys()]).toEqual(['Control+Alt+J']);
  held.stop();
  expect([...system.held.keys()]).toEqual([]);
  expect(states).toEqual(['on', 'on']);
});

it('says where another program has them, or they are none, and takes no others instead', () => {
  system.taken.add('Control+Alt+K');
  const refused = shortcut();
  refused.follow('Control+Alt+K');
  refused.follow('nothing');
  refused.follow(null);
  expect(states).toEqual(['taken', 'taken', 'off']);
  expect(system.held.size).toBe(0);
});
