import { createHash } from 'node:crypto';
import { feedComment, newSecretKey, publicKeyLine, signatureOf } from '../../scripts/lib/minisign.mjs';

/** A file of an update, and what a feed says of it. */
export interface FeedFile {
  readonly url: string;
  readonly sha512: string;
  readonly size: number;
}

/** A release key of a test's own, as the app and the one who signs have it. */
export interface ReleaseKey {
  readonly publicKey: string;
  readonly sign: (content: Buffer, comment: string) => string;
}

/** Makes a release key. */
export function createReleaseKey(): ReleaseKey {
  const key = newSecretKey();
  return {
    publicKey: publicKeyLine(key),
    sign: (content, comment) => signatureOf(content, comment, key),
  };
}

/** What a feed says of this file. */
export function describeFile(url: string, content: Buffer): FeedFile {
  return { url, sha512: createHash('sha512').update(content).digest('base64'), size: content.length };
}

/** A feed as electron-builder writes it. */
export function feedText(version: string, files: readonly FeedFile[]): string {
  const [first] = files;
  return [
    `version: ${version}`,
    'files:',
    ...files.flatMap(({ url, sha512, size }) => [
      `  - url: ${url}`,
      `    sha512: ${sha512}`,
      `    size: ${size}`,
    ]),
    `path: ${first?.url ?? ''}`,
    `sha512: ${first?.sha512 ?? ''}`,
    "releaseDate: '2026-11-20T10:00:00.000Z'",
    '',
  ].join('\n');
}

/** What is signed with a feed of this version. */
export function commentOf(version: string, atMs: number, name = 'latest-linux.yml'): string {
  return feedComment({ version, date: new Date(atMs), name });
}
