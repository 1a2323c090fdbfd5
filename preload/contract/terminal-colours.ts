/**
 * The terminal's colours. It is dark in both themes of the app: programs choose their colours for a dark screen. The
 * window draws with them, and the ssh process names them to a program that asks while no window is there.
 */
export const terminalColours = {
  text: '#e8ebf0',
  background: '#111419',
  selection: '#2f4672',
  /** Black to white, then the bright ones. */
  palette: [
    ...['#282e39', '#ff8a80', '#5fce93', '#f0b45a', '#79a6ff', '#d79ad4', '#4fc7ba', '#c4c9d3'],
    ...['#8791a1', '#ffb3ac', '#8fe0b4', '#f6cd8e', '#a8c5ff', '#e6bfe4', '#86dcd2', '#ffffff'],
  ],
} as const satisfies { readonly palette: readonly string[]; readonly [name: string]: unknown };
