import { describe, expect, it, vi } from 'vitest';
import type { PortToSession } from '../../../../preload/contract/terminal.ts';
import {
  bytes,
  ctrl,
  drawFrame,
  drawn,
  looksWith,
  observed,
  query,
  restoring,
  screenOn,
  style,
} from './screen-on.ts';
import type { StandInTerminal } from './screen-stand-ins.ts';
import { fit } from './screen-stand-ins.ts';

describe('how a terminal is made', () => {
  it('has the settings, and its columns as a server’s C library counts them', () => {
    const { terminal, element } = screenOn();
    expect(terminal.options).toMatchObject({
      fontFamily: 'Mono',
      fontSize: 13,
      scrollback: 5_000,
      lineHeight: 1.15,
      cursorBlink: true,
      allowProposedApi: true,
    });
    expect(terminal.options['theme']).toMatchObject({ background: '#111419' });
    expect(terminal.options['linkHandler']).toBeDefined();
    expect(terminal.unicode.activeVersion).toBe('glibc');
    expect(observed.element).toBe(element);
    expect(terminal.addons).toHaveLength(3);
  });

  it('has some font of one width where the page names none', () => {
    style.fontFamily = '';
    expect(screenOn().terminal.options['fontFamily']).toBe('monospace');
  });

  it('is drawn on the graphics card where that is set', () => {
    screenOn({ webgl: true });
    expect(drawn.webgl).toBe(1);
    screenOn({ webgl: false });
    expect(drawn.webgl).toBe(1);
  });

  it('takes other looks at once, and gives the graphics card back', () => {
    const { screen, terminal } = screenOn({ webgl: true });
    drawn.stopped = 0;
    const other = {
      themeInDark: 'nord',
      fontFamily: 'Iosevka',
      cursorShape: 'bar',
      cursorBlink: false,
    } as const;
    screen.setPhase({ phase: 'open', latencyMs: null });
    screen.setLooks({ ...looksWith({ ...other, webgl: true }), zoomPx: 3 });
    expect(terminal.options).toMatchObject({
      theme: { background: '#2e3440' },
      fontFamily: '"Iosevka", Mono',
      fontSize: 16,
      cursorStyle: 'bar',
      cursorBlink: false,
    });
    expect([drawn.webgl, drawn.stopped]).toEqual([1, 0]);
    screen.setLooks(looksWith({ webgl: false }));
    screen.setLooks(looksWith({ webgl: false }));
    expect([drawn.webgl, drawn.stopped]).toEqual([1, 1]);
    screen.setLooks(looksWith({ webgl: true }));
    expect(drawn.webgl).toBe(2);
    expect(fit).toHaveBeenCalledTimes(4);
  });

  it('tells of the bell, and of keys that change the size', () => {
    const { terminal, host, press } = screenOn();
    terminal.bell();
    expect(host.bell).toHaveBeenCalledTimes(1);
    for (const key of ['=', '-', '0']) expect(press(key, ctrl).isTaken).toBe(true);
    expect(host.zoom.mock.calls).toEqual([[1], [-1], [0]]);
  });

  it('is taken away with its observer and its blinking cursor', () => {
    const { screen, terminal } = screenOn();
    screen.dispose();
    expect([terminal.done, observed.isOver]).toEqual([['no more moves', 'dispose'], true]);
  });
});

