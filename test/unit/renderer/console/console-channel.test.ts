import { describe, expect, it } from 'vitest';
import type { PortToConsole } from '../../../../preload/contract/console.ts';
import { ConsoleChannel } from '../../../../renderer/console/console-channel.ts';

const kibibyte = 1024;
const mostUnsent = 256;

function openChannel(): {
  channel: ConsoleChannel;
  posted: PortToConsole[];
  /** The first byte of each message that was passed on. */
  firstBytes: () => readonly (number | undefined)[];
} {
  const posted: PortToConsole[] = [];
  const channel = new ConsoleChannel((message) => void posted.push(message));
  const firstBytes = (): readonly (number | undefined)[] =>
    posted.flatMap((message) => (message.type === 'data' ? [message.bytes[0]] : []));
  return { channel, posted, firstBytes };
}

const message = (index: number): Uint8Array => new Uint8Array(kibibyte).fill(index % 256);

describe('the channel of a console', () => {
  it('passes on all that is sent, in its order, as long as each message is acknowledged', () => {
    const { channel, firstBytes } = openChannel();
    const count = 300;
    for (let index = 0; index < count; index += 1) {
      channel.send(message(index));
      channel.acknowledged(kibibyte);
    }
    expect(firstBytes()).toEqual(Array.from({ length: count }, (_, index) => index % 256));
  });

  it('holds back what main has not passed on yet, and sends it as main does', () => {
    const { channel, firstBytes } = openChannel();
    for (let index = 0; index < 300; index += 1) channel.send(message(index));
    expect(firstBytes()).toHaveLength(mostUnsent);
    channel.acknowledged(kibibyte);
    expect(firstBytes()).toHaveLength(mostUnsent + 1);
    channel.acknowledged(100 * kibibyte);
    expect(firstBytes()).toEqual(Array.from({ length: 300 }, (_, index) => index % 256));
  });

  it('sends what was in the buffer when it was asked to, since noVNC uses its buffer again', () => {
    const { channel, firstBytes } = openChannel();
    for (let index = 0; index < mostUnsent; index += 1) channel.send(message(1));
    const buffer = message(2);
    channel.send(buffer);
    buffer.fill(3);
    channel.acknowledged(kibibyte);
    expect(firstBytes().at(-1)).toBe(2);
  });

  it('acknowledges what noVNC has taken, after it has', () => {
    const { channel, posted } = openChannel();
    const taken: number[] = [];
    channel.onmessage = ({ data }) => void taken.push(data.length, posted.length);
    channel.receive(message(0));
    expect(taken).toEqual([kibibyte, 0]);
    expect(posted).toEqual([{ type: 'ack', bytes: kibibyte }]);
  });

  it('ends once, by noVNC or by main, and takes nothing more', () => {
    const { channel, posted } = openChannel();
    let closes = 0;
    channel.onclose = () => void (closes += 1);
    channel.onmessage = () => expect.unreachable();
    channel.close();
    channel.end();
    channel.close();
    channel.receive(message(0));
    expect(closes).toBe(1);
    expect(posted).toEqual([{ type: 'cancel' }]);
  });
});
