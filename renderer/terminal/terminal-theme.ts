import type { ITheme } from '@xterm/xterm';
import type { TerminalTheme } from '../../preload/contract/terminal-themes.ts';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const brightNames = [
  ...(['brightBlack', 'brightRed', 'brightGreen', 'brightYellow'] as const),
  ...(['brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const),
];

/** A theme's colours as xterm takes them. */
export const xtermTheme = ({ text, background, cursor, selection, palette }: TerminalTheme): ITheme => ({
  background,
  foreground: text,
  cursor,
  cursorAccent: background,
  selectionBackground: selection,
  selectionInactiveBackground: selection,
  ...Object.fromEntries([...names, ...brightNames].map((name, index) => [name, palette[index]])),
});
