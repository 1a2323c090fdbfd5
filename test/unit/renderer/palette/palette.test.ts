import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { palette } from '../../../../renderer/palette/palette.svelte.ts';
import { keyPress } from '../../../support/key-press.ts';

/** What has the focus: in a terminal or not. */
class FakeElement {
  readonly #isInTerminal: boolean;
  constructor(isInTerminal: boolean) {
    this.#isInTerminal = isInTerminal;
  }
  closest(selector: string): object | null {
    return this.#isInTerminal && selector === '.xterm' ? {} : null;
  }
}

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement);
  palette.isOpen = false;
});
afterEach(() => vi.unstubAllGlobals());

/** Presses a key, and says whether it was taken. */
function takes(key: string, held: object, target: object | null = null): boolean {
  const preventDefault = vi.fn();
  palette.takeKey({ ...keyPress(key), ...held, target, preventDefault } as unknown as KeyboardEvent);
  return preventDefault.mock.calls.length === 1;
}

it.each([{ ctrlKey: true }, { metaKey: true }])('opens by %j and K, and closes by it', (held) => {
  expect(takes('k', held)).toBe(true);
  expect(palette.isOpen).toBe(true);
  expect(takes('k', held, new FakeElement(false))).toBe(true);
  expect(palette.isOpen).toBe(false);
});

it.each<[string, object]>([
  ['k', {}],
  ['j', { ctrlKey: true }],
  ['k', { ctrlKey: true, shiftKey: true }],
  ['k', { ctrlKey: true, altKey: true }],
  ['k', { ctrlKey: true, metaKey: true }],
])('leaves %s with %j to others', (key, held) => {
  expect(takes(key, held)).toBe(false);
  expect(palette.isOpen).toBe(false);
});

it('leaves Ctrl+K in a terminal to the shell, and takes Cmd+K there', () => {
  expect(takes('k', { ctrlKey: true }, new FakeElement(true))).toBe(false);
  expect(palette.isOpen).toBe(false);
  expect(takes('k', { metaKey: true }, new FakeElement(true))).toBe(true);
  expect(palette.isOpen).toBe(true);
});
