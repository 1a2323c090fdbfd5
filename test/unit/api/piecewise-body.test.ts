import { setImmediate as nextTask } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody, type ParsedBody } from '../../../main/api/answer-body.ts';
import { PiecewiseBody } from '../../../main/api/piecewise-body.ts';
import { Turn } from '../../../main/tasks/index.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text);
/** The rows of a body that is a list, or has one under `messages`. */
const rowsOf = (parsed: ParsedBody): readonly unknown[] => {
  const json = parsed.ok ? parsed.json : null;
  return (Array.isArray(json) ? json : (json as { messages: unknown }).messages) as readonly unknown[];
};

describe('a body that is parsed in pieces', () => {
  const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
  const bodies = fc.oneof(
    fc.jsonValue(),
    rows,
    fc.record({ messages: rows, data: fc.jsonValue() }),
    fc.record({ data: fc.jsonValue(), messages: rows }),
    fc.record({ data: fc.record({ messages: rows }) }),
  );
  const texts = fc.tuple(bodies, fc.constantFrom(undefined, 1)).map(([body, space]) => JSON.stringify(body, null, space)); // prettier-ignore

  it('is what it is as a whole, whatever came before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 4 }), async (all) => {
        const body = new PiecewiseBody();
        for (const text of all) expect(await body.parse(bytesOf(text))).toEqual(parseBody(bytesOf(text)));
      }),
    );
  });

  it('is refused for the same reason where it is cut off anywhere', async () => {
    const text = '{"a":[],"messages":[{"b":"}]"},{"c":[{"d":1}]}],"e":"ü"}';
    for (let length = 0; length < bytesOf(text).length; length += 1) {
      const cut = bytesOf(text).subarray(0, length);
      expect(await new PiecewiseBody().parse(cut)).toEqual(parseBody(cut));
    }
  });

  it.each([
    '[{"id":1},2,{"id":3}]',
    '[{"id":1} {"id":2}]',
    '[{"id":1},]',
    '[{"id":1}}',
    '{"messages":[{"id":1}],"messages":[{"id":2}]}',
    '{"messages":[{"id":1}],"messages":[]}',
    '{"__proto__":[{"id":1}],"a":[{"id":2}]}',
    '\uFEFF[{"id":1}]',
    '<html>',
    '[]',
    `{"messages":[{"id":1}],"rest":"${'x'.repeat(100_000)}"}`,
  ])('of %j is what it is as a whole', async (text) => {
    expect(await new PiecewiseBody().parse(bytesOf(text))).toEqual(parseBody(bytesOf(text)));
  });

  it('has a character of broken UTF-8 where the whole has it', async () => {
    const bytes = Buffer.concat([bytesOf('[{"a":"'), Buffer.of(0xe2, 0x82), bytesOf('"},{"b":"ü"}]')]);
    expect(await new PiecewiseBody().parse(bytes)).toEqual(parseBody(bytes));
  });
});

describe('a body like the one before', () => {
  const textOf = (...outputs: readonly string[]): Buffer =>
    bytesOf(JSON.stringify({ messages: outputs.map((output) => ({ output })), title: outputs.length }));

  it('has the very rows of it that came again, and reads the others', async () => {
    const body = new PiecewiseBody();
    const [one, two] = rowsOf(await body.parse(textOf('a', 'b')));
    const next = rowsOf(await body.parse(textOf('a', 'b', 'c')));
    expect(next[0]).toBe(one);
    expect(next[1]).toBe(two);
    expect(next[2]).toEqual({ output: 'c' });
    const changed = rowsOf(await body.parse(textOf('a', 'B', 'c')));
    expect(changed).toEqual([{ output: 'a' }, { output: 'B' }, { output: 'c' }]);
    expect([changed[0], changed[2]]).toEqual([one, next[2]]);
    expect(changed[0]).toBe(one);
    expect(changed[2]).toBe(next[2]);
  });

  it('that could not be read is forgotten by nobody: the next one is compared with the last that could', async () => {
    const body = new PiecewiseBody();
    const [one] = rowsOf(await body.parse(textOf('a')));
    expect((await body.parse(bytesOf('{"messages":[{"output":"a"},'))).ok).toBe(false);
    expect(rowsOf(await body.parse(textOf('a', 'b')))[0]).toBe(one);
  });

  it('lets others have their turn after 8 ms', async () => {
    let nowMs = 0;
    // Each look at the clock is 4 ms after the one before.
    const body = new PiecewiseBody(() => new Turn({ now: () => (nowMs += 4), next: () => nextTask() }));
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await body.parse(textOf(...Array.from('abcdefghij')));
    isDone = true;
    expect(turns).toBe(5);
  });
});
