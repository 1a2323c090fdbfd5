import { PassThrough } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import { writeWithPressure } from '../../../../main/sandbox/ssh/channel-output.ts';

let stream: PassThrough;
let ended: AbortController;
beforeEach(() => {
  stream = new PassThrough({ highWaterMark: 4 });
  ended = new AbortController();
});

/** Writes, and says whether that has been done: it is looked at after all that is due. */
function writing(text: string): () => Promise<boolean> {
  let isDone = false;
  void writeWithPressure(stream, text, ended.signal).then(() => (isDone = true));
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return isDone;
  };
}

it('a write is done at once where the stream has room', async () => {
  expect(await writing('abc')()).toBe(true);
  expect(String(stream.read())).toBe('abc');
});

it('a write to a full stream waits until it was read', async () => {
  const isDone = writing('abcdefgh');
  expect(await isDone()).toBe(false);
  expect(String(stream.read())).toBe('abcdefgh');
  expect(await isDone()).toBe(true);
});

it('a write that waits ends with its command', async () => {
  const isDone = writing('abcdefgh');
  expect(await isDone()).toBe(false);
  ended.abort();
  expect(await isDone()).toBe(true);
});

it('a write that waits ends where its reader goes with an error', async () => {
  const isDone = writing('abcdefgh');
  expect(await isDone()).toBe(false);
  stream.on('error', () => undefined);
  stream.destroy(new Error('gone'));
  expect(await isDone()).toBe(true);
});

it.each<[string, () => void]>([
  ['has ended', () => stream.end()],
  ['is gone', () => stream.destroy()],
])('nothing is written to a stream that %s', async (_what, end) => {
  end();
  stream.on('error', (error) => {
    throw error;
  });
  expect(await writing('abcdefgh')()).toBe(true);
});

it('nothing at all is no write', async () => {
  stream.write('abcdefgh');
  expect(await writing('')()).toBe(true);
});
