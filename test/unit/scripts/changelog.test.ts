import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { changelogSections, releaseNotes } from '../../../scripts/lib/changelog.mjs';

const root = join(import.meta.dirname, '../../..');
const text = `# Changelog

About.

## [Unreleased]

- Later.

## [1.1.0] - 2026-11-30

### Added

- One thing
  in two lines.

## 1.0.0 – 2026-10-01

- The first.

## [0.9.0]

- No date.

## [0.8.0] - 2026-01-01

[1.1.0]: https://example.test/1.1.0
`;

it('each version has its part, its date and what is not released yet', () => {
  expect(changelogSections(text)).toEqual([
    { version: null, date: null, body: '- Later.' },
    { version: '1.1.0', date: '2026-11-30', body: '### Added\n\n- One thing\n  in two lines.' },
    { version: '1.0.0', date: '2026-10-01', body: '- The first.' },
    { version: '0.9.0', date: null, body: '- No date.' },
    { version: '0.8.0', date: '2026-01-01', body: '' },
  ]);
});

it('the notes of a release are its part alone', () => {
  expect(releaseNotes(text, '1.0.0')).toBe('- The first.\n');
});

it.each([
  ['2.0.0', 'no section for 2.0.0'],
  ['1.1', 'no section for 1.1'],
  ['0.9.0', 'has no date'],
  ['0.8.0', 'is empty'],
])('a release without notes is refused: %s', (version, sentence) => {
  expect(() => releaseNotes(text, version)).toThrow(sentence);
});

it("the project's own changelog is read", () => {
  const [first] = changelogSections(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  expect(first?.body).toContain('### Added');
});

it('a tag that is not of this version is refused, with what to do', async () => {
  const run = promisify(execFile)(process.execPath, [join(root, 'scripts/release-notes.mjs'), 'v99.0.0']);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The tag is v99.0.0, package.json says') as string,
  });
});
