import { describe, expect, it } from 'vitest';
import { Relay } from '../../../main/console/relay.ts';
import type { PortFromConsole } from '../../../preload/contract/console.ts';

const mebibyte = 1024 * 1024;
const answer = Buffer.concat([Buffer.from('RFB 003.008\n'), Buffer.from([1])]);

/** A relay whose connection takes bytes when the test lets it. */
function relayed() {
  const told: PortFromConsole[] = [];
  const sent: Uint8Array[] = [];
  const taken: (() => void)[] = [];
  const flow: string[] = [];
  const broken: string[] = [];
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
    onBroken: ({ reason }) => broken.push(reason),
  });
  relay.fromPage(answer);
  const acknowledgedBytes = (): number =>
    told.reduce((sum, message) => sum + (message.type === 'ack' ? message.bytes : 0), 0);
  return { relay, told, sent, taken, flow, broken, acknowledgedBytes };
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
    expect(acknowledgedBytes()).toBe(answer.length);
    relay.fromPage(Buffer.from('key'));
    expect(sent).toEqual([Buffer.from('key')]);
  });

  it('acknowledges what the connection has taken, and no more', async () => {
    const { relay, taken, acknowledgedBytes } = relayed();
    relay.fromPage(Buffer.alloc(100));
    relay.fromPage(Buffer.alloc(50));
    await settled();
    expect(acknowledgedBytes()).toBe(answer.length);
    taken[0]?.();
    await settled();
    expect(acknowledgedBytes()).toBe(answer.length + 100);
  });

  it('ends with a page that sends on and on, or talks out of turn', () => {
    const { relay, broken, sent } = relayed();
    for (let part = 0; part < 6; part += 1) relay.fromPage(Buffer.alloc(mebibyte));
    expect(broken).toContain('protocol-error');
    expect(sent.length).toBeLessThan(6);
    const other = new Relay({
      socket: { send: () => Promise.resolve(), pause: () => undefined, resume: () => undefined },
      toPage: () => undefined,
      onBroken: ({ reason }) => broken.push(`other ${reason}`),
    });
    other.fromPage(Buffer.from('GET / HTTP/1.1'));
    expect(broken.at(-1)).toBe('other protocol-error');
  });
});
