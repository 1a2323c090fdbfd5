import { EventEmitter } from 'node:events';
import type { Client, ClientChannel } from 'ssh2';
import { beforeEach, describe, expect, test } from 'vitest';
import { Shell } from '../../../main/terminal/process/shell.ts';
import type { WorkingDirectory } from '../../../main/terminal/process/working-directory.ts';
import { FakeClock } from './fake-clock.ts';

/** The channel of a shell; what was done with it is in `done`. */
class FakeChannel extends EventEmitter {
  readonly done: unknown[] = [];
  isStderrRead = false;
  /** How much of it ssh2 lets lie in it while it is paused. */
  readonly _readableState = { highWaterMark: 0 };
  readonly stderr = { resume: (): void => void (this.isStderrRead = true) };
  write(data: Buffer): void {
    this.done.push(['write', data.toString()]);
  }
  setWindow(...size: readonly number[]): void {
    this.done.push(['window', ...size]);
  }
  pause(): void {
    this.done.push('pause');
  }
  resume(): void {
    this.done.push('resume');
  }
}

const terminal = {
  ...{ term: 'xterm-256color', cols: 100, rows: 30, width: 0, height: 0 },
  modes: Buffer.from([42, 0, 0, 0, 1, 0]),
};
const env = { COLORTERM: 'truecolor', LANG: 'C' };

