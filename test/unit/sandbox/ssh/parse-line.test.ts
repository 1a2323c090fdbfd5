import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLine } from '../../../../main/sandbox/ssh/parse-line.ts';

const words = (line: string): readonly (readonly string[])[] =>
  (parseLine(line, { USER: 'root', '?': '0' }) ?? []).flatMap(({ commands }) =>
    commands.map((command) => command.words),
  );

test.each([
  ['echo a  b', [['echo', 'a', 'b']]],
  [`echo 'a  b' "c d" e\\ f`, [['echo', 'a  b', 'c d', 'e f']]],
  ['echo $USER "$USER" \'$USER\' $NOBODY $?', [['echo', 'root', 'root', '$USER', '', '0']]],
  [
    'cat x | head -4',
    [
      ['cat', 'x'],
      ['head', '-4'],
    ],
  ],
  ['true&&echo a;echo b', [['true'], ['echo', 'a'], ['echo', 'b']]],
  ['ls /nowhere 2>/dev/null', [['ls', '/nowhere']]],
  ['echo a # a comment', [['echo', 'a']]],
  ['   ', []],
])('%s', (line, expected) => {
  expect(words(line)).toEqual(expected);
});

test('joints and redirects', () => {
  expect(parseLine('a || b >> log', {})).toEqual([
    { joint: ';', commands: [{ words: ['a'], redirect: null }] },
    { joint: '||', commands: [{ words: ['b'], redirect: { path: 'log', append: true } }] },
  ]);
});

test('an open quote is no line; nothing else throws', () => {
  expect(parseLine("echo 'a", {})).toBeNull();
  fc.assert(
    fc.property(fc.string(), (line) => {
      parseLine(line, {});
    }),
  );
});
