import { expect, it } from 'vitest';
import { terminalThemes } from '../../../../preload/contract/terminal-themes.ts';
import { xtermTheme } from '../../../../renderer/terminal/terminal-theme.ts';

it('gives xterm each colour by its name', () => {
  expect(xtermTheme(terminalThemes['evorxa-dark'])).toEqual({
    background: '#111419',
    foreground: '#e8ebf0',
    cursor: '#e8ebf0',
    cursorAccent: '#111419',
    selectionBackground: '#2f4672',
    selectionInactiveBackground: '#2f4672',
    black: '#282e39',
    red: '#ff8a80',
    green: '#5fce93',
    yellow: '#f0b45a',
    blue: '#79a6ff',
    magenta: '#d79ad4',
    cyan: '#4fc7ba',
    white: '#c4c9d3',
    brightBlack: '#8791a1',
    brightRed: '#ffb3ac',
    brightGreen: '#8fe0b4',
    brightYellow: '#f6cd8e',
    brightBlue: '#a8c5ff',
    brightMagenta: '#e6bfe4',
    brightCyan: '#86dcd2',
    brightWhite: '#ffffff',
  });
});
