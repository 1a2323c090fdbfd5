import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, readIfThere } from '../files.mjs';

const licenceFile = /^(licen[cs]e|copying)([.-].*)?$/i;

/**
 * The licences of all packages of npm whose code is in the app, as their authors wrote them.
 * @param {string} [root]
 * @returns {Promise<string>}
 */
export async function npmLicences(root = projectRoot) {
  /** @type {{ packages: Record<string, { dev?: boolean }> }} */
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const paths = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path]) => path);
  const parts = await Promise.all(paths.sort().map((path) => licenceOf(root, path)));
  return parts.filter((part) => part !== undefined).join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * @param {string} root
 * @param {string} path Below it.
 * @returns {Promise<string | undefined>} Undefined where the package is for another system, and not installed.
 */
async function licenceOf(root, path) {
  const manifest = await readIfThere(join(root, path, 'package.json'));
  if (manifest === undefined) return undefined;
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(manifest);
  const file = (await readdir(join(root, path))).find((candidate) => licenceFile.test(candidate));
  const text = file === undefined ? '' : await readFile(join(root, path, file), 'utf8');
  return `${name} ${version} (${license ?? 'see below'})\n\n${text.trim()}\n`;
}
