import { expect, test } from 'vitest';
import type { AppWarning } from '../../../../../preload/contract/app.ts';
import { fileWarningWords } from '../../../../../renderer/views/settings/file-warnings.ts';

test.each<[AppWarning, string, string]>([
  [
    { kind: 'settings-reset', backupPath: '/data/settings.json.broken-1' },
    'The settings could not be read and were reset.',
    'The old file is kept as /data/settings.json.broken-1.',
  ],
  [
    { kind: 'data-reset', backupPaths: ['/data/a.broken', '/data/b.broken'] },
    'Some saved data could not be read and was reset.',
    'The old files are kept as /data/a.broken, /data/b.broken.',
  ],
  [
    { kind: 'data-newer', paths: ['/data/a.json'] },
    'Some saved data is from a newer version of Evorxa.',
    'It is left unchanged, and your changes last until you quit. Update Evorxa to use it.',
  ],
  [
    { kind: 'settings-read-only' },
    'Settings cannot be saved.',
    'Changes last until you quit. Check whether the disk is full or the folder is write-protected.',
  ],
])('a warning about files says what happened and what follows: $kind', (warning, title, text) => {
  expect(fileWarningWords(warning)).toEqual({ title, text });
});

test('a warning about something else is none about files', () => {
  expect(fileWarningWords({ kind: 'keychain-locked' })).toBeNull();
  expect(fileWarningWords({ kind: 'demo-ended' })).toBeNull();
});
