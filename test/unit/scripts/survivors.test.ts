import { describe, expect, it } from 'vitest';
import { survivorsOf } from '../../../scripts/lib/survivors.mjs';

const mutant = (
  status: string,
  line: number,
  [from, to]: readonly [number, number],
  replacement: string,
) => ({
  status,
  mutatorName: 'BooleanLiteral',
  replacement,
  location: { start: { line, column: from }, end: { line, column: to } },
});

describe('the list of mutants that no test noticed', () => {
  it('names place, kind and change, in the order of the code', () => {
    const report = {
      files: {
        'main/b.ts': { source: 'const b = true;', mutants: [mutant('Survived', 1, [11, 15], 'false')] },
        'main/a.ts': {
          source: 'const a =\n  [true, false];',
          mutants: [mutant('NoCoverage', 2, [10, 15], 'true'), mutant('Survived', 2, [4, 8], 'false')],
        },
      },
    };
    expect(survivorsOf(report)).toEqual([
      'main/a.ts:2 BooleanLiteral: true → false',
      'main/a.ts:2 BooleanLiteral (no test runs it): false → true',
      'main/b.ts:1 BooleanLiteral: true → false',
    ]);
  });

  it('leaves out what was noticed, ran out of time or was not tried', () => {
    const mutants = ['Killed', 'Timeout', 'Ignored', 'RuntimeError'].map((status) =>
      mutant(status, 1, [1, 5], 'false'),
    );
    expect(survivorsOf({ files: { 'main/a.ts': { source: 'true', mutants } } })).toEqual([]);
  });

  it('puts several lines on one and cuts what is long', () => {
    const source = `run(() => {\n  ${'a'.repeat(200)}();\n});`;
    const location = { start: { line: 1, column: 5 }, end: { line: 3, column: 2 } };
    const long = {
      status: 'Survived',
      mutatorName: 'ArrowFunction',
      replacement: '() =>\n  undefined',
      location,
    };
    expect(survivorsOf({ files: { 'main/a.ts': { source, mutants: [long] } } })).toEqual([
      `main/a.ts:1 ArrowFunction: () => { ${'a'.repeat(151)}… → () => undefined`,
    ]);
  });
});
