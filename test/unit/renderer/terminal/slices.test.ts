import { describe, expect, it } from 'vitest';
import { sliceBytes, slicesOf } from '../../../../renderer/terminal/slices.ts';

describe('the slices of a batch', () => {
  it.each([1, sliceBytes - 1, sliceBytes, sliceBytes + 1, 10 * sliceBytes + 7])(
    'hold all of %i bytes in order, none of them too many',
    (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
      const slices = slicesOf(bytes);
      expect(Buffer.concat(slices).equals(bytes)).toBe(true);
      expect(Math.max(...slices.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(sliceBytes);
      expect(slices).toHaveLength(Math.ceil(length / sliceBytes));
    },
  );

  it('are none where there is nothing', () => {
    expect(slicesOf(new Uint8Array())).toEqual([]);
  });
});
