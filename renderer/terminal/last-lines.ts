import type { IBuffer } from '@xterm/xterm';

/** The last lines of a terminal that have something on them, each as the program wrote it: one that wraps is one. */
export function lastLinesOf(buffer: Pick<IBuffer, 'length' | 'getLine'>, count: number): string {
  const lines: string[] = [];
  let rest = '';
  for (let row = buffer.length - 1; row >= 0 && lines.length < count; row -= 1) {
    const line = buffer.getLine(row);
    if (line === undefined) continue;
    const isWrapped = line.isWrapped && row > 0;
    // The end of a row that goes on has blanks that were written.
    const goesOn = buffer.getLine(row + 1)?.isWrapped === true;
    const text = line.translateToString(!goesOn) + rest;
    rest = isWrapped ? text : '';
    if (isWrapped || (lines.length === 0 && text.trim() === '')) continue;
    lines.push(text);
  }
  return lines.reverse().join('\n');
}
