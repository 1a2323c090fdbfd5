import { expect, it } from 'vitest';
import {
  installedFonts,
  isInstalled,
  type Measure,
} from '../../../../../renderer/views/settings/installed-fonts.ts';

/** A page that has these fonts, the last of which is what it draws `monospace` with. */
const widths: Readonly<Record<string, number>> = { Hack: 610, 'DejaVu Sans Mono': 602 };
const behind: Readonly<Record<string, number>> = { monospace: 602, serif: 500, 'sans-serif': 550 };
const measure: Measure = (family) => {
  const [first = '', second = ''] = family.split(', ');
  return widths[first.replaceAll('"', '')] ?? behind[second] ?? behind[first] ?? 0;
};

it('are those that change the width of text, also where one is the usual one', () => {
  expect(installedFonts(measure)).toEqual(['Hack', 'DejaVu Sans Mono']);
  expect(isInstalled('Nothing Mono', measure)).toBe(false);
});
