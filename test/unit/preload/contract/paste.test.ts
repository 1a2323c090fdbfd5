import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitisePaste } from '../../../../preload/contract/paste.ts';

describe('a paste', () => {
  test('keeps what people paste', () => {
    expect(sanitisePaste('if true; then\r\n\techo "größer 漢字 🙂"\rfi\n')).toBe(
      'if true; then\n\techo "größer 漢字 🙂"\nfi\n',
    );
  });

  test('loses its control characters, and nothing for them', () => {
    expect(sanitisePaste('a\u001b[201~b\u0000c\u007f\u009bd')).toBe('a[201~bcd');
  });

  test('holds no control character but tab and newline, whatever it was', () => {
    const unit = fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        for (const character of sanitisePaste(String.fromCharCode(...units))) {
          expect(/\p{Cc}/u.test(character) && character !== '\t' && character !== '\n').toBe(false);
        }
      }),
    );
  });
});
