import headless from '@xterm/headless';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TerminalMirror, type TerminalState } from '../../../../main/terminal/process/mirror/mirror.ts';
import { partsOf } from '../../../../main/terminal/process/mirror/xterm-parts.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

describe('a terminal behind the view', () => {
  let answers: string[];
  let timesCaughtUp: number;
  let mirror: TerminalMirror;

  /** The time of a turn stands still, or goes on so far each time that it is looked at. */
  const eachLookTakes = (durationMs: number): void => {
    let nowMs = 1_000_000;
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += durationMs));
  };

  beforeEach(() => {
    eachLookTakes(0);
    answers = [];
    timesCaughtUp = 0;
    mirror = new TerminalMirror(100, {
      answer: (text) => answers.push(text),
      caughtUp: () => (timesCaughtUp += 1),
    });
  });
  afterEach(() => {
    mirror.dispose();
    vi.restoreAllMocks();
  });

  const write = (text: string): void => mirror.write(Buffer.from(text));
  const stateOf = (): string => Buffer.from(mirror.state().bytes).toString();
  /** Gives it its next turn. */
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  describe('that is not there', () => {
    test('takes what comes in turns of its own, and says when it has all of it', async () => {
      write('\u001b[5n');
      write('\u001b[5n');
      expect([mirror.backlogBytes, answers, timesCaughtUp]).toEqual([8, [], 0]);
      await turn();
      expect([mirror.backlogBytes, answers, timesCaughtUp]).toEqual([0, ['\u001b[0n', '\u001b[0n'], 1]);
      await turn();
      expect(timesCaughtUp).toBe(1);
      write('\u001b[5n');
      await turn();
      expect([answers.length, timesCaughtUp]).toEqual([3, 2]);
    });

    test('takes no more in a turn than its time is, 16 KB at once', async () => {
      eachLookTakes(3);
      mirror.write(Buffer.alloc(40 * kibibyte));
      for (const [leftKibibytes, caughtUp] of [
        [24, 0],
        [8, 0],
        [0, 1],
      ]) {
        await turn();
        expect([mirror.backlogBytes / kibibyte, timesCaughtUp]).toEqual([leftKibibytes, caughtUp]);
      }
    });

    test('takes as much in a turn as its time lets it', async () => {
      eachLookTakes(2);
      mirror.write(Buffer.alloc(80 * kibibyte));
      await turn();
      // It is 2 ms, then 4 ms after its beginning; at 6 ms the turn is over.
      expect(mirror.backlogBytes).toBe(48 * kibibyte);
    });

    test('takes a copy: what was written may be used again', () => {
      const chunk = Buffer.from('first');
      mirror.write(chunk);
      chunk.fill('x');
      expect(stateOf()).toContain('first');
    });

    test('takes nothing more once it is disposed of', async () => {
      write('\u001b[5n');
      mirror.dispose();
      await turn();
      expect([mirror.backlogBytes, answers, timesCaughtUp]).toEqual([4, [], 0]);
    });
  });

  describe('that is there', () => {
    beforeEach(() => mirror.setView(true));

    test('waits with what the view has drawn, up to a megabyte', async () => {
      mirror.write(Buffer.alloc(2 * mebibyte));
      await turn();
      expect([mirror.backlogBytes, timesCaughtUp]).toEqual([0, 0]);
      mirror.seen(mebibyte - 1);
      await turn();
      expect([mirror.backlogBytes, timesCaughtUp]).toEqual([mebibyte - 1, 0]);
      mirror.seen(1);
      await turn();
      expect([mirror.backlogBytes, timesCaughtUp]).toEqual([0, 1]);
      // The second megabyte was not drawn yet.
      mirror.seen(mebibyte - 1);
      expect(mirror.backlogBytes).toBe(mebibyte - 1);
    });

    test('counts no more as drawn than was written', () => {
      write('0123456789');
      mirror.seen(4);
      mirror.seen(1_000);
      expect(mirror.backlogBytes).toBe(10);
    });

    test('has all that was written in its state, drawn or not, and answers nothing of it', () => {
      write('drawn\u001b[5n');
      mirror.seen(9);
      write(' or not\u001b[5n');
      expect(stateOf()).toContain('drawn or not');
      expect([answers, mirror.backlogBytes]).toEqual([[], 0]);
    });

    test('tells apart what the view has still to draw of what was taken already', () => {
      write('0123456789');
      mirror.seen(6);
      // Takes all ten: four of them the view has yet to draw.
      mirror.neutral();
      write('01234567');
      mirror.seen(3);
      expect(mirror.backlogBytes).toBe(0);
      mirror.neutral();
      // One of the first, and eight: nine.
      write('abcde');
      mirror.seen(9 + 2);
      expect(mirror.backlogBytes).toBe(2);
      mirror.seen(1);
      expect(mirror.backlogBytes).toBe(3);
    });

    test('does not count for one that comes next', () => {
      write('0123456789');
      mirror.setView(false);
      mirror.state();
      mirror.setView(true);
      write('01234567');
      mirror.seen(8);
      expect(mirror.backlogBytes).toBe(8);
    });

    test('and goes leaves what it has not drawn to be taken, and answered, here', async () => {
      write('\u001b[5n\u001b[5n');
      mirror.seen(4);
      mirror.setView(false);
      expect(mirror.backlogBytes).toBe(8);
      await turn();
      expect([mirror.backlogBytes, answers, timesCaughtUp]).toEqual([0, ['\u001b[0n'], 1]);
    });

    test('and goes with all of it drawn leaves nothing to do', async () => {
      write('drawn');
      mirror.seen(5);
      mirror.state();
      mirror.setView(false);
      await turn();
      expect(timesCaughtUp).toBe(0);
    });

    test('and has only just come, has nothing to be taken for it', async () => {
      mirror.setView(false);
      mirror.setView(true);
      write('new');
      mirror.setView(true);
      await turn();
      expect(timesCaughtUp).toBe(0);
    });
  });

  describe('has another size', () => {
    const far = '\u001b[1;60Hx\r\n';
    const at60 = `${' '.repeat(59)}x`;

    test('after what came before it', () => {
      write(far);
      mirror.resize(20, 6);
      expect([mirror.backlogBytes, mirror.state()]).toMatchObject([0, { columns: 20, rows: 6 }]);
      mirror.resize(80, 24);
      // The line ran over at 20 columns, and is one again.
      expect(shownIn(mirror.state())).toContain(at60);
    });

    test('and what the view drew before it was laid out before; what it draws after it, after', () => {
      mirror.setView(true);
      write(far);
      write('\u001b[5;60Hy\r\n');
      mirror.seen(far.length);
      mirror.resize(20, 6);
      expect(mirror.backlogBytes).toBe(0);
      mirror.state();
      mirror.resize(80, 24);
      const shown = shownIn(mirror.state());
      expect(shown).toContain(at60);
      expect(shown).not.toContain(`${' '.repeat(59)}y`);
      expect(shown).toContain('y');
    });

    test('in the middle of a chunk, where the view has drawn so much of it', () => {
      mirror.setView(true);
      write(`${far}\u001b[5;60Hy\r\n`);
      mirror.seen(far.length);
      mirror.resize(20, 6);
      mirror.state();
      mirror.resize(80, 24);
      const shown = shownIn(mirror.state());
      expect(shown).toContain(at60);
      expect(shown).not.toContain(`${' '.repeat(59)}y`);
    });

    test('after all that was drawn, however much that is', () => {
      mirror.setView(true);
      const much = Buffer.concat([Buffer.alloc(40 * kibibyte), Buffer.from(far)]);
      mirror.write(much);
      mirror.seen(much.length);
      mirror.resize(20, 6);
      mirror.resize(80, 24);
      expect(shownIn(mirror.state())).toContain(at60);
    });

    test('or has not: then nothing is taken for it', () => {
      write('waits');
      mirror.resize(80, 24);
      expect(mirror.backlogBytes).toBe(5);
      mirror.resize(80, 25);
      expect([mirror.backlogBytes, mirror.state()]).toMatchObject([0, { columns: 80, rows: 25 }]);
      mirror.resize(81, 25);
      expect(mirror.state()).toMatchObject({ columns: 81, rows: 25 });
    });
  });

  test('that is new has no title and no answer to give', () => {
    expect(stateOf()).not.toContain('\u001b]');
    expect(answers).toEqual([]);
  });
});

/** What a terminal shows that is brought to a state. */
function shownIn({ columns, rows, bytes }: TerminalState): string {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  partsOf(terminal)._inputHandler.parse(bytes);
  const { active } = terminal.buffer;
  return Array.from({ length: rows }, (_, row) => active.getLine(row)?.translateToString(true)).join('\n');
}