describe('output', () => {
  it('is acknowledged once it is parsed, by its length', () => {
    const { screen, terminal, sent } = screenOn();
    screen.write(bytes(8_193, 1));
    expect(terminal.written).toEqual([bytes(8_192, 1), bytes(1, 1), '']);
    expect(sent).toEqual([]);
    terminal.parse();
    expect(sent).toEqual([{ type: 'ack', bytes: 8_193 }]);
  });

  it('waits while the state before it is parsed, and comes after it in its order', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    screen.write(bytes(1, 1));
    screen.write(bytes(1, 2));
    const taken = terminal.written.splice(0);
    expect(taken.slice(1)).toEqual([bytes(3, 7), '']);
    // Whatever the terminal was in the middle of, it is as a new one, and not drawn yet.
    const first = String(taken[0]);
    expect([first.startsWith('\u0018\u001bc'), first.endsWith('\u001b[?2026h')]).toEqual([true, true]);
    terminal.parse();
    // Within xterm's own loop nothing is done yet.
    expect(sent).toEqual([]);
    await Promise.resolve();
    expect(sent).toEqual([{ type: 'resize', columns: 100, rows: 30 }]);
    drawFrame();
    expect(sent.slice(1)).toEqual([{ type: 'restored' }]);
    expect(fit).toHaveBeenCalledTimes(1);
    expect(terminal.written).toEqual([bytes(1, 1), '', bytes(1, 2), '']);
    terminal.parse();
    expect(sent.slice(2)).toEqual([
      { type: 'ack', bytes: 1 },
      { type: 'ack', bytes: 1 },
    ]);
  });

  it('that waits for a former state goes with it where another comes', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    screen.write(bytes(1, 1));
    screen.restore(restoring(2));
    screen.write(bytes(1, 2));
    const [first, second] = terminal.parsed.splice(0);
    first?.();
    await Promise.resolve();
    expect(sent).toEqual([]);
    second?.();
    await Promise.resolve();
    drawFrame();
    expect(sent).toEqual([{ type: 'resize', columns: 100, rows: 30 }, { type: 'restored' }]);
    expect(terminal.written.slice(6)).toEqual([bytes(1, 2), '']);
  });

  it('is not told to be there by the frame of a former state', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    terminal.parse();
    await Promise.resolve();
    screen.restore(restoring(2));
    drawFrame();
    expect(sent.filter(({ type }) => type === 'restored')).toEqual([]);
    terminal.parse();
    await Promise.resolve();
    drawFrame();
    expect(sent.filter(({ type }) => type === 'restored')).toHaveLength(1);
  });
});

describe('whether somebody reads what went by', () => {
  const readings = (sent: readonly PortToSession[]): boolean[] =>
    sent.flatMap((message) => (message.type === 'reading' ? [message.isReading] : []));
  const scrollUp = (terminal: StandInTerminal, lines: number): void => {
    terminal.buffer.active = { baseY: 100, viewportY: 100 - lines };
    terminal.scrolled();
  };

  it('is told once it changes: scrolled up, selected, searched', () => {
    const { screen, terminal, sent } = screenOn();
    scrollUp(terminal, 1);
    scrollUp(terminal, 2);
    scrollUp(terminal, 0);
    terminal.selection = 'x';
    terminal.selected();
    terminal.clearSelection();
    screen.find(query('x'), 'next');
    screen.clearSearch();
    expect(readings(sent)).toEqual([true, false, true, false, true, false]);
  });

  it('is so wherever it is read out', () => {
    const { screen, sent } = screenOn({ screenReader: true });
    expect(readings(sent)).toEqual([true]);
    screen.setLooks(looksWith({ screenReader: false }));
    expect(readings(sent)).toEqual([true, false]);
  });

  it('is told to each session that comes, once its state is there', async () => {
    const { screen, terminal, sent } = screenOn({ screenReader: true });
    screen.begin();
    screen.restore({ ...restoring(), isWhole: false });
    terminal.parse();
    await Promise.resolve();
    expect(sent.slice(1)).toMatchObject([{ type: 'resize' }, { type: 'reading' }]);
    drawFrame();
    expect(sent.at(-1)).toEqual({ type: 'restored' });
  });

  it('keeps a state that lacks lines from being drawn over it, but no whole one', async () => {
    const { screen, terminal, sent } = screenOn();
    scrollUp(terminal, 1);
    screen.restore({ ...restoring(), isWhole: false });
    expect([terminal.written, sent.at(-1)]).toEqual([[], { type: 'restored' }]);
    screen.restore(restoring());
    expect(terminal.written).toHaveLength(3);
    terminal.parse();
    await Promise.resolve();
    // As far from the end as before.
    expect(terminal.done).toEqual(['scroll to 99']);
  });

  it('while a state is parsed is told after it', async () => {
    const { screen, terminal, sent } = screenOn();
    screen.restore(restoring());
    scrollUp(terminal, 1);
    expect(readings(sent)).toEqual([]);
    terminal.parse();
    await Promise.resolve();
    expect(readings(sent)).toEqual([true]);
  });
});

