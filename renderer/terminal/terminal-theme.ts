import type { ITheme } from '@xterm/xterm';
import { terminalColours } from '../../preload/contract/terminal-colours.ts';

const { text, background, selection, palette } = terminalColours;
const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const brightNames = [
  ...(['brightBlack', 'brightRed', 'brightGreen', 'brightYellow'] as const),
  ...(['brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const),
];

/** The terminal's colours as xterm takes them. */
export const terminalTheme: ITheme = {
  background,
  foreground: text,
  cursor: text,
  cursorAccent: background,
  selectionBackground: selection,
  ...Object.fromEntries([...names, ...brightNames].map((name, index) => [name, palette[index]])),
};
