import { expect, test } from 'vitest';
import type { Transfer } from '../../../../preload/contract/remote-files.ts';
import { transferWords } from '../../../../renderer/files/transfer-words.ts';

const transfer = (changes: Partial<Transfer>): Transfer => ({
  id: 1,
  direction: 'upload',
  name: 'a',
  state: { phase: 'done', skippedFiles: 0 },
  doneFiles: 1,
  doneBytes: 2048,
  total: { files: 1, folders: 0, bytes: 2048 },
  bytesPerSecond: null,
  notes: [],
  ...changes,
});

test('what was skipped is not said to be copied', () => {
  const words = (skippedFiles: number, doneFiles: number): string =>
    transferWords(transfer({ state: { phase: 'done', skippedFiles }, doneFiles }));
  expect(words(0, 1)).toBe('Uploaded 2 KB');
  expect(words(1, 3)).toBe('Uploaded 2 KB, 1 skipped');
  expect(words(3, 3)).toBe('Skipped: what was there is kept, and nothing was copied');
});

test('a download that is whole can be dragged on', () => {
  const words = (skippedFiles: number): string =>
    transferWords(transfer({ direction: 'download', state: { phase: 'done', skippedFiles }, doneFiles: 2 }));
  expect(words(0)).toContain('Drag it from here');
  expect(words(1)).not.toContain('Drag');
});
