import type { ITerminalOptions } from '@xterm/xterm';
import { terminalThemeIn, type Settings } from '../../preload/contract/settings.ts';
import { terminalThemes, type TerminalTheme } from '../../preload/contract/terminal-themes.ts';
import { xtermTheme } from './terminal-theme.ts';

/** All that the looks of a terminal depend on. */
export interface Looks {
  readonly settings: Settings['terminal'];
  /** The app is drawn dark. */
  readonly isDark: boolean;
  /** What the window adds to the size of the font. */
  readonly zoomPx: number;
}

/** The colours that a terminal is drawn with now. */
export const themeOf = ({ settings, isDark }: Omit<Looks, 'zoomPx'>): TerminalTheme =>
  terminalThemes[terminalThemeIn(settings, isDark)];

const { min, max } = { min: 6, max: 48 };

/** A font by its name, and behind it the app's own, which takes its place where it is not installed. */
export const fontFamilies = (name: string, own: string): string =>
  name.trim() === '' ? own : `"${name.trim()}", ${own}`;

/** The looks of a terminal as xterm takes them. `ownFont` is the app's. */
export function xtermOptions(looks: Looks, ownFont: string): ITerminalOptions {
  const { settings, zoomPx } = looks;
  return {
    theme: xtermTheme(themeOf(looks)),
    fontFamily: fontFamilies(settings.fontFamily, ownFont),
    fontSize: Math.min(max, Math.max(min, settings.fontSizePx + zoomPx)),
    lineHeight: settings.lineHeightPercent / 100,
    cursorStyle: settings.cursorShape,
    minimumContrastRatio: settings.minimumContrast === 'off' ? 1 : Number(settings.minimumContrast),
    screenReaderMode: settings.screenReader,
    scrollback: settings.scrollbackLines,
  };
}
