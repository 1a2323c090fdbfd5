import { describe, expect, it } from 'vitest';
import { drawStateIcon } from '../../../main/desktop/icon-drawing.ts';
import type { StateKind } from '../../../preload/contract/instance.ts';

const kinds: readonly StateKind[] = [
  'running',
  'stopped',
  'transition',
  'suspended',
  'failed',
  'deletion',
  'unknown',
];
const sizes = [16, 18, 22, 32, 36, 44];

const alphas = (kind: StateKind, sizePx: number): readonly number[] => {
  const bitmap = drawStateIcon(kind, sizePx, [1, 2, 3]);
  return Array.from({ length: sizePx * sizePx }, (_, index) => bitmap[index * 4 + 3] ?? 0);
};

/** How many pixels of two annotations differ so much that the eye sees it. */
const difference = (a: readonly number[], b: readonly number[]): number =>
  a.filter((alpha, index) => Math.abs(alpha - (b[index] ?? 0)) > 96).length;

const at = (alpha: readonly number[], sizePx: number, x: number, y: number): number =>
  alpha[Math.floor(y * sizePx) * sizePx + Math.floor(x * sizePx)] ?? -1;

describe.each(sizes)('annotations of %i px', (sizePx) => {
  it('differ in shape, not only in colour', () => {
    const pairs = kinds.flatMap((a, index) => kinds.slice(index + 1).map((b) => [a, b] as const));
    const alike = pairs.filter(
      ([a, b]) => difference(alphas(a, sizePx), alphas(b, sizePx)) < sizePx * sizePx * 0.04,
    );
    expect(alike).toEqual([]);
  });

  it.each(kinds)('%s is not cut at an edge, and is not empty', (kind) => {
    const alpha = alphas(kind, sizePx);
    const edge = alpha.filter((_, index) => {
      const [row, column] = [Math.floor(index / sizePx), index % sizePx];
      return row === 0 || column === 0 || row === sizePx - 1 || column === sizePx - 1;
    });
    expect(Math.max(...edge)).toBe(0);
    expect(alpha.filter((value) => value > 160).length).toBeGreaterThan(sizePx);
  });

  it('show what they mean', () => {
    const middle = (kind: StateKind): number => at(alphas(kind, sizePx), sizePx, 0.5, 0.5);
    for (const kind of ['running', 'failed', 'deletion'] as const) expect(middle(kind)).toBeGreaterThan(192);
    for (const kind of ['stopped', 'transition', 'suspended', 'unknown'] as const)
      expect(middle(kind)).toBe(0);
    // The quarter that is missing.
    expect(at(alphas('transition', sizePx), sizePx, 0.73, 0.27)).toBe(0);
    expect(at(alphas('transition', sizePx), sizePx, 0.27, 0.73)).toBeGreaterThan(96);
  });

  it('have sharp bars and a sharp base where an edge is straight', () => {
    expect(alphas('suspended', sizePx).every((alpha) => alpha === 0 || alpha === 255)).toBe(true);
    const row = (index: number): readonly number[] =>
      alphas('failed', sizePx).slice(index * sizePx, (index + 1) * sizePx);
    const last =
      Array.from({ length: sizePx }, (_, index) => index).findLast((index) => Math.max(...row(index)) > 0) ??
      0;
    expect(Math.max(...row(last))).toBe(255);
  });
});

describe('a mark', () => {
  it('is blue, green, red, alpha, premultiplied', () => {
    const bitmap = drawStateIcon('running', 16, [200, 100, 50]);
    const middle = (8 * 16 + 8) * 4;
    expect([...bitmap.slice(middle, middle + 4)]).toEqual([50, 100, 200, 255]);
    for (let pixel = 0; pixel < bitmap.length; pixel += 4) {
      const [blue = 0, green = 0, red = 0, alpha = 0] = bitmap.slice(pixel, pixel + 4);
      expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha);
    }
  });

  it('of six dashes has six', () => {
    const sizePx = 44;
    const alpha = alphas('unknown', sizePx);
    const around = Array.from({ length: 720 }, (_, step) => {
      const angle = (step / 720) * 2 * Math.PI;
      return at(alpha, sizePx, 0.5 + 0.32 * Math.cos(angle), 0.5 + 0.32 * Math.sin(angle)) > 127;
    });
    expect(around.filter((on, step) => on && around.at(step - 1) === false)).toHaveLength(6);
  });
});
