// node scripts/join-feeds.mjs BUILT TARGET: joins the feeds of updates that several machines have written (BUILT/*/latest*.yml)
// into one of each name in TARGET, where the files that they describe lie below BUILT and are what they say. To be signed then.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runScript, say, SetupError } from './lib/console.mjs';
import { joinFeeds } from './lib/feeds.mjs';

await runScript(async () => {
  const [built, target] = process.argv.slice(2);
  if (built === undefined || target === undefined)
    throw new SetupError('Name the folder of what was built, and the one for feeds.');
  const paths = await filesBelow(built);
  const feedPaths = paths.filter(({ name }) => /^latest[a-z0-9-]*\.yml$/.test(name));
  const written = feedPaths.map(async ({ name, path }) => ({ name, text: await readFile(path, 'utf8') }));
  const feeds = joinFeeds(await Promise.all(written));
  if (feeds.length === 0) say('There are no feeds: the packages were made without the address of one.');
  for (const { files } of feeds) for (const file of files) await check(file, paths);
  await mkdir(target, { recursive: true });
  for (const { name, text, files } of feeds) {
    await writeFile(join(target, name), text);
    say(`${name}: ${files.map(({ url }) => url).join(', ')}`);
  }
});

/**
 * @param {string} folder
 * @returns {Promise<readonly { readonly name: string, readonly path: string }[]>}
 */
async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [{ name: entry.name, path }];
  });
  return (await Promise.all(found)).flat();
}

/**
 * @param {import('./lib/feeds.mjs').FeedFile} file
 * @param {readonly { readonly name: string, readonly path: string }[]} paths
 */
async function check({ url, sha512, size }, paths) {
  const path = paths.find(({ name }) => name === url)?.path;
  if (path === undefined) throw new SetupError(`A feed has ${url}, which was not built.`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  if ((await stat(path)).size !== size || hash.digest('base64') !== sha512)
    throw new SetupError(`${path} is not what its feed describes.`);
}
