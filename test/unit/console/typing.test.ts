import { describe, expect, it } from 'vitest';
import { keysFor } from '../../../main/console/keystrokes.ts';
import { keyDelayMs, Typist } from '../../../main/console/typist.ts';
import { untypable } from '../../../preload/contract/keystrokes.ts';
import type { TypingProgress } from '../../../preload/contract/console.ts';
import { FakeClock } from '../terminal/fake-clock.ts';

/** Key events as words: `+` pressed, `-` let go, and the keysym. */
function inWords(keys: Uint8Array): readonly string[] {
  const bytes = Buffer.from(keys);
  return Array.from({ length: bytes.length / 8 }, (_, index) => {
    const event = bytes.subarray(index * 8, index * 8 + 8);
    expect(event[0]).toBe(4);
    return `${event[1] === 1 ? '+' : '-'}${event.readUInt32BE(4).toString(16)}`;
  });
}

describe('the keys of a character', () => {
  it('are pressed and let go, with Shift where a US keyboard wants it', () => {
    expect(inWords(Buffer.concat(keysFor('a')))).toEqual(['+61', '-61']);
    expect(inWords(Buffer.concat(keysFor('A')))).toEqual(['+ffe1', '+41', '-41', '-ffe1']);
    expect(inWords(Buffer.concat(keysFor('!')))).toEqual(['+ffe1', '+21', '-21', '-ffe1']);
    expect(inWords(Buffer.concat(keysFor('-')))).toEqual(['+2d', '-2d']);
    expect(inWords(Buffer.concat(keysFor('\n')))).toEqual(['+ff0d', '-ff0d']);
    expect(inWords(Buffer.concat(keysFor('\t')))).toEqual(['+ff09', '-ff09']);
  });

  it('are there for every printable ASCII character, and for no other', () => {
    for (let code = 0; code < 0x180; code += 1) {
      const isThere = code === 9 || code === 10 || (code >= 0x20 && code < 0x7f);
      expect(keysFor(String.fromCharCode(code)).length > 0, String(code)).toBe(isThere);
    }
    expect(untypable('schön, 5 €\r\nund schöner\u0007 👍')).toEqual(['ö', '€', '\u0007', '👍']);
    expect(untypable('plain\ttext\n')).toEqual([]);
  });
});

describe('the typist', () => {
  function typing() {
    const clock = new FakeClock();
    const typed: string[] = [];
    const progress: (TypingProgress | null)[] = [];
    let waiting: (() => void) | null = null;
    let isSlow = false;
    const typist = new Typist({
      clock,
      send: (keys) => {
        typed.push(...inWords(keys));
        return isSlow ? new Promise((resolve) => (waiting = resolve)) : Promise.resolve();
      },
      onProgress: (now) => progress.push(now),
    });
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const next = async (): Promise<void> => {
      await settle();
      clock.advance(keyDelayMs);
      await settle();
    };
    return {
      ...{ typist, typed, progress, next, settle },
      beSlow: () => (isSlow = true),
      take: () => waiting?.(),
    };
  }

  it('types one character after the other, with a pause between them', async () => {
    const { typist, typed, progress, next } = typing();
    typist.type('aé\r\nb');
    expect(typed).toEqual(['+61', '-61']);
    await next();
    expect(typed.slice(2)).toEqual(['+ff0d', '-ff0d']);
    await next();
    await next();
    expect(typed.slice(4)).toEqual(['+62', '-62']);
    expect(progress).toEqual([{ typed: 0, total: 3 }, { typed: 1, total: 3 }, { typed: 2, total: 3 }, null]);
  });

  it('waits for a connection that takes its time', async () => {
    const { typist, typed, beSlow, take, next } = typing();
    beSlow();
    typist.type('ab');
    await next();
    await next();
    expect(typed).toEqual(['+61', '-61']);
    take();
    await next();
    expect(typed).toEqual(['+61', '-61', '+62', '-62']);
  });

  it('stops between two characters, with no key left pressed', async () => {
    const { typist, typed, progress, next } = typing();
    typist.type('ABC');
    typist.stop();
    await next();
    await next();
    expect(typed).toEqual(['+ffe1', '+41', '-41', '-ffe1']);
    expect(progress.at(-1)).toBeNull();
  });

  it('types the newest text alone', async () => {
    const { typist, typed, next } = typing();
    typist.type('aaaa');
    typist.type('b');
    await next();
    await next();
    expect(typed).toEqual(['+61', '-61', '+62', '-62']);
  });
});
