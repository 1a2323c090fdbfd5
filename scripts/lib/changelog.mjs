import { SetupError } from './console.mjs';

/**
 * A part of a changelog in the form of Keep a Changelog.
 * @typedef {object} ChangelogSection
 * @property {string | null} version null for what is not released yet.
 * @property {string | null} date As it is written: 2026-11-30.
 * @property {string} body Markdown.
 */

/**
 * @param {string} text
 * @returns {readonly ChangelogSection[]} In their order.
 */
export function changelogSections(text) {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const [, version = '', date = null] =
        /^\[?([^\]\s]+)\]?(?:\s+[-–]\s+(\d{4}-\d{2}-\d{2}))?/.exec(heading) ?? [];
      return {
        version: version.toLowerCase() === 'unreleased' ? null : version,
        date,
        // References of links stand at the end of the file.
        body: lines
          .join('\n')
          .replaceAll(/^\[[^\]]+\]: \S+$/gm, '')
          .trim(),
      };
    });
}

/**
 * The notes of a release.
 * @param {string} text The changelog.
 * @param {string} version
 * @returns {string} Markdown.
 * @throws {SetupError} When there are none.
 */
export function releaseNotes(text, version) {
  const section = changelogSections(text).find((candidate) => candidate.version === version);
  if (section === undefined) {
    throw new SetupError(
      `CHANGELOG.md has no section for ${version}. Rename [Unreleased] to [${version}] with the date, then try again.`,
    );
  }
  if (section.date === null) {
    throw new SetupError(
      `The section for ${version} in CHANGELOG.md has no date. Write "## [${version}] - YYYY-MM-DD", then try again.`,
    );
  }
  if (section.body === '') {
    throw new SetupError(
      `The section for ${version} in CHANGELOG.md is empty. Write what changed, then try again.`,
    );
  }
  return `${section.body}\n`;
}
