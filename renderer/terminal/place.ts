import type { Terminal } from '@xterm/xterm';

/**
 * Remembers how far somebody has scrolled up and what they have selected (`text`; empty: nothing), both from the last line
 * on; gives what brings a terminal back there that was given its lines anew. A selection that has another text now is dropped.
 */
export function keepPlace(terminal: Terminal, text: string): () => void {
  const { baseY, viewportY } = terminal.buffer.active;
  const linesUp = baseY - viewportY;
  const selection = text === '' ? undefined : terminal.getSelectionPosition();
  const { cols } = terminal;
  return () => {
    const { active } = terminal.buffer;
    if (selection !== undefined && cols === terminal.cols) {
      const { start, end } = selection;
      const length = (end.y - start.y) * cols + end.x - start.x;
      const row = start.y + active.baseY - baseY;
      if (row >= 0) terminal.select(start.x, row, length);
      if (terminal.getSelection() !== text) terminal.clearSelection();
    }
    if (linesUp > 0) terminal.scrollToLine(Math.max(0, active.baseY - linesUp));
  };
}
