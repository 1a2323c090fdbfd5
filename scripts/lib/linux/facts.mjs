import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { projectRoot } from '../files.mjs';

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  productName: z.string(),
  license: z.string(),
  homepage: z.string(),
  author: z.object({ name: z.string(), email: z.string() }),
});

const desktopAction = z.record(z.string(), z.string());

const config = z.object({
  protocols: z.array(z.object({ schemes: z.array(z.string()) })),
  linux: z.object({
    executableName: z.string(),
    category: z.string(),
    synopsis: z.string(),
    description: z.string(),
    desktop: z.object({
      entry: z.record(z.string(), z.string()),
      desktopActions: z.optional(z.record(z.string(), desktopAction)),
    }),
  }),
});

/**
 * What a package for Linux says of the app: of package.json and electron-builder.yml, which the AppImage is made of too.
 * @typedef {object} LinuxFacts
 * @property {string} name Of the package, the program and all its files.
 * @property {string} version As package.json has it.
 * @property {string} productName
 * @property {string} license
 * @property {string} homepage
 * @property {string} maintainer With the address.
 * @property {string} synopsis One line.
 * @property {string} description Paragraphs, with an empty line between.
 * @property {readonly string[]} categories
 * @property {readonly string[]} schemes Of the links that open the app.
 * @property {Readonly<Record<string, string>>} entry More keys of the desktop entry.
 * @property {Readonly<Record<string, Readonly<Record<string, string>>>>} actions Of the desktop entry, by their names.
 */

/**
 * @param {string} [root]
 * @returns {Promise<LinuxFacts>}
 */
export async function linuxFacts(root = projectRoot) {
  const read = (/** @type {string} */ path) => readFile(join(root, path), 'utf8');
  const { author, ...ofManifest } = manifest.parse(JSON.parse(await read('package.json')));
  const { linux, protocols } = config.parse(parse(await read('electron-builder.yml')));
  return {
    ...ofManifest,
    name: linux.executableName,
    maintainer: `${author.name} <${author.email}>`,
    synopsis: linux.synopsis,
    description: linux.description.trim(),
    categories: linux.category.split(';').filter((category) => category !== ''),
    schemes: protocols.flatMap(({ schemes }) => schemes),
    entry: linux.desktop.entry,
    actions: linux.desktop.desktopActions ?? {},
  };
}

/**
 * A version as dpkg and rpm sort it: a prerelease comes before its release.
 * @param {string} version
 */
export function packageVersion(version) {
  return version.replaceAll('-', '~');
}

/** The number of the package itself, made anew of the same version. */
export const packageRevision = 1;
