import { describe, expect, it } from 'vitest';
import { createProgress, progressLine } from '../../../scripts/lib/progress.mjs';

const drawn = (isTTY: boolean, steps: readonly number[]) => {
  const written: string[] = [];
  const progress = createProgress('Downloading', 200_000_000, { isTTY, write: (text) => written.push(text) });
  for (const bytes of steps) progress.update(bytes);
  progress.end();
  return written;
};

describe('progress', () => {
  it('is told in megabytes and percent', () => {
    expect(progressLine('Downloading', 98_132_405, 196_264_810)).toBe('Downloading: 98 of 196 MB (50 %)');
  });

  it('never claims more than all', () => {
    expect(progressLine('Downloading', 250_000_000, 196_264_810)).toBe('Downloading: 196 of 196 MB (100 %)');
  });

  it('is drawn in place on a terminal', () => {
    expect(drawn(true, [0, 1_000_000])).toEqual([
      '\rDownloading: 0 of 200 MB (0 %)',
      '\rDownloading: 1 of 200 MB (0 %)',
      '\n',
    ]);
  });

  it('is a line for each tenth in a log', () => {
    expect(drawn(false, [0, 1_000_000, 19_000_000, 20_000_000, 21_000_000, 100_000_000])).toEqual([
      'Downloading: 0 of 200 MB (0 %)\n',
      'Downloading: 20 of 200 MB (10 %)\n',
      'Downloading: 100 of 200 MB (50 %)\n',
    ]);
  });
});
