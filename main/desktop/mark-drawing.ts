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

const bar =
  (centerX: number, halfWidth: number, halfHeight: number): Distance =>
  (x, y) =>
    Math.max(Math.abs(x - centerX) - halfWidth, Math.abs(y) - halfHeight);

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
const triangle: Distance = (x, y) => Math.max(0.87 * Math.abs(x) - 0.494 * (y + 0.38), y - 0.36);

const radius = 0.38;
const stroke = 0.12;

/** The shapes of the states, the same as in the window: never told by colour alone. */
const shapes: Readonly<Record<StateKind, Distance>> = {
  running: disc(radius),
  stopped: ring(radius - stroke / 2, stroke),
  // Three quarters of a ring: something turns.
  transition: minus(ring(radius - stroke / 2, stroke), (x, y) => (x > 0 && y < 0 ? -1 : 1)),
  suspended: union(bar(-0.17, 0.085, 0.34), bar(0.17, 0.085, 0.34)),
  failed: triangle,
  deletion: union(ring(radius - stroke / 2, stroke), (x, y) =>
    Math.max(Math.abs(x + y) / Math.SQRT2 - stroke / 2, Math.hypot(x, y) - radius),
  ),
  // Eight dashes.
  unknown: minus(ring(radius - stroke / 2, stroke), (x, y) =>
    Math.floor(angleTurns(x, y) * 16) % 2 === 0 ? -1 : 1,
  ),
};

/** Samples a pixel in each direction, for smooth edges. */
const samples = 4;

/** A state's mark as a square bitmap of `sizePx`, 4 bytes a pixel in Electron's order: blue, green, red, alpha, premultiplied. */
export function drawMark(kind: StateKind, sizePx: number, [red, green, blue]: Rgb): Uint8Array {
  const shape = shapes[kind];
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
