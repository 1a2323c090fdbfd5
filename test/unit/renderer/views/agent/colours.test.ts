import { describe, expect, it } from 'vitest';
import { colouredRuns, visibleOutput } from '../../../../../renderer/views/agent/output.ts';
import { terminalText } from '../../../../../renderer/views/agent/terminal-text.ts';

const whole = 1_000_000;
/** The pieces of an output: text, colour, and `b` where it is bold. */
const runs = (output: string, length = whole): readonly string[] =>
  colouredRuns(output, length).map(
    ({ text, colour, isBold }) => `${text}|${colour ?? ''}${isBold ? 'b' : ''}`,
  );

describe('the colours of an output', () => {
  it.each<[string, readonly string[]]>([
    ['plain', ['plain|']],
    ['', []],
    ['\u001b[31mred\u001b[0m plain', ['red|1', ' plain|']],
    ['\u001b[1;32mok\u001b[22m fine\u001b[39m.', ['ok|2b', ' fine|2', '.|']],
    ['\u001b[1mbold\u001b[m', ['bold|b']],
    ['\u001b[91mbright\u001b[97mwhite', ['bright|9', 'white|15']],
    // A carriage return overwrites the line, with its colours.
    ['\u001b[31m10 %\r\u001b[32m100 %\u001b[0m', ['100 %|2']],
    ['\u001b[31mabc\u001b[0m\rX', ['X|', 'bc|1']],
    ['\u001b[31mone\ntwo\u001b[0m', ['one|1', '\n|', 'two|1']],
    // 256 and true colours: the first sixteen are the terminal's, the parameters of others are no codes.
    ['\u001b[38;5;4mblue', ['blue|4']],
    ['\u001b[38;5;31mx\u001b[38;2;31;32;33my', ['xy|']],
    ['\u001b[48;5;1;33mx', ['x|3']],
    ['\u001b[38mx', ['x|']],
    // Concealed and inverse text is shown like any.
    ['\u001b[8mhidden\u001b[28m \u001b[7mx', ['hidden x|']],
    ['\u001b[?31mx', ['x|']],
    ['\u009b35mx', ['x|5']],
    ['\u001b[999mx', ['x|']],
    ['a\u202e\u001b[31mb', ['a\uFFFD|', 'b|1']],
  ])('%j', (output, expected) => {
    expect(runs(output)).toEqual(expected);
    expect(
      runs(output)
        .map((run) => run.replace(/\|\d*b?$/, ''))
        .join(''),
    ).toBe(visibleOutput(output));
  });

  it('end where what is shown ends', () => {
    expect(runs('\u001b[31mabc\u001b[0mdef', 2)).toEqual(['ab|1']);
    expect(runs('\u001b[31mabc\u001b[0mdef', 4)).toEqual(['abc|1', 'd|']);
  });

  it('are left out where there are too many of them, and the text stays whole', () => {
    const output = Array.from({ length: 1_500 }, (_, n) => `\u001b[31m${n % 10}\u001b[32m-`).join('');
    const [run, ...others] = colouredRuns(output, whole);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ colour: null, isBold: false });
    expect(run?.text).toBe(visibleOutput(output));
  });
});

describe('hostile outputs', () => {
  it('have no sequence that is drawn as such, or that moves, names or links something', () => {
    const output = [
      '\u001b]0;a title\u0007text',
      '\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\',
      '\u001b]52;c;cm0gLXJm\u0007clipboard',
      '\u001bP$q"p\u001b\\answer',
      '\u001b[6n\u001b[cquestion',
      '\u001b[?1049halternate',
      'an open one \u001b[',
    ].join('\n');
    expect(visibleOutput(output)).toBe('text\nlink\nclipboard\nanswer\nquestion\nalternate\nan open one ');
    expect(runs(output)).toEqual([`${visibleOutput(output)}|`]);
  });

  it('of one endless line are cut, and quickly', () => {
    const output = `\u001b[31m${'x'.repeat(100_000)}`;
    expect(colouredRuns(output, 4_000)).toEqual([{ text: 'x'.repeat(4_000), colour: 1, isBold: false }]);
    expect(terminalText('\u001b[9999999C'.repeat(5_000)).length).toBeLessThan(2_000);
  });
});
