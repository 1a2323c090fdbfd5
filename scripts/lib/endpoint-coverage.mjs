import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The public API has so many; the unit tests count the table. */
const endpointCount = 54;

/**
 * Adds up which endpoints the app called in the end-to-end tests. Each local Evorxa of a test leaves a file with what
 * its log had (test/support/endpoint-record.ts).
 * @param {string} folder
 * @returns {Promise<{ line: string, isEnough: boolean }>} The sum in words, and whether it will do.
 */
export async function readEndpointCoverage(folder) {
  const files = await readdir(folder).catch(() => []);
  const lists = await Promise.all(files.map(async (file) => readFile(join(folder, file), 'utf8')));
  const reached = new Set(lists.flatMap((text) => /** @type {string[]} */ (JSON.parse(text))));
  return {
    line: `${reached.size} of ${endpointCount} endpoints reached by journeys`,
    isEnough: reached.size >= endpointCount,
  };
}
