// npm run sign-feed -- --new-key FILE: makes a release key, kept in a file outside of the repository, and prints its public half.
// npm run sign-feed -- --key FILE FEED...: signs feeds (dist/latest*.yml); each signature is written beside its feed.
// The passphrase of the key is asked for, or taken from EVORXA_RELEASE_PASSPHRASE.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import { runScript, say, SetupError } from './lib/console.mjs';
import { projectRoot } from './lib/files.mjs';
import {
  feedComment,
  newSecretKey,
  openSecretKey,
  publicKeyLine,
  sealSecretKey,
  signatureOf,
} from './lib/minisign.mjs';
import { readSecretLine } from './lib/secret-line.mjs';

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'new-key': { type: 'string' }, key: { type: 'string' } },
  });
  const newKey = values['new-key'];
  if (newKey !== undefined) await makeKey(resolve(newKey));
  else if (values.key !== undefined && positionals.length > 0)
    await signFeeds(resolve(values.key), positionals);
  else throw new SetupError('Type --new-key FILE, or --key FILE and the feeds to sign (dist/latest*.yml).');
});

/** @param {string} path */
async function makeKey(path) {
  if (!relative(projectRoot, path).startsWith(`..${sep}`))
    throw new SetupError('A release key has no place in the repository. Name a file outside of it.');
  const secretKey = newSecretKey();
  const sealed = sealSecretKey(secretKey, await passphrase('Passphrase for the new key: '));
  try {
    // Over nothing: the key that it would replace may be the one that the app knows.
    await writeFile(path, sealed, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new SetupError(`${path} could not be written. Name a file that is not there yet.`, String(cause));
  }
  say(`The secret key is in ${path}. Its public half, for main/updates/release-keys.ts:`);
  say(publicKeyLine(secretKey));
}

/**
 * @param {string} keyPath
 * @param {readonly string[]} feeds
 */
async function signFeeds(keyPath, feeds) {
  const secretKey = openSecretKey(
    await readFile(keyPath, 'utf8'),
    await passphrase('Passphrase of the key: '),
  );
  if (secretKey === null) throw new SetupError('This is no release key, or the passphrase is wrong.');
  for (const feed of feeds) {
    const content = await readFile(feed);
    const version = /** @type {{ readonly version?: unknown } | null} */ (load(content.toString()))?.version;
    if (typeof version !== 'string') throw new SetupError(`${feed} is no feed: it names no version.`);
    const comment = feedComment({ version, date: new Date(), name: basename(feed) });
    await writeFile(`${feed}.minisig`, signatureOf(content, comment, secretKey));
    say(`Signed ${feed}: ${comment}`);
  }
}

/** @param {string} question */
async function passphrase(question) {
  const given = process.env.EVORXA_RELEASE_PASSPHRASE ?? (await readSecretLine(question));
  if (given.length < 12) throw new SetupError('The passphrase needs at least 12 characters.');
  return given;
}
