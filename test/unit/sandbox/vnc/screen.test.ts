import { describe, expect, it } from 'vitest';
import { drawCells, TextScreen } from '../../../../main/sandbox/vnc/text-screen.ts';

describe('the text screen', () => {
  it('keeps what is written', async () => {
    const screen = new TextScreen();
    const changed = new Promise<void>((resolve) => screen.onChange(resolve));
    screen.write('Hi\r\n\u001b[32mgreen');
    await changed;
    expect(screen.text().slice(0, 2)).toEqual(['Hi', 'green']);
    console.log(screen.looks()[0]!.slice(0, 3), screen.looks()[1]!.slice(0, 6));
    expect(drawCells(screen.looks()[0]!.slice(0, 2)).some((pixel) => pixel !== 0)).toBe(true);
  });
});
