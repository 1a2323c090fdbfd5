import { setImmediate as nextTask } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../main/api/answer-body.ts';
import { parseInPieces } from '../../../main/api/parse-in-pieces.ts';
import { Turn } from '../../../main/tasks/index.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text);
const parsed = (bytes: Buffer, pieceBytes?: number) => parseInPieces(bytes, new Turn(), pieceBytes);

describe('a list that is parsed in pieces', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('},{', '"},{"', '\\', ']', 'ü'));
  const rows = fc.array(fc.dictionary(texts, fc.oneof(texts, fc.jsonValue())), { maxLength: 30 });
  const bodies = fc.oneof(
    rows,
    fc.array(fc.record({ id: fc.nat(), nested: rows })),
    fc.array(fc.oneof(fc.record({ id: fc.nat() }), fc.nat())),
    fc.record({ data: rows, meta: fc.jsonValue() }),
    fc.record({ errors: rows, data: rows }),
    fc.record({ data: fc.record({ instances: rows }) }),
    fc.jsonValue(),
  );

  it('is what it is as a whole, however small the pieces are', async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.constantFrom(undefined, 1),
        fc.integer({ min: 1, max: 60 }),
        async (body, space, pieceBytes) => {
          const bytes = bytesOf(JSON.stringify(body, null, space));
          expect(await parsed(bytes, pieceBytes)).toEqual(parseBody(bytes));
        },
      ),
    );
  });

  it('is refused for the same reason where it is cut off anywhere, or something is put into it', async () => {
    const bytes = bytesOf('{"a":[],"data":[{"b":"},{"},{"c":[{"d":1},{"e":2}]},{"f":3}],"g":"ü"}');
    for (let at = 0; at < bytes.length; at += 1) {
      const cut = bytes.subarray(0, at);
      expect(await parsed(cut, 4)).toEqual(parseBody(cut));
      for (const put of [',', ']', '}', '{', '"', '\\']) {
        const broken = Buffer.concat([cut, bytesOf(put), bytes.subarray(at)]);
        expect(await parsed(broken, 4)).toEqual(parseBody(broken));
      }
    }
  });

  it('has a character of broken UTF-8 where the whole has it', async () => {
    const bytes = Buffer.concat([bytesOf('[{"a":"'), Buffer.of(0xe2, 0x82), bytesOf('"},{"b":"ü"}]')]);
    expect(await parsed(bytes, 1)).toEqual(parseBody(bytes));
  });

  it.each([
    ['in one line', undefined],
    ['in many lines', 1],
  ])('lets others have their turn, written %s', async (_, space) => {
    let nowMs = 0;
    let turns = 0;
    const next = async (): Promise<void> => {
      turns += 1;
      await nextTask();
    };
    const list = Array.from({ length: 10_000 }, (_row, id) => ({
      id,
      name: `instance-${id}`,
      ips: [{}, {}],
    }));
    const bytes = bytesOf(JSON.stringify(list, null, space));
    // Each look at the clock is 4 ms after the one before.
    expect(await parseInPieces(bytes, new Turn({ now: () => (nowMs += 4), next }))).toEqual({
      ok: true,
      json: list,
    });
    expect(turns).toBeGreaterThanOrEqual(Math.floor(bytes.length / 64 / 1024 / 4));
  });
});
