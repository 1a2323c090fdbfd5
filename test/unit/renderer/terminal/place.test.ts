import type { Terminal } from '@xterm/xterm';
import { describe, expect, it } from 'vitest';
import { keepPlace } from '../../../../renderer/terminal/place.ts';

/** A terminal as far as places in it go: its lines, each as wide as it is. */
class Lines {
  readonly cols = 10;
  selected: { readonly column: number; readonly row: number; readonly length: number } | null = null;
  readonly buffer: { active: { baseY: number; viewportY: number } };
  lines: readonly string[];

  constructor(lines: readonly string[], linesUp: number) {
    this.lines = lines;
    const baseY = lines.length - 3;
    this.buffer = { active: { baseY, viewportY: baseY - linesUp } };
  }
  select(column: number, row: number, length: number): void {
    this.selected = { column, row, length };
  }
  clearSelection(): void {
    this.selected = null;
  }
  scrollToLine(line: number): void {
    this.buffer.active.viewportY = line;
  }
  getSelection(): string {
    if (this.selected === null) return '';
    const { column, row, length } = this.selected;
    const start = row * this.cols + column;
    const text = this.lines.map((line) => line.padEnd(this.cols)).join('');
    return text.slice(start, start + length);
  }
  getSelectionPosition(): object | undefined {
    if (this.selected === null) return undefined;
    const { column, row, length } = this.selected;
    const end = column + length;
    return {
      start: { x: column, y: row },
      end: { x: end % this.cols, y: row + Math.floor(end / this.cols) },
    };
  }
  /** All lines come anew. */
  renew(lines: readonly string[]): void {
    this.lines = lines;
    this.selected = null;
    const baseY = lines.length - 3;
    this.buffer.active = { baseY, viewportY: baseY };
  }
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);
const keep = (terminal: Lines): (() => void) =>
  keepPlace(terminal as unknown as Terminal, terminal.getSelection());

describe('a place in a terminal whose lines come anew', () => {
  it('is as far from the end as it was', () => {
    const terminal = new Lines(names(90, 100), 4);
    const back = keep(terminal);
    terminal.renew(names(0, 100));
    back();
    expect(terminal.buffer.active).toEqual({ baseY: 97, viewportY: 93 });
  });

  it('is the first line where there are fewer', () => {
    const terminal = new Lines(names(0, 100), 50);
    const back = keep(terminal);
    terminal.renew(names(90, 100));
    back();
    expect(terminal.buffer.active.viewportY).toBe(0);
  });

  it('is the end for whoever was there', () => {
    const terminal = new Lines(names(90, 100), 0);
    const back = keep(terminal);
    terminal.renew(names(0, 100));
    back();
    expect(terminal.buffer.active.viewportY).toBe(97);
  });

  it('has the same text selected, over several lines too', () => {
    const terminal = new Lines(names(90, 100), 0);
    terminal.select(5, 4, 17);
    const back = keep(terminal);
    terminal.renew(names(0, 100));
    back();
    expect(terminal.selected).toEqual({ column: 5, row: 94, length: 17 });
  });

  it('has nothing selected where other text stands there now, or the line is gone', () => {
    for (const [row, lines] of [
      [4, names(0, 50)],
      [0, names(96, 100)],
    ] as const) {
      const terminal = new Lines(names(90, 100), 0);
      terminal.select(0, row, 7);
      const back = keep(terminal);
      terminal.renew(lines);
      back();
      expect(terminal.selected).toBeNull();
    }
  });
});
