/** What of xterm's inside tells how many lines its alternate screen may keep. */
interface AlternateScreen {
  readonly _core: {
    readonly _bufferService: { readonly buffers: { readonly alt: { readonly lines: Lines } } };
  };
}

interface Lines {
  readonly length: number;
  maxLength: number;
}

interface ResizedTerminal {
  readonly onResize: (listener: (size: { readonly rows: number }) => void) => unknown;
}

/**
 * Keeps a terminal's alternate screen without lines above it. xterm 6.0 leaves it room for some where the terminal was made
 * shorter while that screen was empty: the frames of a full-screen program then scroll into them, and a saved cursor comes back
 * on another line. To be called for views and for the mirror alike.
 */
export function keepAlternateScreenBare(terminal: ResizedTerminal): void {
  terminal.onResize(({ rows }) => {
    const { lines } = (terminal as unknown as AlternateScreen)._core._bufferService.buffers.alt;
    if (lines.length === 0) lines.maxLength = rows;
  });
}
