import { describe, expect, it } from 'vitest';
import { safeParse } from 'zod/mini';
import { mapContract, type Call } from '../../../../preload/contract/define.ts';
import { contract } from '../../../../preload/contract/index.ts';
import { examples } from '../../ipc/bind-examples.ts';

const calls: (readonly [channel: string, entry: Call])[] = [];
mapContract(contract, (channel, entry) => entry.kind === 'call' && calls.push([channel, entry]));
const read = ({ input }: Call, argument: unknown): unknown => {
  const parsed = safeParse(input, argument);
  return parsed.success ? parsed.data : 'refused';
};
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Calls whose argument names only what changes, or has a part that does. */
const changes = new Set(['settings.update', 'annotations.update.patch']);

/** Each argument that lacks one of the fields of a good one, at any depth. */
function* lacking(argument: unknown, path: string): Generator<readonly [name: string, argument: unknown]> {
  if (!isObject(argument)) return;
  for (const [name, value] of Object.entries(argument)) {
    const rest = Object.fromEntries(Object.entries(argument).filter(([other]) => other !== name));
    if (!changes.has(path)) yield [`${path}.${name}`, rest];
    for (const [inner, changed] of lacking(value, `${path}.${name}`))
      yield [inner, { ...argument, [name]: changed }];
  }
}

const withArgument = calls.filter(([channel]) => Object.hasOwn(examples, channel));
const without = calls.filter(([channel]) => !Object.hasOwn(examples, channel));

describe.each(withArgument)('the argument of %s', (channel, entry) => {
  it('arrives whole, and with nothing more', () => {
    const example = examples[channel];
    expect(read(entry, example)).toEqual(example);
    expect(read(entry, { ...(example as object), extra: 1 })).toEqual(example);
    for (const other of [undefined, null, [], 'text', 7]) expect(read(entry, other)).toBe('refused');
  });

  it('is refused where it lacks a field', () => {
    const passed = [...lacking(examples[channel], channel)].filter(
      ([, argument]) => read(entry, argument) !== 'refused',
    );
    expect(passed.map(([name]) => name)).toEqual([]);
  });
});

it('the others take nothing', () => {
  for (const [channel, entry] of without) {
    expect(read(entry, undefined), channel).toBeUndefined();
    for (const some of [null, {}, 0, '']) expect(read(entry, some), channel).toBe('refused');
  }
});
