import type { StateKind } from '../../preload/contract/instance.ts';

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** How far a point lies outside a shape, in pixels; negative inside. The plane is one unit wide, its middle at 0. */
type Distance = (x: number, y: number) => number;

const disc =
  (radius: number): Distance =>
  (x, y) =>
    Math.hypot(x, y) - radius;

const ring =
  (radius: number, width: number): Distance =>
  (x, y) =>
    Math.abs(Math.hypot(x, y) - radius) - width / 2;

/** A pair of upright bars: from `inner` to `outer` on both sides of the middle. */
const bars =
  (inner: number, outer: number, halfHeight: number): Distance =>
  (x, y) =>
    Math.max(Math.abs(Math.abs(x) - (inner + outer) / 2) - (outer - inner) / 2, Math.abs(y) - halfHeight);

const union =
  (...shapes: readonly Distance[]): Distance =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

const minus =
  (shape: Distance, hole: Distance): Distance =>
  (x, y) =>
    Math.max(shape(x, y), -hole(x, y));

const angleTurns = (x: number, y: number): number => (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1;

/** A triangle that stands on its base: its two sides and its base, each as the distance to that line. */
const triangle =
  (base: number): Distance =>
  (x, y) =>
    Math.max(0.87 * Math.abs(x) - 0.494 * (y + 0.38), y - base);

const radius = 0.38;
const stroke = 0.12;
const outline = ring(radius - stroke / 2, stroke);

/** Moves a straight edge to the next border between two pixels, or it would be drawn as a grey line. */
type Snap = (position: number) => number;

/** The shapes of the states, the same as in the window: never told by colour alone. */
const shapes: Readonly<Record<StateKind, (snap: Snap) => Distance>> = {
  running: () => disc(radius),
  stopped: () => outline,
  // Three quarters of a ring: something turns.
  transition: () => minus(outline, (x, y) => (x > 0 && y < 0 ? -1 : 1)),
  suspended: (snap) => bars(snap(0.07), snap(0.25), snap(0.34)),
  failed: (snap) => triangle(snap(0.36)),
  deletion: () =>
    union(outline, (x, y) => Math.max(Math.abs(x + y) / Math.SQRT2 - stroke / 2, Math.hypot(x, y) - radius)),
  // Six dashes with gaps of two thirds of their length: at 16 px more of them, or narrower gaps, run together.
  unknown: () => minus(outline, (x, y) => ((angleTurns(x, y) * 6 + 0.3) % 1 < 0.6 ? 1 : -1)),
};

/** Samples a pixel in each direction, for smooth edges. */
const samples = 4;

/** A state's mark as a square bitmap of `sizePx`, 4 bytes a pixel in Electron's order: blue, green, red, alpha, premultiplied. */
export function drawStateIcon(kind: StateKind, sizePx: number, [red, green, blue]: Rgb): Uint8Array {
  const shape = shapes[kind]((position) => Math.round(position * sizePx) / sizePx);
  const bitmap = new Uint8Array(sizePx * sizePx * 4);
  for (let row = 0; row < sizePx; row += 1) {
    for (let column = 0; column < sizePx; column += 1) {
      let hits = 0;
      for (let i = 0; i < samples * samples; i += 1) {
        const x = (column + ((i % samples) + 0.5) / samples) / sizePx - 0.5;
        const y = (row + (Math.floor(i / samples) + 0.5) / samples) / sizePx - 0.5;
        if (shape(x, y) <= 0) hits += 1;
      }
      const coverage = hits / (samples * samples);
      const at = (row * sizePx + column) * 4;
      bitmap[at] = Math.round(blue * coverage);
      bitmap[at + 1] = Math.round(green * coverage);
      bitmap[at + 2] = Math.round(red * coverage);
      bitmap[at + 3] = Math.round(255 * coverage);
    }
  }
  return bitmap;
}
