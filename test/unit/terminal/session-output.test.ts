import headless, { type Terminal } from '@xterm/headless';
import type { Terminal as PageTerminal } from '@xterm/xterm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionOutput } from '../../../main/terminal/process/session-output.ts';
import { useServerWidths } from '../../../preload/contract/terminal-widths.ts';
import type { PortFromSession, PortToSession } from '../../../preload/contract/terminal.ts';
import { SessionFeed } from '../../../renderer/terminal/session-feed.ts';
import { likenessOf } from '../../support/terminal-likeness.ts';
import { FakeClock } from './fake-clock.ts';

const scrollbackLines = 400;
const size = { cols: 20, rows: 6 };
/** What a terminal passes over: as much as makes a view fall behind where somebody types. */
const filler = Buffer.from(`\u001bX${'x'.repeat(400 * 1024)}\u001b\\`);

const newTerminal = (): Terminal => {
  const terminal = new headless.Terminal({
    ...size,
    scrollback: scrollbackLines,
    allowProposedApi: true,
    logLevel: 'off',
  });
  useServerWidths(terminal);
  return terminal;
};
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The page's end of a session, with the page's own code and a terminal that draws nothing. */
class Page {
  readonly terminal = newTerminal();
  readonly answers: string[] = [];
  /** What the session has sent, and this side has not looked at yet. */
  readonly arriving: PortFromSession[] = [];
  readonly feed: SessionFeed;
  bells = 0;
  states = 0;
  /** What is done once what is parsed is drawn. */
  private readonly frames: (() => void)[] = [];
  /** How many messages it has looked at. */
  taken = 0;
  isGone = false;

  constructor(output: SessionOutput) {
    const say = (message: PortToSession): void => {
      if (this.isGone) return;
      if (message.type === 'ack') output.parsed(message.bytes);
      if (message.type === 'restored') output.restored();
      if (message.type === 'reading') output.reading(message.isReading);
      if (message.type === 'resize') output.resize(message.columns, message.rows);
    };
    this.feed = new SessionFeed(this.terminal as unknown as PageTerminal, {
      send: say,
      fit: () => undefined,
      selection: () => '',
      restored: () => undefined,
      afterFrame: (act) => this.frames.push(act),
    });
    this.terminal.onData((text) => {
      if (!this.feed.isRestoring && !this.isGone) this.answers.push(text);
    });
    this.terminal.onBell(() => (this.bells += 1));
    this.feed.begin();
    output.attach({
      send: (message) => void this.arriving.push(message),
      onMessage: () => undefined,
      onClose: () => undefined,
      close: () => undefined,
    });
  }

  /** Draws what is parsed, looks at what has arrived, and waits until that is parsed. */
  async take(): Promise<void> {
    for (const draw of this.frames.splice(0)) draw();
    for (const message of this.arriving.splice(0)) {
      this.taken += 1;
      if (message.type === 'output') this.feed.write(message.bytes);
      if (message.type !== 'restore') continue;
      this.states += 1;
      this.feed.restore(message);
    }
    await new Promise<void>((resolve) => this.terminal.write('', resolve));
    await Promise.resolve();
  }
}

