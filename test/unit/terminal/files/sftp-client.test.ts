import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  packet,
  PacketCutter,
  reply,
  wireAttributes,
  wireString,
  wireUint32,
} from '../../../../main/terminal/process/files/packets.ts';
import { localName } from '../../../../main/terminal/process/files/remote-path.ts';
import { SftpClient } from '../../../../main/terminal/process/files/sftp-client.ts';
import { parseFilePortMessage } from '../../../../main/terminal/process/files/file-port.ts';

/** A server's end of a channel, which says what a test tells it to. */
class FakeChannel extends EventEmitter {
  readonly asked: Buffer[] = [];
  isDestroyed = false;
  write(data: Buffer): void {
    this.asked.push(data);
  }
  destroy(): void {
    this.isDestroyed = true;
  }
  says(type: number, id: number, ...fields: Buffer[]): void {
    this.emit('data', packet(type, [wireUint32(id), ...fields]));
  }
}

function started(): { readonly channel: FakeChannel; readonly client: SftpClient } {
  const channel = new FakeChannel();
  const client = new SftpClient(channel);
  void client.start();
  channel.emit('data', packet(reply.version, [wireUint32(3)]));
  return { channel, client };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a server of SFTP', () => {
  test('that lists what is no name has it left out: no path is made of it', async () => {
    const { channel, client } = started();
    const listed = client.list(Buffer.from('/srv'));
    channel.says(reply.handle, 1, wireString('h'));
    await turn();
    const name = (text: string): Buffer[] => [
      wireString(text),
      wireString(''),
      wireAttributes({ mode: 0o644 }),
    ];
    const evil = ['.', '..', '../../etc/cron.d/x', '/etc/passwd', '', 'a\0b', 'good'];
    channel.says(reply.name, 2, wireUint32(evil.length), ...evil.flatMap(name));
    await turn();
    channel.says(reply.status, 3, wireUint32(1), wireString('EOF'));
    const names = await listed;
    expect(names.ok && names.value.map((listedName) => listedName.name.toString())).toEqual(['good']);
  });

  test.each([
    ['too long a packet', Buffer.from([0xff, 0xff, 0xff, 0xff, 1])],
    ['an empty packet', Buffer.from([0, 0, 0, 0, 1])],
  ])('that sends %s is let go of, and what was asked fails', async (_what, bytes) => {
    const { channel, client } = started();
    const asked = client.stat(Buffer.from('/'));
    channel.emit('data', bytes);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'lost' } });
    expect(channel.isDestroyed).toBe(true);
    expect(await client.stat(Buffer.from('/'))).toMatchObject({ ok: false, error: { code: 'lost' } });
  });

  test.each([
    ['of another type', [reply.handle, wireString('h')]],
    ['that ends too early', [reply.attributes, Buffer.from([0, 0])]],
  ] as const)('whose answer is %s is said to have refused', async (_what, [type, ...fields]) => {
    const { channel, client } = started();
    const asked = client.stat(Buffer.from('/'));
    channel.says(type, 1, ...fields);
    expect(await asked).toMatchObject({ ok: false, error: { code: 4 } });
  });
});

test('packets are the same however they are cut, and keep nothing of the memory that they came in', () => {
  const whole = Buffer.concat([packet(1, [Buffer.from('one')]), packet(2, [Buffer.from('second')])]);
  for (let size = 1; size <= whole.length; size += 1) {
    const got: string[] = [];
    const packets: Buffer[] = [];
    const cutter = new PacketCutter(100, (each) => packets.push(each));
    for (let at = 0; at < whole.length; at += size) {
      const chunk = Buffer.from(whole.subarray(at, at + size));
      cutter.add(chunk);
      chunk.fill(0);
    }
    for (const each of packets) got.push(each.toString('latin1'));
    expect(got).toEqual(['\u0001one', '\u0002second']);
  }
});

test.each([
  ['notes.txt', 'linux', 'notes.txt'],
  ['für', 'linux', 'für'],
  ['a:b?', 'linux', 'a:b?'],
  ['a:b?', 'win32', 'a%3Ab%3F'],
  ['end. ', 'win32', 'end%2E%20'],
  ['con.txt', 'win32', '%63on.txt'],
  ['..\\..\\evil', 'win32', '..%5C..%5Cevil'],
] as const)('the name %j is on %s saved as %j', (name, platform, expected) => {
  expect(localName(Buffer.from(name), platform)).toBe(expected);
});

test.each([
  [{ type: 'request', requestId: 1, request: { type: 'list', path: null } }, true],
  [{ type: 'request', requestId: 1, request: { type: 'list', path: '/\u00ff' } }, true],
  [{ type: 'request', requestId: 1, request: { type: 'list', path: '/\u0100' } }, false],
  [{ type: 'request', requestId: 1, request: { type: 'list', path: '/\0' } }, false],
  [{ type: 'request', requestId: 1, request: { type: 'set-mode', path: '/a', mode: 0o10000 } }, false],
  [{ type: 'upload', localPaths: ['/etc/shadow'], folder: '/' }, false],
])('a message of the page is judged before it is used: %j', (message, isTaken) => {
  expect(parseFilePortMessage(message) !== null).toBe(isTaken);
});
