import { load } from 'js-yaml';
import { gt, lt, parse, prerelease, valid } from 'semver';
import * as z from 'zod/mini';
import type { UpdateProblem } from '../../preload/contract/updates.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { verifySignature, type PublicKey } from './minisign.ts';

/** The kind of file that this app can install by itself. */
export type InstallerExtension = 'AppImage' | 'exe' | 'zip';

/** What of this app and computer a feed is judged by. */
export interface FeedRules {
  readonly keys: readonly PublicKey[];
  /** The name of the feed, which its signature names too. */
  readonly feedName: string;
  readonly currentVersion: string;
  /** The highest version that a sound feed ever had here; null: none was read. */
  readonly highestVersion: string | null;
  readonly nowMs: number;
  /** What can be installed here; null: nothing, the user downloads it. */
  readonly installer: { readonly extension: InstallerExtension; readonly arch: string } | null;
}

/** The file of an update, as a feed that was checked describes it. */
export interface UpdateFile {
  /** Without a folder: it lies beside the feed. */
  readonly name: string;
  /** Base64. */
  readonly sha512: string;
  readonly sizeBytes: number;
}

/** What a sound feed says. */
export interface Update {
  readonly version: string;
  /** Null: this is what runs already, or what the user downloads. */
  readonly file: UpdateFile | null;
  readonly isNewer: boolean;
}

/** A feed is signed again at least this often. */
const mostAgeMs = 90 * 24 * 60 * 60 * 1_000;
/** Clocks differ, and time zones are set wrong. */
const mostAheadMs = 24 * 60 * 60 * 1_000;
const mostFileBytes = 1024 * 1024 * 1024;

/** What is signed beside the feed: its version, when it was signed, and its name. */
const signedComment = /^version:(\S+) date:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) file:(\S+)$/;

const feedFile = z.object({
  // No folder, no address of another server, nothing that is written in another way.
  url: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/), z.maxLength(120)),
  // Base64 of 64 bytes: the updater would take hexadecimal digits too.
  sha512: z.string().check(z.regex(/^[A-Za-z0-9+/]{86}==$/)),
  size: z.int().check(z.gte(1), z.lte(mostFileBytes)),
});

const feedSchema = z.object({
  version: z.string().check(z.maxLength(60)),
  files: z.array(feedFile).check(z.minLength(1), z.maxLength(20)),
});

/**
 * Judges a feed in electron-builder's form (`latest*.yml`): its signature first, and nothing of it is read before. The version
 * is never taken back: neither below this one, nor below what was offered once.
 */
export function judgeFeed(
  feed: Buffer,
  signatureText: string,
  rules: FeedRules,
): Result<Update, UpdateProblem> {
  const { keys, feedName, currentVersion, highestVersion, nowMs, installer } = rules;
  const comment = verifySignature(feed, signatureText, keys);
  if (!comment.ok) return comment;
  const [, signedVersion, date, signedName] = signedComment.exec(comment.value) ?? [];
  const read = readFeed(feed);
  if (read === null) return fail({ kind: 'unreadable' });
  const { version, files } = read;
  // Another feed's signature, or a comment that was not made for this one.
  if (signedVersion !== version || signedName !== feedName || date === undefined)
    return fail({ kind: 'tampered', what: 'feed' });

  const signedAtMs = Date.parse(date);
  if (Number.isNaN(signedAtMs)) return fail({ kind: 'unreadable' });
  if (signedAtMs > nowMs + mostAheadMs) return fail({ kind: 'future', signedAtMs });
  if (nowMs - signedAtMs > mostAgeMs) return fail({ kind: 'stale', signedAtMs });
  if (prerelease(version) !== null && prerelease(currentVersion) === null)
    return fail({ kind: 'prerelease', version });
  for (const than of [currentVersion, highestVersion])
    if (than !== null && valid(than) !== null && lt(version, than))
      return fail({ kind: 'older', version, than });

  const isNewer = gt(version, currentVersion);
  if (!isNewer || installer === null) return ok({ version, file: null, isNewer });
  const file = fileFor(files, installer);
  return file === null ? fail({ kind: 'no-file', version }) : ok({ version, file, isNewer });
}

function readFeed(feed: Buffer): z.infer<typeof feedSchema> | null {
  let raw: unknown;
  try {
    raw = load(feed.toString('utf8'));
  } catch {
    return null;
  }
  const read = z.safeParse(feedSchema, raw);
  // In its one spelling: `v1.2.3` and `1.2.3+build` would be equal to others.
  return read.success && parse(read.data.version)?.version === read.data.version ? read.data : null;
}

/** As electron-builder writes processors at the end of file names: an AppImage's x64 is x86_64. */
const processors: Readonly<Record<string, readonly string[]>> = {
  x64: ['x64', 'x86_64', 'amd64'],
  arm64: ['arm64', 'aarch64'],
};

/** The file of this kind for this processor; else one whose name has none, which is for each. */
function fileFor(
  files: z.infer<typeof feedSchema>['files'],
  { extension, arch }: NonNullable<FeedRules['installer']>,
): UpdateFile | null {
  const ofKind = files.filter(({ url }) => url.endsWith(`.${extension}`));
  const isFor = (names: readonly string[]) => (file: { readonly url: string }) =>
    names.some((name) => new RegExp(`[-_.]${name}\\.${extension}$`).test(file.url));
  const own =
    ofKind.find(isFor(processors[arch] ?? [arch])) ??
    ofKind.find((file) => !isFor(Object.values(processors).flat())(file));
  return own === undefined ? null : { name: own.url, sha512: own.sha512, sizeBytes: own.size };
}

/** The feed's name for a system, as electron-builder names it. */
export function feedNameFor(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return 'latest-mac.yml';
  if (platform === 'win32') return 'latest.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}
