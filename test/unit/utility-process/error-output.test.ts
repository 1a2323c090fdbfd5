import { describe, expect, it } from 'vitest';
import { collectErrorOutput } from '../../../main/utility-process/error-output.ts';
import { FakeTime } from '../monitor/fake-time.ts';

function rig() {
  const time = new FakeTime();
  const texts: (readonly [text: string, droppedChars: number])[] = [];
  const output = collectErrorOutput({ clock: time, onText: (...text) => texts.push(text) });
  return { time, texts, output };
}

describe('what a process writes to its error output', () => {
  it('is one text, however many pieces it comes in', async () => {
    const { time, texts, output } = rig();
    output.take('Error: token 8|abc');
    output.take('defghijklmnop\n    at run');
    await time.pass(249);
    expect(texts).toEqual([]);
    await time.pass(1);
    expect(texts).toEqual([['Error: token 8|abcdefghijklmnop\n    at run', 0]]);
    output.take('next');
    await time.pass(250);
    expect(texts[1]).toEqual(['next', 0]);
  });

  it('is there at once when the process ends, and nothing where it wrote nothing', () => {
    const { time, texts, output } = rig();
    output.end();
    output.take('Uncaught exception');
    output.end();
    expect(texts).toEqual([['Uncaught exception', 0]]);
    expect(time.pendingTimers).toBe(0);
  });

  it('is cut behind a whole line, and says how much is missing', async () => {
    const { time, texts, output } = rig();
    output.take(`${'a'.repeat(9_999)}\n`);
    output.take('b'.repeat(6_000));
    output.take('c'.repeat(500));
    await time.pass(250);
    expect(texts).toEqual([[`${'a'.repeat(9_999)}\n`, 6_500]]);
  });

  it('of one endless line is nothing but its length', async () => {
    const { time, texts, output } = rig();
    output.take('x'.repeat(1_000_000));
    await time.pass(250);
    expect(texts).toEqual([['', 1_000_000]]);
  });

  it('is told twenty times a minute at most, and what was left out with the next', async () => {
    const { time, texts, output } = rig();
    for (let index = 0; index < 30; index += 1) {
      output.take('again\n');
      await time.pass(1_000);
    }
    expect(texts).toHaveLength(20);
    await time.pass(60_000);
    output.take('later\n');
    await time.pass(250);
    expect(texts[20]).toEqual(['later\n', 60]);
  });

  it('is whole where it has just room: sixteen thousand characters without the end of a line', async () => {
    const { time, texts, output } = rig();
    output.take('x'.repeat(16_000));
    await time.pass(250);
    output.take('y'.repeat(16_001));
    await time.pass(250);
    expect(texts).toEqual([
      ['x'.repeat(16_000), 0],
      ['', 16_001],
    ]);
  });

  it('is told again once the first of twenty is a minute old, and not before', () => {
    const { time, texts, output } = rig();
    const write = (text: string): void => {
      output.take(text);
      output.end();
    };
    for (let index = 0; index < 20; index += 1) write('again\n');
    time.sleep(59_999);
    write('early\n');
    expect(texts).toHaveLength(20);
    time.sleep(1);
    write('later\n');
    expect(texts[20]).toEqual(['later\n', 6]);
  });
});
