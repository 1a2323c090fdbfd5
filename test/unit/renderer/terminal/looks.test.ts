import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../../main/settings/settings.ts';
import { fontFamilies, themeOf, xtermOptions, type Looks } from '../../../../renderer/terminal/looks.ts';

const looks = (settings: Partial<Looks['settings']> = {}, more: Partial<Looks> = {}): Looks => ({
  settings: { ...defaultSettings.terminal, ...settings },
  isDark: true,
  zoomPx: 0,
  ...more,
});

describe('the looks of a terminal', () => {
  it('are those that are set', () => {
    const set = { minimumContrast: '4.5', screenReader: true, cursorShape: 'underline' } as const;
    expect(xtermOptions(looks({ ...set, lineHeightPercent: 140, fontSizePx: 15 }), 'Own')).toMatchObject({
      fontFamily: 'Own',
      fontSize: 15,
      lineHeight: 1.4,
      cursorStyle: 'underline',
      minimumContrastRatio: 4.5,
      screenReaderMode: true,
      scrollback: 10_000,
    });
    expect(xtermOptions(looks(), 'Own').minimumContrastRatio).toBe(1);
  });

  it('follow the app where its two themes differ', () => {
    const settings = { ...defaultSettings.terminal, themeInLight: 'solarized-light' } as const;
    expect(themeOf({ settings, isDark: false }).name).toBe('Solarized Light');
    expect(themeOf({ settings, isDark: true }).name).toBe('Evorxa Dark');
  });

  it('have text as large as the window makes it, within bounds', () => {
    const sizeAt = (zoomPx: number) => xtermOptions(looks({ fontSizePx: 12 }, { zoomPx }), 'Own').fontSize;
    expect([sizeAt(3), sizeAt(-24), sizeAt(100)]).toEqual([15, 6, 48]);
  });

  it('have the app’s own font behind the one that is named', () => {
    expect(fontFamilies(' Fira Code ', 'Own, monospace')).toBe('"Fira Code", Own, monospace');
    expect(fontFamilies('  ', 'Own')).toBe('Own');
  });
});
