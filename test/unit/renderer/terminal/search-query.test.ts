import { describe, expect, it } from 'vitest';
import { terminalThemes } from '../../../../preload/contract/terminal-themes.ts';
import { mixed, searchColours } from '../../../../renderer/terminal/search-colours.ts';
import { foundWords, noQuery, queryProblem } from '../../../../renderer/terminal/search-query.ts';

describe('what is looked for', () => {
  it('is refused only where it is an expression that is none, which is said', () => {
    expect(queryProblem({ ...noQuery, text: '(' })).toBeNull();
    expect(queryProblem({ ...noQuery, text: 'a.*b', isRegex: true })).toBeNull();
    expect(queryProblem({ ...noQuery, text: '(', isRegex: true })).toBe(
      'Invalid expression: unterminated group',
    );
    expect(queryProblem({ ...noQuery, text: '[b-a]', isRegex: true })).toMatch(
      /^Invalid expression: range out/,
    );
  });
});

describe('what was found', () => {
  it.each([
    [{ index: null, count: 0, isCut: false, isTooSlow: false }, 'Not found'],
    [{ index: 2, count: 17, isCut: false, isTooSlow: false }, '3 of 17'],
    [{ index: 0, count: 1_000, isCut: true, isTooSlow: false }, '1 of 1,000+'],
    [{ index: null, count: 0, isCut: false, isTooSlow: true }, 'Takes too long: make it simpler'],
    [{ index: null, count: 1_000, isCut: true, isTooSlow: false }, '1,000+ found'],
  ])('%j is said as %s', (found, words) => {
    expect(foundWords(found)).toBe(words);
  });

  it.each(Object.entries(terminalThemes))('is marked in %s so that text is read on it', (_, theme) => {
    const { matchBackground, activeMatchBorder } = searchColours(theme);
    expect(matchBackground).not.toBe(theme.background);
    const before = contrast(theme.text, theme.background);
    expect(contrast(theme.text, matchBackground)).toBeGreaterThan(Math.min(4.5, 0.6 * before));
    expect(contrast(activeMatchBorder, matchBackground)).toBeGreaterThan(2.5);
  });

  it('mixes colours by their parts', () => {
    expect([mixed('#000000', '#ff8000', 0.5), mixed('#102030', '#ffffff', 0)]).toEqual([
      '#804000',
      '#102030',
    ]);
  });
});

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
