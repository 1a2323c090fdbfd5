import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../../renderer/styles/tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';

/** The hex colours of tokens.css by name, in both themes. */
function parseColours(source: string): ReadonlyMap<string, Readonly<Record<Theme, string>>> {
  const declarations = source.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/gu);
  return new Map(
    [...declarations].map(([, name = '', light = '', dark = '']) => [name, { light, dark }] as const),
  );
}

const colours = parseColours(css);

function colour(name: string, theme: Theme): string {
  const pair = colours.get(name);
  if (pair === undefined) throw new Error(`tokens.css has no colour --${name}`);
  return pair[theme];
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['bg', 'surface', 'raised', 'sunken'];
const tones = ['accent', 'ok', 'busy', 'warn', 'bad', 'off'];
const pairs: readonly (readonly [string, string])[] = [
  ...['text', 'muted', 'faint', ...tones].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...tones.map((tone) => [tone, `${tone}-soft`] as const),
  // Words stand on a soft ground too: in a banner, in the active row of a table.
  ...tones.map((tone) => ['text', `${tone}-soft`] as const),
  ['muted', 'accent-soft'],
  ...['ok', 'busy', 'warn', 'bad', 'off'].map((tone) => [tone, 'accent-soft'] as const),
  ['on-accent', 'accent'],
  ['on-accent', 'bad'],
  ['surface', 'text'],
  ...['text', 'ok', 'bad'].map((tone) => [`terminal-${tone}`, 'terminal-bg'] as const),
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(pairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['series-1', 'series-2', 'series-3', 'series-4'])('%s can be made out on a card', (series) => {
    expect(contrast(colour(series, theme), colour('surface', theme))).toBeGreaterThanOrEqual(3);
  });
});

test('the arithmetic agrees with the known extremes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('every colour has both themes', () => {
  const single = [...css.matchAll(/--([\w-]+): (#[\da-f]+|rgb)/gu)].map(([, name]) => name);
  expect(single).toEqual([]);
});
