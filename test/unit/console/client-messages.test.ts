import { describe, expect, it } from 'vitest';
import { ClientMessages, withoutLedState } from '../../../main/console/client-messages.ts';

/** A message of `length` bytes that begins with `head`. */
function message(length: number, ...head: readonly number[]): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.set(head);
  return bytes;
}

/** A client that has sent its ClientInit. */
function begun(): ClientMessages {
  const messages = new ClientMessages();
  messages.take(Buffer.of(1));
  return messages;
}

const kindsAndLengths = (taken: ReturnType<ClientMessages['take']>) =>
  taken?.map(({ kind, bytes }) => [kind, bytes.length]) ?? null;

// RFC 6143, 7.5, and rfbproto: written out by hand.
const known: readonly (readonly [string, string, Buffer])[] = [
  ['SetPixelFormat', 'other', message(20, 0)],
  ['SetEncodings of none', 'encodings', message(4, 2)],
  ['SetEncodings of 258', 'encodings', message(1036, 2, 0, 1, 2)],
  ['FramebufferUpdateRequest', 'other', message(10, 3)],
  ['KeyEvent', 'key', message(8, 4)],
  ['PointerEvent', 'other', message(6, 5, 0x7f)],
  ['PointerEvent with more buttons', 'other', message(7, 5, 0x80)],
  ['ClientCutText', 'other', message(13, 6, 0, 0, 0, 0, 0, 0, 5)],
  ['ClientCutText of the extended clipboard', 'other', message(12, 6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc)],
  ['EnableContinuousUpdates', 'other', message(10, 150)],
  ['ClientFence', 'other', message(12, 248, 0, 0, 0, 0, 0, 0, 0, 3)],
  ['xvp', 'other', message(4, 250)],
  ['SetDesktopSize of two screens', 'other', message(40, 251, 0, 0, 0, 0, 0, 2)],
  ['QEMU key', 'key', message(12, 255, 0)],
];

describe('what a client sends after the handshake', () => {
  it('begins with one byte, whatever it is', () => {
    expect(kindsAndLengths(new ClientMessages().take(Buffer.of(4)))).toEqual([['other', 1]]);
    expect(new ClientMessages().take(Buffer.alloc(0))).toEqual([]);
  });

  it.each(known)('%s is %s, whole, and byte by byte', (_name, kind, bytes) => {
    expect(begun().take(bytes)).toEqual([{ kind, bytes }]);
    const slow = begun();
    for (const byte of bytes.subarray(0, -1)) expect(slow.take(Buffer.of(byte))).toEqual([]);
    expect(slow.take(bytes.subarray(-1))).toEqual([{ kind, bytes }]);
  });

  it('is cut where one ends and the next begins', () => {
    const all = Buffer.concat(known.map(([, , bytes]) => bytes));
    const messages = begun();
    const half = Math.floor(all.length / 2);
    const taken = [
      ...(messages.take(all.subarray(0, half)) ?? []),
      ...(messages.take(all.subarray(half)) ?? []),
    ];
    expect(taken.map(({ bytes }) => bytes.length)).toEqual(known.map(([, , bytes]) => bytes.length));
  });

  it.each([
    ['a type that is not known', Buffer.of(7)],
    ['another message of QEMU than a key', Buffer.of(255, 1)],
    ['a text of more than 4 MB', message(8, 6, 0, 0, 0, 0, 0x3f, 0xff, 0xf9)],
    ['an extended text of more than 4 MB', message(8, 6, 0, 0, 0, 0xff, 0xc0, 0, 7)],
  ])('is refused where it holds %s', (_what, bytes) => {
    expect(begun().take(bytes)).toBeNull();
  });

  it('may be a text of 4 MB with its head', () => {
    expect(begun().take(message(8, 6, 0, 0, 0, 0, 0x3f, 0xff, 0xf8))).toEqual([]);
  });
});

describe('the list of encodings', () => {
  const list = (...encodings: readonly number[]): Buffer => {
    const bytes = message(4 + 4 * encodings.length, 2, 0, 0, encodings.length);
    encodings.forEach((encoding, index) => bytes.writeInt32BE(encoding, 4 + 4 * index));
    return bytes;
  };

  it('loses LED states and nothing else, in its order', () => {
    expect(withoutLedState(list(7, -261, 0, -223, -261))).toEqual(list(7, 0, -223));
    expect(withoutLedState(list(5, 16))).toEqual(list(5, 16));
    expect(withoutLedState(list())).toEqual(list());
  });
});
