import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineEditor } from '../../../../main/sandbox/ssh/line-editor.ts';

interface Typed {
  readonly lines: string[];
  readonly drawn: () => string;
  readonly rest: string;
}

function type(text: string, history: readonly string[] = []): Typed {
  const lines: string[] = [];
  let drawn = '';
  const editor = new LineEditor(history, {
    draw: (more) => (drawn += more),
    line: (line) => lines.push(line),
    interrupt: () => lines.push('<interrupt>'),
    end: () => lines.push('<end>'),
  });
  editor.begin('# ');
  const rest = editor.type(text);
  return { lines, drawn: () => drawn, rest };
}

const up = '\u001b[A';
const down = '\u001b[B';
const left = '\u001b[D';

test.each([
  ['plain', 'ls\r', 'ls'],
  ['backspace', 'lx\u007fs\r', 'ls'],
  ['in the middle', `ac${left}b\r`, 'abc'],
  ['home and end', 'b\u0001a\u0005c\r', 'abc'],
  ['delete', `abx${left}\u001b[3~\r`, 'ab'],
  ['kill to the start', 'junk\u0015ls\r', 'ls'],
  ['history up', `${up}\r`, 'second'],
  ['history up twice', `${up}${up}\r`, 'first'],
  ['past the oldest', `${up}${up}${up}\r`, 'first'],
  ['back to the draft', `dra${up}${down}ft\r`, 'draft'],
  ['unknown keys', 'a\u001b[15~\u0007b\r', 'ab'],
])('%s', (_, text, expected) => {
  expect(type(text, ['first', 'second']).lines).toEqual([expected]);
});

test('Ctrl+C asks for a new line, Ctrl+D ends only an empty one', () => {
  expect(type('half\u0003').lines).toEqual(['<interrupt>']);
  expect(type('half\u0004').lines).toEqual([]);
  expect(type('\u0004').lines).toEqual(['<end>']);
});

test('what is typed is shown, and what follows a line is left for what that line starts', () => {
  const { drawn, rest } = type('ls\rmore');
  expect(drawn()).toBe('# ls\r\n');
  expect(rest).toBe('more');
});

test('any input is taken without harm', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      type(text, ['one']);
    }),
  );
});