describe('scrolling by the wheel', () => {
  /** Turns the wheel; gives whether xterm hears of it. */
  function turn({ listeners }: ReturnType<typeof screenOn>, deltaY: number): boolean {
    const stopImmediatePropagation = vi.fn();
    const event = { deltaY, deltaMode: 0, stopImmediatePropagation, preventDefault: vi.fn() };
    for (const { type, listener } of listeners)
      if (type === 'wheel') listener(event as unknown as ClipboardEvent);
    return stopImmediatePropagation.mock.calls.length === 0;
  }

  it('waits while a state is parsed, and is done from the place that is kept', async () => {
    const shown = screenOn();
    const { screen, terminal } = shown;
    expect(turn(shown, 40)).toBe(true);
    terminal.buffer.active = { baseY: 100, viewportY: 90 };
    screen.restore(restoring());
    expect(turn(shown, 40)).toBe(false);
    expect(turn(shown, 100)).toBe(false);
    expect(terminal.done).toEqual([]);
    terminal.parse();
    await Promise.resolve();
    expect(terminal.done).toEqual(['scroll to 90', 'scroll by 9']);
    expect(turn(shown, 40)).toBe(true);
  });

  it('is the program’s where that has the mouse', async () => {
    const shown = screenOn();
    const { screen, terminal } = shown;
    screen.restore(restoring());
    turn(shown, 40);
    terminal.modes.mouseTrackingMode = 'any';
    terminal.parse();
    await Promise.resolve();
    expect(terminal.done).toEqual([]);
  });

  it('comes to the end as it is now where it goes so far, which xterm does by what the last frame had', () => {
    const shown = screenOn();
    const { terminal } = shown;
    terminal.buffer.active = { baseY: 100, viewportY: 90 };
    expect(turn(shown, 9 * 20)).toBe(true);
    expect(terminal.done).toEqual([]);
    expect(turn(shown, 10 * 20)).toBe(false);
    expect(terminal.done).toEqual(['scroll to bottom']);
    terminal.modes.mouseTrackingMode = 'any';
    expect(turn(shown, 10 * 20)).toBe(true);
  });

  it('is to the end for whoever types', async () => {
    const { screen, terminal } = screenOn();
    screen.setPhase({ phase: 'open', latencyMs: null });
    terminal.buffer.active = { baseY: 100, viewportY: 90 };
    screen.restore(restoring());
    screen.type('ls');
    expect(terminal.done).toEqual([]);
    terminal.parse();
    await Promise.resolve();
    expect(terminal.done).toEqual(['scroll to 90', 'scroll to bottom']);
  });
});

describe('the size', () => {
  it('is told when it changes, and not while a state is parsed', async () => {
    const { screen, terminal, sent } = screenOn();
    terminal.resize(90, 20);
    expect(sent).toEqual([{ type: 'resize', columns: 90, rows: 20 }]);
    screen.restore(restoring());
    terminal.resize(91, 21);
    expect(sent).toHaveLength(1);
    terminal.parse();
    await Promise.resolve();
    expect(sent.at(-1)).toEqual({ type: 'resize', columns: 91, rows: 21 });
  });

  it('follows the element while that is seen, and no state is parsed', () => {
    const { screen, terminal } = screenOn();
    observed.resized();
    expect(fit).toHaveBeenCalledTimes(1);
    terminal.isVisible = false;
    screen.fit();
    terminal.element = undefined;
    screen.fit();
    expect(fit).toHaveBeenCalledTimes(1);
    terminal.open();
    terminal.isVisible = true;
    screen.restore(restoring());
    screen.fit();
    expect(fit).toHaveBeenCalledTimes(1);
  });
});