describe('a shell', () => {
  let clock: FakeClock;
  let size: { columns: number; rows: number };
  let isOver: boolean;
  let told: unknown[];
  /** How the shells were asked for, and what answers the last of them. */
  let asked: unknown[];
  let options: unknown[];
  let answer: (error: Error | undefined, channel: FakeChannel) => void;
  /** The pings that wait for an answer. */
  let pings: (() => void)[];
  let isClientGone: boolean;
  let channel: FakeChannel;
  let shell: Shell;
  let directory: WorkingDirectory | null;

  beforeEach(() => {
    clock = new FakeClock();
    size = { columns: 100, rows: 30 };
    isOver = false;
    told = [];
    directory = null;
    asked = [];
    options = [];
    pings = [];
    isClientGone = false;
    channel = new FakeChannel();
    const client = {
      shell: (
        terminal: unknown,
        extras: unknown,
        done: (error: Error | undefined, channel: ClientChannel) => void,
      ) => {
        asked.push(terminal);
        options.push(extras);
        answer = done as never;
      },
      exec: (
        command: string,
        { pty, ...extras }: { readonly pty: unknown },
        done: (error: Error | undefined, channel: ClientChannel) => void,
      ) => {
        asked.push([command, pty]);
        options.push(extras);
        answer = done as never;
      },
      unforwardIn: (_address: string, _port: number, done: () => void) => {
        if (isClientGone) throw new Error('Not connected');
        pings.push(done);
      },
    };
    shell = new Shell(
      client as unknown as Client,
      clock,
      { intervalMs: 100, maxUnanswered: 2, lastAnswerMs: 100, wakeTimeoutMs: 30, wakeNoticeMs: 10 },
      { env: { LANG: 'C' }, agentSocket: '/agent', agentRefused: () => told.push('no agent') },
      {
        windowSize: () => size,
        directory: () => directory,
        entered: (entry) => told.push(['entered', entry]),
        isOver: () => isOver,
        opened: () => told.push('opened'),
        refused: (message) => told.push(['refused', message]),
        latency: (latencyMs) => told.push(['latency', latencyMs]),
        output: (chunk) => told.push(['output', chunk.toString()]),
        doubt: () => told.push('doubt'),
        dead: (silentMs) => told.push(['dead', silentMs]),
        closed: () => told.push('closed'),
      },
    );
    shell.open();
  });
  const open = (): void => answer(undefined, channel);

  test('is asked for with its colours, whole characters and the size of the view in cells', () => {
    expect(asked).toEqual([terminal]);
    expect(told).toEqual([]);
    expect(options).toEqual([{ env, agentForward: true }]);
  });

  test('is asked for again without the SSH agent where the server forwards none', () => {
    answer(new Error('Unable to request agent forwarding'), channel);
    expect(told).toEqual(['no agent']);
    expect(options.at(-1)).toEqual({ env });
    answer(new Error('Unable to request agent forwarding'), channel);
    expect(told.at(-1)).toEqual(['refused', 'Unable to request agent forwarding']);
  });

  test('that the server does not give is told in its words', () => {
    answer(new Error('No shell here'), channel);
    expect(told).toEqual([['refused', 'No shell here']]);
    expect(pings).toEqual([]);
  });

  test.each([undefined, new Error('Too late')])('that comes once all is over is none: %s', (error) => {
    isOver = true;
    answer(error, channel);
    expect(told).toEqual([]);
    expect(pings).toEqual([]);
  });

  test.each([
    ['wider', { columns: 101, rows: 30 }, [['window', 30, 101, 0, 0]]],
    ['higher', { columns: 100, rows: 31 }, [['window', 31, 100, 0, 0]]],
    ['as it was', { columns: 100, rows: 30 }, []],
  ])('has the size of a view that is %s by the time that it opens', (_how, now, done) => {
    size = now;
    open();
    expect(channel.done).toEqual(done);
  });

  test('has another size once it is open, and none before', () => {
    shell.resize(90, 20);
    open();
    shell.resize(91, 21);
    expect(channel.done).toEqual([['window', 21, 91, 0, 0]]);
  });

  test('gets what was typed before it was open, in one piece, and then what is typed', () => {
    shell.write(Buffer.from('ls'));
    shell.write(Buffer.from('\r'));
    open();
    shell.write(Buffer.from('x'));
    expect(channel.done).toEqual([
      ['write', 'ls\r'],
      ['write', 'x'],
    ]);
  });

  test('gets nothing where nothing was typed', () => {
    open();
    expect(told).toEqual(['opened']);
    expect(channel.done).toEqual([]);
  });

  test('is read and held up once it is open; before there is nothing to hold up', () => {
    shell.pause();
    shell.resume();
    open();
    shell.pause();
    shell.resume();
    expect(channel.done).toEqual(['pause', 'resume']);
  });

  test('has its output told until all is over; what comes on its other way is thrown away', () => {
    open();
    channel.emit('data', Buffer.from('a'));
    isOver = true;
    channel.emit('data', Buffer.from('b'));
    expect(told).toEqual(['opened', ['output', 'a']]);
    expect(channel.isStderrRead).toBe(true);
  });

  test.each([
    [[3], { status: 3, signal: null }],
    [[0], { status: 0, signal: null }],
    [[null, 'KILL'], { status: null, signal: 'KILL' }],
  ])('says how its program ended, and that it is closed: %j', (how, exit) => {
    open();
    expect(shell.exit).toBeNull();
    channel.emit('exit', ...how);
    expect(shell.exit).toEqual(exit);
    expect(told).toEqual(['opened']);
    channel.emit('close');
    expect(told).toEqual(['opened', 'closed']);
  });

  describe('asks for a sign of life', () => {
    test('as soon as it is open and at each interval, and tells how long the answer took', () => {
      open();
      clock.advance(7);
      pings.shift()?.();
      clock.advance(93);
      clock.advance(9);
      pings.shift()?.();
      expect(told).toEqual(['opened', ['latency', 7], ['latency', 9]]);
    });

    test('and is dead when none has come', () => {
      open();
      clock.advance(199);
      expect(told).toEqual(['opened']);
      clock.advance(1);
      expect(told).toEqual(['opened', ['dead', 200]]);
    });

    test('which is whatever comes in', () => {
      open();
      clock.advance(150);
      shell.heard();
      clock.advance(249);
      expect(told).toEqual(['opened']);
      clock.advance(1);
      expect(told).toEqual(['opened', ['dead', 200]]);
    });

    test('at once after a wake, and waits less for it', () => {
      open();
      pings.shift()?.();
      shell.probe();
      expect(pings).toHaveLength(1);
      clock.advance(29);
      expect(told).toEqual(['opened', ['latency', 0], 'doubt']);
      clock.advance(1);
      expect(told).toEqual(['opened', ['latency', 0], 'doubt', ['dead', 30]]);
    });

    test('no more once the connection has ended', () => {
      open();
      shell.stop();
      clock.advance(1_000);
      expect(pings).toHaveLength(1);
      expect(told).toEqual(['opened']);
      expect(clock.pending).toBe(0);
    });

    test('and is closed where the connection can ask nothing any more', () => {
      open();
      isClientGone = true;
      clock.advance(100);
      expect(told).toEqual(['opened', 'closed']);
    });
  });

  describe('that is to begin in a directory', () => {
    /** What the command prints first. */
    const report = (how: string): Buffer => {
      const [, mark] = /"\\033(\]6973;\w+;)%s/.exec(String((asked.at(-1) as unknown[])[0])) ?? [];
      return Buffer.from(`\u001b${mark}${how}\u0007`);
    };
    beforeEach(() => {
      directory = { host: 'web', path: Buffer.from('/srv') };
      asked = [];
      options = [];
      shell.open();
    });

    test('runs a command for it, with the same terminal and variables, also without the SSH agent', () => {
      expect(asked).toEqual([[expect.stringContaining('"/srv"'), terminal]]);
      expect(options).toEqual([{ env, agentForward: true }]);
      answer(new Error('Unable to request agent forwarding'), channel);
      expect(asked).toEqual([expect.anything(), [expect.stringContaining('"/srv"'), terminal]]);
      expect(options.at(-1)).toEqual({ env });
    });

    test('tells whether it did before what it then prints, and ends as any other', () => {
      open();
      const bytes = report('gone');
      channel.emit('data', bytes.subarray(0, 9));
      channel.emit('data', Buffer.concat([bytes.subarray(9), Buffer.from('$ ')]));
      channel.emit('data', report('entered'));
      expect(told.map((each) => (Array.isArray(each) && each[0] === 'output' ? 'output' : each))).toEqual([
        'opened',
        'output',
        ['entered', 'gone'],
        'output',
        'output',
      ]);
      channel.emit('close');
      expect(told.at(-1)).toBe('closed');
      expect(asked).toHaveLength(1);
    });

    test.each([
      ['runs no command', () => answer(new Error('Unable to exec'), channel), []],
      [
        'runs another one in its place, which ends',
        () => {
          open();
          channel.emit('data', Buffer.from('not here\r\n'));
          channel.emit('exit', 1);
          channel.emit('close');
        },
        ['opened', ['output', 'not here\r\n']],
      ],
    ])('begins where it does by itself where the server %s', (_what, happens, before) => {
      happens();
      expect(told).toEqual([...before, ['entered', 'not-run']]);
      expect(asked.at(-1)).toEqual(terminal);
      shell.write(Buffer.from('ls'));
      const second = new FakeChannel();
      answer(undefined, second);
      expect(second.done).toEqual([['write', 'ls']]);
      expect(told.filter((each) => each === 'opened')).toHaveLength(1);
      expect([shell.exit, pings.length]).toEqual([null, 1]);
      second.emit('close');
      expect(told.at(-1)).toBe('closed');
    });

    test('gets what was typed once it says that it is there, or says nothing for long', () => {
      open();
      shell.write(Buffer.from('l'));
      expect(channel.done).toEqual([]);
      shell.write(Buffer.from('s'));
      channel.emit('data', report('entered'));
      shell.write(Buffer.from('x'));
      expect(channel.done).toEqual([
        ['write', 'ls'],
        ['write', 'x'],
      ]);
      shell.open();
      const other = new FakeChannel();
      answer(undefined, other);
      shell.write(Buffer.from('ls'));
      clock.advance(2_999);
      expect(other.done).toEqual([]);
      clock.advance(1);
      expect(other.done).toEqual([['write', 'ls']]);
      shell.write(Buffer.from('x'));
      expect(other.done).toHaveLength(2);
    });

    test('is asked for once where its connection ends with it', () => {
      open();
      isOver = true;
      channel.emit('close');
      expect(asked).toHaveLength(1);
      expect(told).toEqual(['opened', 'closed']);
    });
  });

  test('that is not open yet has nothing to ask, to hear or to stop', () => {
    shell.probe();
    shell.heard();
    shell.stop();
    expect([pings, told, clock.pending]).toEqual([[], [], 0]);
  });
});
