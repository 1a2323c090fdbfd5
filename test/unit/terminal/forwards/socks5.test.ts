import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SocksHandshake, type SocksStep } from '../../../../main/terminal/process/forwards/socks5.ts';

const greeting = [5, 1, 0];
const toName = (name: string, port = 443): number[] => [
  ...[5, 1, 0, 3, Buffer.byteLength(name), ...Buffer.from(name)],
  ...[port >> 8, port & 255],
];

/** What comes of the bytes, given in pieces. */
function steps(...pieces: readonly (readonly number[])[]): SocksStep[] {
  const handshake = new SocksHandshake();
  const all: SocksStep[] = [];
  for (const piece of pieces) {
    let step = handshake.take(Buffer.from(piece));
    while (step.kind === 'greeted') {
      all.push(step);
      step = handshake.take(Buffer.alloc(0));
    }
    all.push(step);
    if (step.kind !== 'more') break;
  }
  return all.filter(({ kind }) => kind !== 'more');
}
const refusal = (...bytes: readonly number[]) => ({ kind: 'refused', answer: Buffer.from(bytes) });
const failure = (code: number) => refusal(5, code, 0, 1, 0, 0, 0, 0, 0, 0);

test('a name is left to the server to look up', () => {
  expect(steps(greeting, toName('db.internal', 5432))).toEqual([
    { kind: 'greeted', answer: Buffer.from([5, 0]) },
    { kind: 'connect', destination: { host: 'db.internal', port: 5432 }, rest: Buffer.alloc(0) },
  ]);
});

test.each([
  ['IPv4', [1, 10, 0, 0, 7], '10.0.0.7'],
  ['IPv6', [4, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], '2001:db8:0:0:0:0:0:1'],
])('an address of %s', (_family, address, host) => {
  expect(steps(greeting, [5, 1, 0, ...address, 0, 80]).at(-1)).toMatchObject({
    destination: { host, port: 80 },
  });
});

test('split at any byte, with the first bytes of what follows', () => {
  const payload = [...Buffer.from('GET / HTTP/1.1')];
  const bytes = [...greeting, ...toName('example.com'), ...payload];
  fc.assert(
    fc.property(fc.subarray(bytes.map((_, index) => index).slice(1)), (cuts) => {
      const pieces = [0, ...cuts].map((from, index) => bytes.slice(from, cuts[index]));
      const last = steps(...pieces).at(-1);
      expect(last).toMatchObject({ kind: 'connect', destination: { host: 'example.com', port: 443 } });
      // What came behind the request in the same piece; the rest stays on the socket.
      if (last?.kind === 'connect') expect(payload.slice(0, last.rest.length)).toEqual([...last.rest]);
    }),
  );
});

test.each([
  ['no way without a sign-in', [[5, 1, 2]], refusal(5, 0xff)],
  ['SOCKS4, in its own words', [[4, 1, 0, 80, 127, 0, 0, 1, 0]], refusal(0, 91, 0, 0, 0, 0, 0, 0)],
  ['HTTP', [[...Buffer.from('GET / HTTP/1.1\r\n')]], refusal()],
  ['BIND', [greeting, [5, 2, 0, 1, 127, 0, 0, 1, 0, 80]], failure(7)],
  ['UDP', [greeting, [5, 3, 0, 1, 127, 0, 0, 1, 0, 80]], failure(7)],
  ['an address of an unknown type', [greeting, [5, 1, 0, 9, 1]], failure(8)],
  ['an empty name', [greeting, toName('')], failure(1)],
  ['a name with a line break', [greeting, toName('a\nb')], failure(1)],
  ['a name that is no UTF-8', [greeting, [5, 1, 0, 3, 1, 0xff, 0, 80]], failure(1)],
  ['port 0', [greeting, toName('example.com', 0)], failure(1)],
  ['another version in the request', [greeting, [4, 1, 0]], refusal()],
])('refused: %s', (_what, pieces, refused) => {
  expect(steps(...pieces).at(-1)).toEqual(refused);
});

test('whatever comes, it answers or waits', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (pieces) => {
      expect(() => steps(...pieces.map((piece) => [...piece]))).not.toThrow();
    }),
  );
});
