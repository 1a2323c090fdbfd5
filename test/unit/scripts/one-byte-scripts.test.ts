import { describe, expect, it } from 'vitest';
import { oneByteScript } from '../../../scripts/lib/one-byte-scripts.mjs';

/** What a script means that is an expression. */
const valueOf = (code: string): unknown => (0, eval)(`(${code})`) as unknown;

describe('scripts of a byte a character', () => {
  it.each([
    "'it’s'",
    '`“${1 + 1}”\\n…`',
    "'\\\\’'",
    "'😀 \u2028'",
    '{ π: 3, ["→"]: 1 }',
    "'a’b–c'.split(/[’–]/u)",
    "'x😀y'.replace(/😀/u, '')",
    "'é × ·'",
  ])('means the same: %s', (code) => {
    const written = oneByteScript(code);
    expect(written).not.toMatch(/[\u0100-\uffff]/);
    expect(valueOf(written)).toEqual(valueOf(code));
  });

  it('leaves Latin-1 as it is', () => {
    expect(oneByteScript("'é × · ü'")).toBe("'é × · ü'");
  });

  it('refuses a character that is escaped already', () => {
    expect(() => oneByteScript("'\\’'")).toThrow('backslash before "’"');
  });
});
