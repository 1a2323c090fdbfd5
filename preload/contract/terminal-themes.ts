import type { TerminalThemeId } from './settings.ts';

/** The colours of a terminal, each `#rrggbb`. */
export interface TerminalTheme {
  /** As its project writes it. */
  readonly name: string;
  /** For which of the app's own themes it is made. */
  readonly ground: 'light' | 'dark';
  readonly text: string;
  readonly background: string;
  readonly cursor: string;
  readonly selection: string;
  /** Black to white, then the bright ones. */
  readonly palette: readonly string[];
}

/**
 * The terminal's themes, with the values that their projects publish. The window draws with them, and the ssh process
 * names them to a program that asks while no window is there.
 */
export const terminalThemes: Readonly<Record<TerminalThemeId, TerminalTheme>> = {
  'evorxa-dark': {
    name: 'Evorxa Dark',
    ground: 'dark',
    text: '#e8ebf0',
    background: '#111419',
    cursor: '#e8ebf0',
    selection: '#2f4672',
    palette: [
      ...['#282e39', '#ff8a80', '#5fce93', '#f0b45a', '#79a6ff', '#d79ad4', '#4fc7ba', '#c4c9d3'],
      ...['#8791a1', '#ffb3ac', '#8fe0b4', '#f6cd8e', '#a8c5ff', '#e6bfe4', '#86dcd2', '#ffffff'],
    ],
  },
  'evorxa-light': {
    name: 'Evorxa Light',
    ground: 'light',
    text: '#1d2129',
    background: '#ffffff',
    cursor: '#1d2129',
    selection: '#bcd3ff',
    palette: [
      ...['#1d2129', '#b3261e', '#116b3a', '#855300', '#1f55c4', '#8a3a87', '#0b6b62', '#5a6270'],
      ...['#4a5260', '#c9372d', '#1a7f48', '#9a6200', '#2f6be0', '#a24c9f', '#0f7d72', '#6f7785'],
    ],
  },
  // github.com/primer/github-vscode-theme (MIT)
  'github-light': {
    name: 'GitHub Light',
    ground: 'light',
    text: '#1f2328',
    background: '#ffffff',
    cursor: '#0969da',
    selection: '#b6e3ff',
    palette: [
      ...['#24292f', '#cf222e', '#116329', '#4d2d00', '#0969da', '#8250df', '#1b7c83', '#6e7781'],
      ...['#57606a', '#a40e26', '#1a7f37', '#633c01', '#218bff', '#a475f9', '#3192aa', '#8c959f'],
    ],
  },
  'github-dark': {
    name: 'GitHub Dark',
    ground: 'dark',
    text: '#e6edf3',
    background: '#0d1117',
    cursor: '#2f81f7',
    selection: '#1f4583',
    palette: [
      ...['#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'],
      ...['#6e7681', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#ffffff'],
    ],
  },
  // ethanschoonover.com/solarized (MIT)
  'solarized-light': {
    name: 'Solarized Light',
    ground: 'light',
    text: '#657b83',
    background: '#fdf6e3',
    cursor: '#586e75',
    selection: '#eee8d5',
    palette: [
      ...['#073642', '#dc322f', '#859900', '#b58900', '#268bd2', '#d33682', '#2aa198', '#eee8d5'],
      ...['#002b36', '#cb4b16', '#586e75', '#657b83', '#839496', '#6c71c4', '#93a1a1', '#fdf6e3'],
    ],
  },
  'solarized-dark': {
    name: 'Solarized Dark',
    ground: 'dark',
    text: '#839496',
    background: '#002b36',
    cursor: '#93a1a1',
    selection: '#073642',
    palette: [
      ...['#073642', '#dc322f', '#859900', '#b58900', '#268bd2', '#d33682', '#2aa198', '#eee8d5'],
      ...['#002b36', '#cb4b16', '#586e75', '#657b83', '#839496', '#6c71c4', '#93a1a1', '#fdf6e3'],
    ],
  },
  // spec.draculatheme.com (MIT)
  dracula: {
    name: 'Dracula',
    ground: 'dark',
    text: '#f8f8f2',
    background: '#282a36',
    cursor: '#f8f8f2',
    selection: '#44475a',
    palette: [
      ...['#21222c', '#ff5555', '#50fa7b', '#f1fa8c', '#bd93f9', '#ff79c6', '#8be9fd', '#f8f8f2'],
      ...['#6272a4', '#ff6e6e', '#69ff94', '#ffffa5', '#d6acff', '#ff92df', '#a4ffff', '#ffffff'],
    ],
  },
  // nordtheme.com (MIT)
  nord: {
    name: 'Nord',
    ground: 'dark',
    text: '#d8dee9',
    background: '#2e3440',
    cursor: '#d8dee9',
    selection: '#434c5e',
    palette: [
      ...['#3b4252', '#bf616a', '#a3be8c', '#ebcb8b', '#81a1c1', '#b48ead', '#88c0d0', '#e5e9f0'],
      ...['#4c566a', '#bf616a', '#a3be8c', '#ebcb8b', '#81a1c1', '#b48ead', '#8fbcbb', '#eceff4'],
    ],
  },
  // github.com/morhetz/gruvbox (MIT)
  'gruvbox-light': {
    name: 'Gruvbox Light',
    ground: 'light',
    text: '#3c3836',
    background: '#fbf1c7',
    cursor: '#3c3836',
    selection: '#ebdbb2',
    palette: [
      ...['#fbf1c7', '#cc241d', '#98971a', '#d79921', '#458588', '#b16286', '#689d6a', '#7c6f64'],
      ...['#928374', '#9d0006', '#79740e', '#b57614', '#076678', '#8f3f71', '#427b58', '#3c3836'],
    ],
  },
  'gruvbox-dark': {
    name: 'Gruvbox Dark',
    ground: 'dark',
    text: '#ebdbb2',
    background: '#282828',
    cursor: '#ebdbb2',
    selection: '#504945',
    palette: [
      ...['#282828', '#cc241d', '#98971a', '#d79921', '#458588', '#b16286', '#689d6a', '#a89984'],
      ...['#928374', '#fb4934', '#b8bb26', '#fabd2f', '#83a598', '#d3869b', '#8ec07c', '#ebdbb2'],
    ],
  },
  // github.com/atom/atom: one-light-syntax, one-dark-syntax (MIT)
  'one-light': {
    name: 'One Light',
    ground: 'light',
    text: '#383a42',
    background: '#fafafa',
    cursor: '#526fff',
    selection: '#e5e5e6',
    palette: [
      ...['#383a42', '#e45649', '#50a14f', '#c18401', '#4078f2', '#a626a4', '#0184bc', '#a0a1a7'],
      ...['#696c77', '#e45649', '#50a14f', '#986801', '#4078f2', '#a626a4', '#0184bc', '#fafafa'],
    ],
  },
  'one-dark': {
    name: 'One Dark',
    ground: 'dark',
    text: '#abb2bf',
    background: '#282c34',
    cursor: '#528bff',
    selection: '#3e4451',
    palette: [
      ...['#282c34', '#e06c75', '#98c379', '#d19a66', '#61afef', '#c678dd', '#56b6c2', '#abb2bf'],
      ...['#5c6370', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#ffffff'],
    ],
  },
  // github.com/folke/tokyonight.nvim (Apache-2.0)
  'tokyo-night-day': {
    name: 'Tokyo Night Day',
    ground: 'light',
    text: '#3760bf',
    background: '#e1e2e7',
    cursor: '#3760bf',
    selection: '#b7c1e3',
    palette: [
      ...['#b4b5b9', '#f52a65', '#587539', '#8c6c3e', '#2e7de9', '#9854f1', '#007197', '#6172b0'],
      ...['#a1a6c5', '#f52a65', '#587539', '#8c6c3e', '#2e7de9', '#9854f1', '#007197', '#3760bf'],
    ],
  },
  'tokyo-night': {
    name: 'Tokyo Night',
    ground: 'dark',
    text: '#c0caf5',
    background: '#1a1b26',
    cursor: '#c0caf5',
    selection: '#283457',
    palette: [
      ...['#15161e', '#f7768e', '#9ece6a', '#e0af68', '#7aa2f7', '#bb9af7', '#7dcfff', '#a9b1d6'],
      ...['#414868', '#f7768e', '#9ece6a', '#e0af68', '#7aa2f7', '#bb9af7', '#7dcfff', '#c0caf5'],
    ],
  },
  // github.com/catppuccin/catppuccin (MIT)
  'catppuccin-latte': {
    name: 'Catppuccin Latte',
    ground: 'light',
    text: '#4c4f69',
    background: '#eff1f5',
    cursor: '#dc8a78',
    selection: '#acb0be',
    palette: [
      ...['#5c5f77', '#d20f39', '#40a02b', '#df8e1d', '#1e66f5', '#ea76cb', '#179299', '#acb0be'],
      ...['#6c6f85', '#de293e', '#49af3d', '#eea02d', '#456eff', '#fe85d8', '#2d9fa8', '#bcc0cc'],
    ],
  },
  'catppuccin-mocha': {
    name: 'Catppuccin Mocha',
    ground: 'dark',
    text: '#cdd6f4',
    background: '#1e1e2e',
    cursor: '#f5e0dc',
    selection: '#585b70',
    palette: [
      ...['#45475a', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#f5c2e7', '#94e2d5', '#a6adc8'],
      ...['#585b70', '#f37799', '#89d88b', '#ebd391', '#74a8fc', '#f2aede', '#6bd7ca', '#bac2de'],
    ],
  },
};
