import { describe, expect, it } from 'vitest';
import { readPlace, savePlace } from '../../../main/desktop/saved-place.ts';
import { placeOnScreens, type Rectangle, type WindowPlace } from '../../../main/desktop/window-bounds.ts';
import { FakeStore } from '../accounts/fakes.ts';

const main: Rectangle = { x: 0, y: 25, width: 1920, height: 1055 };
const left: Rectangle = { x: -1280, y: 0, width: 1280, height: 1024 };
const place = (x: number, y: number, width = 1280, height = 800, maximized = false): WindowPlace => ({
  bounds: { x, y, width, height },
  maximized,
});

describe('a saved place', () => {
  it.each([
    ['in the middle', place(300, 100)],
    ['at the corner', place(0, 25)],
    ['half off to the right', place(1280, 100)],
    ['half off to the left', place(-640, 100)],
    ['half off below', place(100, 700)],
    ['with just enough of its title bar', place(1920 - 120, 25)],
    ['maximised', place(0, 25, 1280, 800, true)],
    ['a little larger than the screen', place(0, 25, 2400, 1200)],
  ])('%s is used', (_where, saved) => {
    expect(placeOnScreens(saved, [main])).toEqual(saved);
  });

  it.each([
    ['on a screen that has gone', place(-1280, 0)],
    ['far away', place(50_000, 50_000)],
    ['off to the right but for a sliver', place(1920 - 119, 100)],
    ['off to the left but for a sliver', place(-1280 + 119, 100)],
    ['with its title bar above the screen', place(100, 0)],
    ['with its title bar below the screen', place(100, 1080 - 29)],
    ['huge', place(0, 25, 100_000, 100_000)],
    ['wide', place(0, 25, 2900, 800)],
    ['of no width', place(100, 100, 0, 0)],
    ['of negative size', place(100, 100, -800, -600)],
    ['maximised on a screen that has gone', place(-1280, 0, 1280, 800, true)],
  ])('%s is not used', (_where, saved) => {
    expect(placeOnScreens(saved, [main])).toBeNull();
  });

  it('on a second screen is used while that is there', () => {
    expect(placeOnScreens(place(-1200, 10), [main, left])).toEqual(place(-1200, 10));
  });

  it('of a window that was never told where it is, as on Wayland, gives its size alone', () => {
    const size = { width: 1280, height: 800 };
    const opening = { bounds: size, maximized: true };
    expect(placeOnScreens(place(0, 0, 1280, 800, true), [main], 'linux')).toEqual(opening);
    // The screens are not all at the origin.
    expect(placeOnScreens(place(0, 0), [left], 'linux')?.bounds).toEqual(size);
    expect(placeOnScreens(place(0, 0, 100_000, 800), [main], 'linux')).toBeNull();
    expect(placeOnScreens(place(0, 1), [left, { ...main, y: 0 }], 'linux')).toEqual(place(0, 1));
    for (const platform of ['darwin', 'win32'] as const) {
      expect(placeOnScreens(place(0, 0), [{ ...main, y: 0 }], platform)).toEqual(place(0, 0));
    }
  });

  it('that is too small to use is made larger', () => {
    expect(placeOnScreens(place(100, 100, 200, 100), [main])?.bounds).toEqual({
      x: 100,
      y: 100,
      width: 720,
      height: 480,
    });
  });

  it('is not used without a screen, and there may be none', () => {
    expect(placeOnScreens(place(0, 25), [])).toBeNull();
    expect(placeOnScreens(null, [main])).toBeNull();
  });
});

describe('the place on disk', () => {
  it('comes back as it was', () => {
    const store = new FakeStore();
    savePlace(store, place(1, 2, 3, 4, true));
    expect(readPlace(store)).toEqual(place(1, 2, 3, 4, true));
  });

  it.each([
    undefined,
    null,
    'here',
    {},
    { bounds: null, maximized: true },
    { bounds: { x: 1, y: 2, width: 3 }, maximized: true },
    { bounds: { x: 1.5, y: 2, width: 3, height: 4 }, maximized: true },
    { bounds: { x: '1', y: 2, width: 3, height: 4 }, maximized: true },
    { bounds: { x: 1e300, y: 2, width: 3, height: 4 }, maximized: true },
    { bounds: { x: 1, y: 2, width: 3, height: 4 }, maximized: 'yes' },
  ])('that is %j counts as none', (stored) => {
    const store = new FakeStore();
    store.values.set('window', stored);
    expect(readPlace(store)).toBeNull();
  });
});
