import { describe, expect, it } from 'vitest';
import { Relay } from '../../../main/console/relay.ts';
import type { PortFromConsole } from '../../../preload/contract/console.ts';

const mebibyte = 1024 * 1024;
/** The page's greeting, and ClientInit. */
const greeting = Buffer.concat([Buffer.from('RFB 003.008\n'), Buffer.from([1])]);
const clientInit = Buffer.from([1]);
const key = Buffer.from([4, 1, 0, 0, 0, 0, 0, 0x61]);
const extendedKey = Buffer.from([255, 0, 0, 1, 0, 0, 0, 0x61, 0, 0, 0, 0x1e]);
/** Text for the clipboard: of the messages the one that can have any length. */
function cutText(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes[0] = 6;
  bytes.writeUInt32BE(length - 8, 4);
  return bytes;
}
function setEncodings(...encodings: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * encodings.length);
  bytes[0] = 2;
  bytes.writeUInt16BE(encodings.length, 2);
  encodings.forEach((encoding, index) => bytes.writeInt32BE(encoding, 4 + 4 * index));
  return bytes;
}

/** A relay whose connection takes bytes when the test lets it. */
function relayed() {
  const told: PortFromConsole[] = [];
  const sent: Uint8Array[] = [];
  const taken: (() => void)[] = [];
  const flow: string[] = [];
  const broken: string[] = [];
  const keys: Uint8Array[] = [];
  const keysTaken: (() => void)[] = [];
  const relay = new Relay({
    socket: {
      send: (bytes) => {
        sent.push(bytes);
        return new Promise((resolve) => taken.push(resolve));
      },
      pause: () => flow.push('pause'),
      resume: () => flow.push('resume'),
    },
    toPage: (message) => told.push(message),
    onKey: (bytes) => {
      keys.push(bytes);
      return new Promise((resolve) => keysTaken.push(resolve));
    },
    onBroken: ({ reason }) => broken.push(reason),
  });
  relay.fromPage(greeting);
  relay.fromPage(clientInit);
  taken.shift()?.();
  sent.length = 0;
  const acknowledgedBytes = (): number =>
    told.reduce((sum, message) => sum + (message.type === 'ack' ? message.bytes : 0), 0);
  return { relay, told, sent, taken, flow, broken, keys, keysTaken, acknowledgedBytes };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the relay', () => {
  it('stops reading while the page has too much to take, and goes on when it has caught up', () => {
    const { relay, flow } = relayed();
    for (let part = 0; part < 5; part += 1) relay.fromServer(Buffer.alloc(mebibyte));
    expect(flow).toEqual(['pause']);
    relay.acknowledged(3 * mebibyte);
    expect(flow).toEqual(['pause']);
    relay.acknowledged(2 * mebibyte);
    expect(flow).toEqual(['pause', 'resume']);
  });

  it('lets the server wait beyond 4 MB, until less than 1 MB is on its way', () => {
    const { relay, flow, told } = relayed();
    // What the page was told for its greeting is taken, and more than that cannot be.
    relay.acknowledged(100 * mebibyte);
    relay.fromServer(Buffer.alloc(4 * mebibyte));
    expect(flow).toEqual([]);
    relay.fromServer(Buffer.alloc(1));
    relay.fromServer(Buffer.alloc(1));
    expect(flow).toEqual(['pause']);
    relay.acknowledged(3 * mebibyte + 2);
    expect(flow).toEqual(['pause']);
    relay.acknowledged(1);
    relay.acknowledged(1);
    expect(flow).toEqual(['pause', 'resume']);
    const count = told.length;
    relay.fromServer(Buffer.alloc(0));
    expect(told).toHaveLength(count);
  });

  it('gives the page the bytes alone, not the buffer that they lie in', () => {
    const { relay, told } = relayed();
    relay.fromServer(Buffer.from('a secret and the screen').subarray(13));
    const last = told.at(-1);
    const bytes = last?.type === 'data' ? last.bytes : null;
    expect(bytes && Buffer.from(bytes.buffer).toString()).toBe('the screen');
  });

  it('keeps the answers to the greeting from the server', async () => {
    const { relay, sent, acknowledgedBytes } = relayed();
    await settled();
    expect(sent).toEqual([]);
    expect(acknowledgedBytes()).toBe(greeting.length + clientInit.length);
    relay.fromPage(cutText(20));
    expect(sent).toEqual([cutText(20)]);
  });

  it('acknowledges what the connection has taken, and no more', async () => {
    const { relay, taken, keysTaken, acknowledgedBytes } = relayed();
    await settled();
    const beforeBytes = acknowledgedBytes();
    relay.fromPage(cutText(100));
    relay.fromPage(key);
    await settled();
    expect(acknowledgedBytes()).toBe(beforeBytes);
    taken[0]?.();
    await settled();
    expect(acknowledgedBytes()).toBe(beforeBytes + 100);
    keysTaken[0]?.();
    await settled();
    expect(acknowledgedBytes()).toBe(beforeBytes + 108);
  });

  it('hands on each key in its turn, whatever it came with', () => {
    const { relay, sent, keys, broken } = relayed();
    const pointer = Buffer.from([5, 1, 0, 1, 0, 2]);
    const manyButtons = Buffer.from([5, 0x80, 0, 1, 0, 2, 1]);
    const fence = Buffer.from([248, 0, 0, 0, 0, 0, 0, 0, 3, 4, 4, 4]);
    const size = Buffer.concat([Buffer.from([251, 0, 4, 0, 3, 0, 1, 0]), Buffer.alloc(16)]);
    const others = [
      ...[Buffer.alloc(20), Buffer.from([3, ...Buffer.alloc(9)]), pointer, manyButtons, fence, size],
      ...[Buffer.from([150, ...Buffer.alloc(9)]), Buffer.from([250, 0, 1, 2]), cutText(30)],
    ];
    const all = Buffer.concat(others.flatMap((other) => [other, key, extendedKey]));
    relay.fromPage(all.subarray(0, 25));
    for (const byte of all.subarray(25, 60)) relay.fromPage(Buffer.from([byte]));
    relay.fromPage(all.subarray(60));
    expect(Buffer.concat(keys)).toEqual(Buffer.concat(others.flatMap(() => [key, extendedKey])));
    expect(sent.map((bytes) => Buffer.from(bytes))).toEqual(others);
    expect(broken).toEqual([]);
  });

  it('asks for no LED states, so that the server presses Caps Lock where it has to', () => {
    const { relay, sent } = relayed();
    relay.fromPage(setEncodings(7, -261, 0, -258));
    relay.fromPage(setEncodings(-261));
    relay.fromPage(setEncodings(1, 0));
    expect(sent).toEqual([setEncodings(7, 0, -258), setEncodings(), setEncodings(1, 0)]);
  });

  it('goes on and on with a server that keeps up', async () => {
    const { relay, taken, broken, acknowledgedBytes } = relayed();
    for (let part = 0; part < 6; part += 1) {
      relay.fromPage(cutText(mebibyte));
      taken.pop()?.();
      await settled();
    }
    expect(broken).toEqual([]);
    expect(acknowledgedBytes()).toBeGreaterThan(6 * mebibyte);
  });

  it('ends with a page that sends on and on', () => {
    const { relay, broken, sent } = relayed();
    for (let part = 0; part < 6; part += 1) relay.fromPage(cutText(mebibyte));
    expect(broken).toContain('protocol-error');
    expect(sent.length).toBeLessThan(6);
  });

  it('does not count what the connection has taken for what is still unsent', async () => {
    const { relay, taken, broken } = relayed();
    await settled();
    relay.fromPage(cutText(4 * mebibyte));
    expect(broken).toEqual([]);
    taken.pop()?.();
    await settled();
    relay.fromPage(cutText(4 * mebibyte));
    expect(broken).toEqual([]);
    relay.fromPage(cutText(8));
    expect(broken).toEqual(['protocol-error']);
  });

  it('ends with a page that sends keys on and on, while they wait for their turn', async () => {
    const { relay, broken } = relayed();
    await settled();
    relay.fromPage(cutText(4 * mebibyte - 20));
    relay.fromPage(extendedKey);
    expect(broken).toEqual([]);
    relay.fromPage(extendedKey);
    expect(broken).toContain('protocol-error');
  });

  it.each([
    ['a message that is not known', Buffer.from([99])],
    ['another message of QEMU', Buffer.from([255, 1, 0, 0])],
    ['a message that has no end', Buffer.from([6, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff])],
  ])('ends with a page that sends %s', (_what, message) => {
    const { relay, broken } = relayed();
    relay.fromPage(message);
    expect(broken).toEqual(['protocol-error']);
  });

  it('ends with a page that talks out of turn', () => {
    const broken: string[] = [];
    const other = new Relay({
      socket: { send: () => Promise.resolve(), pause: () => undefined, resume: () => undefined },
      toPage: () => undefined,
      onKey: () => Promise.resolve(),
      onBroken: ({ reason }) => broken.push(reason),
    });
    other.fromPage(Buffer.from('GET / HTTP/1.1'));
    expect(broken).toEqual(['protocol-error']);
  });
});
