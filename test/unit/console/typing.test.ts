import { describe, expect, it } from 'vitest';
import { keysFor, needsShift } from '../../../main/console/keystrokes.ts';
import { keyEventMs, KeystrokeSender } from '../../../main/console/keystroke-sender.ts';
import type { TypingProgress } from '../../../preload/contract/console.ts';
import { FakeClock } from '../terminal/fake-clock.ts';
import { KeyQueue } from './key-queue.ts';

/** Key events as words: `+` pressed, `-` let go, and the keysym. */
function inWords(keys: Uint8Array): readonly string[] {
  const bytes = Buffer.from(keys);
  return Array.from({ length: bytes.length / 8 }, (_, index) => {
    const event = bytes.subarray(index * 8, index * 8 + 8);
    expect(event[0]).toBe(4);
    return `${event[1] === 1 ? '+' : '-'}${event.readUInt32BE(4).toString(16)}`;
  });
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const shiftUp = '-ffe1';

describe('the keys of a character', () => {
  it('are pressed and let go, with Shift where a US keyboard wants it', () => {
    const plain = "a1-=[];',./` \n\t\\";
    const shifted = 'AZ!@#$%^&*()_+{}|:"<>?~';
    expect(Array.from(plain).filter(needsShift)).toEqual([]);
    expect(Array.from(shifted).filter((character) => !needsShift(character))).toEqual([]);
    expect(inWords(Buffer.concat(keysFor('A')))).toEqual(['+41', '-41']);
    expect(inWords(Buffer.concat(keysFor('-')))).toEqual(['+2d', '-2d']);
    expect(inWords(Buffer.concat(keysFor('\n')))).toEqual(['+ff0d', '-ff0d']);
    expect(inWords(Buffer.concat(keysFor('\t')))).toEqual(['+ff09', '-ff09']);
  });

  it('are there for every printable ASCII character, and for no other', () => {
    for (let code = 0; code < 0x180; code += 1) {
      const isThere = code === 9 || code === 10 || (code >= 0x20 && code < 0x7f);
      expect(keysFor(String.fromCharCode(code)).length > 0, String(code)).toBe(isThere);
    }
  });
});

describe('the keystrokeSender', () => {
  function typing() {
    const clock = new FakeClock();
    const typed: string[] = [];
    const progress: (TypingProgress | null)[] = [];
    const waiting: (() => void)[] = [];
    let isSlow = false;
    const keystrokeSender = new KeystrokeSender({
      clock,
      send: (keys) => {
        typed.push(...inWords(keys));
        return isSlow ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
      },
      onProgress: (now) => progress.push(now),
    });
    /** The time of so many key events passes. */
    const pass = async (events: number): Promise<void> => {
      for (let event = 0; event < events; event += 1) {
        await settle();
        clock.advance(keyEventMs);
        await settle();
      }
    };
    return {
      ...{ keystrokeSender, typed, progress, pass, clock },
      beSlow: () => (isSlow = true),
      take: () => waiting.shift()?.(),
    };
  }
  const key = (keysym: number, isDown: boolean): Uint8Array =>
    Buffer.from([4, isDown ? 1 : 0, 0, 0, 0, 0, 0, keysym]);

  it('types one character after the other, and gives each key event its time', async () => {
    const { keystrokeSender, typed, progress, pass } = typing();
    keystrokeSender.type('aé\r\nb');
    expect(typed).toEqual(['+61', '-61']);
    await pass(1);
    expect(typed).toHaveLength(2);
    await pass(1);
    expect(typed.slice(2)).toEqual(['+ff0d', '-ff0d']);
    await pass(2);
    expect(typed.slice(4)).toEqual(['+62', '-62']);
    expect(progress.at(-1)).toEqual({ typed: 2, total: 3 });
    await pass(3);
    expect(typed.slice(6)).toEqual([shiftUp]);
    expect(progress).toEqual([{ typed: 0, total: 3 }, { typed: 1, total: 3 }, { typed: 2, total: 3 }, null]);
  });

  it('holds Shift over a run of characters that want it', async () => {
    const { keystrokeSender, typed, pass } = typing();
    keystrokeSender.type('aB:\nC');
    await pass(20);
    expect(typed).toEqual([
      ...['+61', '-61', '+ffe1', '+42', '-42', '+3a', '-3a'],
      ...['-ffe1', '+ff0d', '-ff0d', '+ffe1', '+43', '-43', shiftUp],
    ]);
  });

  it.each([
    ['capitals alone', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.repeat(80)],
    ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPv7RSeeG2OH2yiIS$%&_+{}|:"<>? '.repeat(30)],
    ['capitals in turn with small letters', 'aBcDeF'.repeat(300)],
    ['a shell script', 'if [ "$A" != "" ]; then\n\techo "${A}" | sed "s/x/Y/" > ~/B;\nfi\n'.repeat(30)],
  ])('fills no queue that takes a key event every 10 ms: %s', async (_what, text) => {
    const clock = new FakeClock();
    const server = new KeyQueue(clock);
    const keystrokeSender = new KeystrokeSender({
      clock,
      send: (keys) => {
        for (const event of inWords(keys)) server.take(event);
        return Promise.resolve();
      },
      onProgress: () => undefined,
    });
    keystrokeSender.type(text);
    for (let events = 0; events < text.length * 4; events += 1) {
      clock.advance(keyEventMs);
      await Promise.resolve();
      await Promise.resolve();
    }
    await settle();
    expect(server.longest).toBeLessThan(8);
    expect(server.typed()).toBe(text);
    expect(server.isShiftDown()).toBe(false);
  });

  it('waits for a connection that takes its time', async () => {
    const { keystrokeSender, typed, beSlow, take, pass } = typing();
    beSlow();
    keystrokeSender.type('ab');
    await pass(5);
    expect(typed).toEqual(['+61', '-61']);
    take();
    await pass(2);
    expect(typed).toEqual(['+61', '-61', '+62', '-62']);
  });

  it('stops between two characters, with no key left pressed', async () => {
    const { keystrokeSender, typed, progress, pass } = typing();
    keystrokeSender.type('ABC');
    keystrokeSender.stop();
    expect(progress.at(-1)).toBeNull();
    await pass(10);
    expect(typed).toEqual(['+ffe1', '+41', '-41', shiftUp]);
    expect(progress).toEqual([{ typed: 0, total: 3 }, null]);
  });

  it('types the newest text alone', async () => {
    const { keystrokeSender, typed, progress, pass } = typing();
    keystrokeSender.type('aaaa');
    keystrokeSender.type('b');
    await pass(10);
    expect(typed).toEqual(['+61', '-61', shiftUp, '+62', '-62', shiftUp]);
    expect(progress).toEqual([{ typed: 0, total: 4 }, null, { typed: 0, total: 1 }, null]);
  });

  it('types the newest text alone while a key of the older is on its way', async () => {
    const { keystrokeSender, typed, beSlow, take, pass } = typing();
    beSlow();
    keystrokeSender.type('AAAA');
    await pass(3);
    keystrokeSender.type('b');
    await pass(3);
    // One key at a time, also of two texts.
    expect(typed).toEqual(['+ffe1', '+41', '-41']);
    for (let sent = 0; sent < 4; sent += 1) {
      take();
      await pass(3);
    }
    expect(typed).toEqual(['+ffe1', '+41', '-41', shiftUp, '+62', '-62', shiftUp]);
  });

  it('sends what a person types meanwhile after the text, whole and in its order', async () => {
    const { keystrokeSender, typed, pass, progress } = typing();
    await keystrokeSender.pass(key(0x78, true));
    expect(typed).toEqual(['+78']);
    typed.length = 0;
    keystrokeSender.type('aB');
    const sent: string[] = [];
    void keystrokeSender.pass(key(0x79, true)).then(() => sent.push('down'));
    await pass(2);
    void keystrokeSender.pass(key(0x79, false)).then(() => sent.push('up'));
    expect(sent).toEqual([]);
    await pass(20);
    expect(typed).toEqual(['+61', '-61', '+ffe1', '+42', '-42', shiftUp, '+79', '-79']);
    expect(sent).toEqual(['down', 'up']);
    expect(progress.at(-1)).toBeNull();
    await keystrokeSender.pass(key(0x7a, true));
    expect(typed.at(-1)).toBe('+7a');
  });

  it('lets a stop through to what a person typed meanwhile', async () => {
    const { keystrokeSender, typed, pass } = typing();
    keystrokeSender.type('Aaaaaaaa');
    void keystrokeSender.pass(key(0x79, true));
    keystrokeSender.stop();
    await pass(10);
    expect(typed).toEqual(['+ffe1', '+41', '-41', shiftUp, '+79']);
  });

  it('takes nothing of an older connection to the next', async () => {
    const { keystrokeSender, typed, beSlow, take, pass, progress } = typing();
    beSlow();
    keystrokeSender.type('AB');
    void keystrokeSender.pass(key(0x79, true));
    keystrokeSender.drop();
    expect(progress.at(-1)).toBeNull();
    keystrokeSender.type('c');
    take();
    await pass(4);
    expect(typed).toEqual(['+ffe1', '+41', '-41', '+63', '-63']);
    take();
    await pass(2);
    expect(typed.slice(5)).toEqual([shiftUp]);
  });

  it('says nothing of a text without a key, nor of a stop where nothing is typed', async () => {
    const { keystrokeSender, typed, progress, pass, clock } = typing();
    keystrokeSender.type('é€');
    keystrokeSender.stop();
    keystrokeSender.drop();
    await pass(4);
    expect([typed, progress, clock.pending]).toEqual([[], [], 0]);
  });

  it('has nothing to wait for once the connection is over, and presses Shift again on the next', async () => {
    const { keystrokeSender, typed, pass, clock } = typing();
    keystrokeSender.type('AB');
    await settle();
    keystrokeSender.drop();
    expect(clock.pending).toBe(0);
    await pass(4);
    keystrokeSender.type('C');
    await pass(10);
    expect(typed).toEqual(['+ffe1', '+41', '-41', '+ffe1', '+43', '-43', shiftUp]);
  });

  it('is not done with a text before the next one that took its place', async () => {
    const { keystrokeSender, progress, pass } = typing();
    keystrokeSender.type('aa');
    await pass(1);
    keystrokeSender.type('bb');
    // The end of the older one comes before the newer one's first key.
    await pass(3);
    expect(progress).toEqual([{ typed: 0, total: 2 }, null, { typed: 0, total: 2 }]);
    await pass(10);
    expect(progress.slice(3)).toEqual([{ typed: 1, total: 2 }, null]);
  });

  it('gives a key of the user its time as well', async () => {
    const { keystrokeSender, typed, pass } = typing();
    keystrokeSender.type('a');
    void keystrokeSender.pass(key(0x78, true));
    void keystrokeSender.pass(key(0x78, false));
    await pass(3);
    expect(typed).toEqual(['+61', '-61', shiftUp, '+78']);
    await pass(1);
    expect(typed.at(-1)).toBe('-78');
  });
});
