import { dump, load } from 'js-yaml';
import * as z from 'zod/mini';
import { SetupError } from './console.mjs';

const feedSchema = z.object({
  version: z.string(),
  files: z.array(z.object({ url: z.string(), sha512: z.string(), size: z.int() })).check(z.minLength(1)),
  releaseDate: z.string(),
});

/**
 * A file of a version, as a feed describes it.
 * @typedef {object} FeedFile
 * @property {string} url Its name: it lies beside the feed.
 * @property {string} sha512 Base64.
 * @property {number} size Bytes.
 */

/**
 * A feed as electron-builder writes it, on the machine of one processor.
 * @typedef {object} WrittenFeed
 * @property {string} name Such as `latest-mac.yml`.
 * @property {string} text
 */

/**
 * Feeds of several processors have one name: each name gets one feed with the files of all.
 * @param {readonly WrittenFeed[]} written
 * @returns {readonly { readonly name: string, readonly text: string, readonly files: readonly FeedFile[] }[]} By their names.
 * @throws {SetupError} Where two do not fit together, or one cannot be read.
 */
export function joinFeeds(written) {
  const names = [...new Set(written.map(({ name }) => name))].sort();
  return names.map((name) => {
    const feeds = written.filter((feed) => feed.name === name).map(readFeed);
    const [first] = feeds;
    if (first === undefined || feeds.some(({ version }) => version !== first.version))
      throw new SetupError(`The feeds ${name} are of several versions.`);
    const files = feeds.flatMap((feed) => feed.files).sort((a, b) => (a.url < b.url ? -1 : 1));
    const twice = files.find(({ url }, index) => files[index + 1]?.url === url);
    if (twice !== undefined) throw new SetupError(`Two feeds ${name} have a file ${twice.url}.`);
    const releaseDate = feeds
      .map((feed) => feed.releaseDate)
      .sort()
      .at(-1);
    return { name, files, text: dump({ version: first.version, files, releaseDate }, { lineWidth: -1 }) };
  });
}

/** @param {WrittenFeed} feed */
function readFeed({ name, text }) {
  /** @type {unknown} */
  let raw;
  try {
    raw = load(text);
  } catch (cause) {
    throw new SetupError(`A feed ${name} is no YAML.`, String(cause));
  }
  const read = feedSchema.safeParse(raw);
  if (!read.success) throw new SetupError(`A feed ${name} lacks something.`, String(read.error));
  return read.data;
}