describe('a view of a session', () => {
  let clock: FakeClock;
  let output: SessionOutput;
  let mirrorsAnswers: string[];
  let isPaused: boolean;
  let isTyping: boolean;
  let page: Page;

  const begin = (): void => {
    clock = new FakeClock();
    mirrorsAnswers = [];
    isPaused = false;
    isTyping = true;
    output = new SessionOutput(clock, scrollbackLines, {
      answer: (text) => mirrorsAnswers.push(text),
      pause: () => (isPaused = true),
      resume: () => (isPaused = false),
      isTyping: () => isTyping,
    });
    output.resize(size.cols, size.rows);
    page = new Page(output);
  };
  beforeEach(begin);
  afterEach(() => output.dispose());

  /** Lets time pass until nothing more happens. */
  const settle = async (): Promise<void> => {
    // Longer than anything waits for; a busy machine parses little in a turn.
    for (let quietRounds = 0; quietRounds < 45;) {
      const before = [output.mirror.waitingBytes, page.taken].join();
      clock.advance(50);
      await page.take();
      await nextTurn();
      quietRounds = [output.mirror.waitingBytes, page.taken].join() === before ? quietRounds + 1 : 0;
    }
  };
  const write = (text: string): void => output.write(Buffer.from(text));
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index}\r\n`).join('');
  const lineAt = (row: number): string | undefined =>
    page.terminal.buffer.active.getLine(row)?.translateToString(true);
  /** More than the view may owe while somebody types, so that it falls behind. */
  const fallBehind = (): void => output.write(filler);
  const whole = (): unknown => likenessOf(page.terminal);

  test('that cannot follow is shown the last screen, and has every line once nothing comes', async () => {
    await settle();
    const stayed = newTerminal();
    write(lines(0, 500));
    fallBehind();
    expect(page.arriving.every(({ type }) => type === 'output')).toBe(true);
    await page.take();
    await vi.waitUntil(async () => {
      clock.advance(1);
      await page.take();
      return page.states > 1;
    });
    // The first of them is followed by another soon.
    expect(lineAt(page.terminal.buffer.active.baseY + 4)).toBe('line 499');
    expect(page.terminal.buffer.active.baseY).toBe(40);
    await vi.waitUntil(async () => {
      clock.advance(1);
      await page.take();
      return page.states > 2;
    });
    expect(lineAt(page.terminal.buffer.active.baseY + 4)).toBe('line 499');
    expect(page.terminal.buffer.active.baseY).toBe(200);
    await settle();
    stayed.write(lines(0, 500));
    await new Promise<void>((resolve) => stayed.write(filler, resolve));
    expect(page.terminal.buffer.active.baseY).toBe(scrollbackLines);
    expect(whole()).toEqual(likenessOf(stayed));
    expect(isPaused).toBe(false);
  });

  test('in which somebody reads is left out no line, and the server waits for it', async () => {
    await settle();
    page.feed.reading(true);
    write(lines(0, 500));
    fallBehind();
    expect(isPaused).toBe(true);
    const before = page.states;
    await settle();
    expect([page.states, isPaused]).toEqual([before, false]);
    expect(page.terminal.buffer.active.baseY).toBe(scrollbackLines);
  });

  test('in which somebody begins to read has all lines at once, also in the middle of a flood', async () => {
    await settle();
    write(lines(0, 500));
    fallBehind();
    for (let round = 0; page.states < 3; round += 1) {
      expect(round).toBeLessThan(500);
      write(`${lines(500, 520)}\u001bX${'y'.repeat(100_000)}\u001b\\`);
      clock.advance(5);
      await page.take();
      await nextTurn();
    }
    expect(page.terminal.buffer.active.baseY).toBe(40);
    page.feed.reading(true);
    // No time passes: it is not waited for the end of the flood.
    await vi.waitUntil(async () => {
      await page.take();
      return page.terminal.buffer.active.baseY === scrollbackLines;
    });
  });

  test('follows again what comes slowly, and has its lines after two seconds though there is no silence', async () => {
    await settle();
    write(lines(0, 500));
    fallBehind();
    for (
      let spentMs = 0;
      spentMs < 2_500 || page.terminal.buffer.active.baseY < scrollbackLines;
      spentMs += 20
    ) {
      write('.');
      clock.advance(20);
      await page.take();
      await nextTurn();
      if (spentMs === 1_000) expect(page.terminal.buffer.active.baseY).toBeLessThan(scrollbackLines);
    }
    expect(page.terminal.buffer.active.baseY).toBe(scrollbackLines);
  });

  test('is given what is typed at once, rather than the lines that are just being taken for it', async () => {
    await settle();
    write(lines(0, 500));
    fallBehind();
    const states = page.states;
    await vi.waitUntil(async () => {
      clock.advance(1);
      await page.take();
      return page.states > states;
    });
    await page.take();
    clock.advance(99);
    // The lines are being taken in turns, as soon as the silence is long enough.
    clock.advance(1);
    write('x');
    expect(page.arriving.at(-1)).toMatchObject({ type: 'output', bytes: new Uint8Array([0x78]) });
    await settle();
    expect(page.terminal.buffer.active.baseY).toBe(scrollbackLines);
    expect(lineAt(scrollbackLines + 5)).toBe('x');
  });

  test('rings where a bell rang in what it was not given, and not for what it was', async () => {
    await settle();
    write('\u0007');
    await settle();
    expect(page.bells).toBe(1);
    fallBehind();
    write('\u0007\u0007');
    await settle();
    expect(page.bells).toBe(2);
  });

  test('that comes hears no bell of before', async () => {
    write('\u0007');
    output.detach();
    write('\u0007');
    page = new Page(output);
    await settle();
    expect(page.bells).toBe(0);
  });

  test('gets no state while one is on its way, and holds the server up where it parses none', async () => {
    await settle();
    fallBehind();
    await page.take();
    for (let round = 0; round < 40; round += 1) {
      output.write(filler);
      clock.advance(1_000);
      await nextTurn();
    }
    expect(page.arriving.filter(({ type }) => type === 'restore')).toHaveLength(1);
    await settle();
    expect(isPaused).toBe(false);
  });

  test('that parses nothing has the server wait, with what was on its way', async () => {
    await settle();
    for (let round = 0; round < 40 && !isPaused; round += 1) {
      output.write(filler);
      clock.advance(1_000);
      await nextTurn();
    }
    expect(isPaused).toBe(true);
  });

  const words = fc.oneof(
    fc.stringMatching(/^[ -~]{1,30}$/),
    fc.constantFrom('漢字かな', 'e\u0301', '\t', 'größer', 'x'.repeat(45)),
  );
  // What a state cannot say, as half a wide character at the end of a line that does not wrap, is left to the mirror's own tests.
  const sequences = fc.constantFrom(
    ...['\r\n', '\n', '\u001bM', '\u001b[31m', '\u001b[0m', '\u001b[48;5;17m', '\u001b[4:3m'],
    ...['\u001b[3;5H', '\u001b[2;5r', '\u001b[r', '\u001b[?1049h', '\u001b[?1049l', '\u001b[?2004h'],
    ...['\u001b(0', '\u001b(B', '\u001b7', '\u001b8', '\u001b[4h', '\u001b[4l'],
    ...['\u001b[5n', '\u001b[c', '\u001b]0;title\u0007', '\u001b[?25l', '\u001b[?1h', '\u001bc'],
  );
  const text = fc
    .array(fc.oneof({ weight: 2, arbitrary: words }, sequences), { minLength: 1, maxLength: 20 })
    .map((all) => all.join(''));
  const steps = fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('write' as const), text, cutAt: fc.nat(40) }),
      },
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constantFrom('flood', 'take', 'take', 'wait', 'wait') }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('read', 'leave') }) },
    ),
    { minLength: 5, maxLength: 40 },
  );

  test(
    'shows in the end what one shows that had every byte, wherever it could not follow, and each question is answered once',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          output.dispose();
          begin();
          const stayed = newTerminal();
          const answers: string[] = [];
          stayed.onData((answer) => answers.push(answer));
          let shownAnswers: string[] = [];
          let isReading = false;
          const writeBoth = async (bytes: Buffer): Promise<void> => {
            output.write(bytes);
            await new Promise<void>((resolve) => stayed.write(bytes, resolve));
          };
          for (const step of all) {
            if (step.do === 'write') {
              // Also in the middle of a character or a sequence.
              const bytes = Buffer.from(step.text);
              await writeBoth(bytes.subarray(0, step.cutAt));
              await nextTurn();
              await writeBoth(bytes.subarray(step.cutAt));
            }
            if (step.do === 'flood') await writeBoth(filler);
            if (step.do === 'take') await page.take();
            if (step.do === 'read') page.feed.reading((isReading = !isReading));
            if (step.do === 'leave') {
              await page.take();
              shownAnswers.push(...page.answers);
              page.isGone = true;
              output.detach();
              await nextTurn();
              isReading = false;
              page = new Page(output);
            }
            if (step.do === 'wait') {
              clock.advance(60);
              await nextTurn();
            }
          }
          page.feed.reading(false);
          await settle();
          shownAnswers = [...shownAnswers, ...page.answers, ...mirrorsAnswers];
          expect(likenessOf(page.terminal)).toEqual(likenessOf(stayed));
          expect(shownAnswers.toSorted()).toEqual(answers.toSorted());
          expect(isPaused).toBe(false);
        }),
        { numRuns: 40 },
      );
    },
  );
});
