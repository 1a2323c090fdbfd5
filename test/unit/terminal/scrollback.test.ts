import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scrollback } from '../../../main/terminal/process/scrollback.ts';

test('keeps everything while it fits', () => {
  const scrollback = new Scrollback(1000);
  scrollback.write(Buffer.from('one\n'));
  scrollback.write(Buffer.from('two'));
  expect(scrollback.contents().toString()).toBe('one\ntwo');
});

test('once full it keeps the last bytes, from the first whole line on, whatever the chunks', () => {
  const line = fc.stringMatching(/^[a-z]{0,30}$/);
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 40, max: 300 }),
      (lines, capacity) => {
        const scrollback = new Scrollback(capacity);
        const all = lines.map((text) => `${text}\n`).join('');
        for (let offset = 0; offset < all.length; offset += 17) {
          scrollback.write(Buffer.from(all.slice(offset, offset + 17)));
        }
        const kept = scrollback.contents().toString();
        expect(all.endsWith(kept)).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(capacity);
        if (all.length < capacity) expect(kept).toBe(all);
        // Nothing but the rest of one line is missing from what would fit.
        else expect(kept.length).toBeGreaterThanOrEqual(capacity - 31);
      },
    ),
  );
});

test('a chunk larger than all of it leaves its end', () => {
  const scrollback = new Scrollback(10);
  scrollback.write(Buffer.from('aaaaaaaaaaaaaaaaaaaaaa\nbbbb\ncc'));
  expect(scrollback.contents().toString()).toBe('bbbb\ncc');
});

test('grows beyond its first size up to its capacity', () => {
  const scrollback = new Scrollback(1024 * 1024);
  const chunk = Buffer.alloc(50_000, `${'x'.repeat(9)}\n`);
  for (let written = 0; written < 3_000_000; written += chunk.length) scrollback.write(chunk);
  expect(scrollback.contents().length).toBeGreaterThan(1024 * 1024 - 11);
  expect(scrollback.contents().length).toBeLessThanOrEqual(1024 * 1024);
});
