import { describe, expect, it } from 'vitest';
import { feedNameFor, judgeFeed, type FeedRules } from '../../../main/updates/feed.ts';
import { readPublicKey } from '../../../main/updates/minisign.ts';
import { commentOf, createReleaseKey, describeFile, feedText } from '../../support/update-feed.ts';

const key = createReleaseKey();
const other = createReleaseKey();
const nowMs = Date.parse('2026-11-30T12:00:00Z');
const day = 24 * 60 * 60 * 1_000;
const name = 'Evorxa-1.3.0-linux-x86_64.AppImage';
const file = describeFile(name, Buffer.from('an image'));
const publicKeys = [key].map(({ publicKey }) => readPublicKey(publicKey)).filter((each) => each !== null);

const rules: FeedRules = {
  keys: publicKeys,
  feedName: 'latest-linux.yml',
  currentVersion: '1.2.0',
  highestVersion: null,
  nowMs,
  installer: { extension: 'AppImage', arch: 'x64' },
};

/** Judges a feed that is sound but for what is said. */
function judge({
  text = feedText('1.3.0', [file]),
  comment = commentOf('1.3.0', nowMs - day),
  signedText = text,
  signer = key,
  ...more
}: Partial<FeedRules> & {
  readonly text?: string;
  readonly comment?: string;
  readonly signedText?: string;
  readonly signer?: typeof key;
} = {}) {
  const signature = signer.sign(Buffer.from(signedText), comment);
  return judgeFeed(Buffer.from(text), signature, { ...rules, ...more });
}

const refused = (problem: object): object => ({ ok: false, error: problem });
const ofVersion = (version: string): { readonly text: string; readonly comment: string } => ({
  text: feedText(version, [file]),
  comment: commentOf(version, nowMs - day),
});

it('takes a newer version that was signed, with its file', () => {
  expect(judge()).toEqual({
    ok: true,
    value: {
      version: '1.3.0',
      isNewer: true,
      file: { name, sha512: file.sha512, sizeBytes: file.size },
    },
  });
});

it('says that the version that runs is the newest', () => {
  expect(judge(ofVersion('1.2.0'))).toEqual({
    ok: true,
    value: { version: '1.2.0', isNewer: false, file: null },
  });
});

it('names a newer version without a file where the user downloads it', () => {
  expect(judge({ installer: null })).toMatchObject({ ok: true, value: { isNewer: true, file: null } });
});

describe('the signature', () => {
  it.each([
    ['a version that was changed', { signedText: feedText('1.2.9', [file]) }],
    ['a comment for another version', { comment: commentOf('1.2.9', nowMs - day) }],
    ['a comment for another feed', { comment: commentOf('1.3.0', nowMs - day, 'latest-mac.yml') }],
    ['a comment without a date', { comment: 'version:1.3.0 file:latest-linux.yml' }],
    ['a comment of somebody else', { comment: 'timestamp:1700000000' }],
  ])('refuses %s', (_what, change) => {
    expect(judge(change)).toEqual(refused({ kind: 'tampered', what: 'feed' }));
  });

  it('refuses a comment that was changed after it was signed', () => {
    const text = Buffer.from(feedText('1.3.0', [file]));
    const signature = key.sign(text, commentOf('1.3.0', nowMs - 200 * day));
    const changed = signature.replace(/date:\S+/, 'date:2026-11-29T12:00:00Z');
    expect(judgeFeed(text, changed, rules)).toEqual(refused({ kind: 'tampered', what: 'feed' }));
  });

  it('refuses a key that the app does not know', () => {
    const { id } = readPublicKey(other.publicKey) ?? { id: '' };
    expect(judge({ signer: other })).toEqual(refused({ kind: 'unknown-key', keyId: id }));
    expect(id).toMatch(/^[0-9A-F]{16}$/);
  });

  it('knows two keys, so that one can be replaced', () => {
    const keys = [key, other].flatMap(({ publicKey }) => readPublicKey(publicKey) ?? []);
    expect(judge({ keys })).toMatchObject({ ok: true });
    expect(judge({ keys, signer: other })).toMatchObject({ ok: true });
  });

  it('refuses a known number with another key behind it', () => {
    const bytes = Buffer.from(other.publicKey, 'base64');
    Buffer.from(key.publicKey, 'base64').copy(bytes, 2, 2, 10);
    const keys = [readPublicKey(bytes.toString('base64'))].filter((each) => each !== null);
    expect(judge({ keys })).toEqual(refused({ kind: 'tampered', what: 'feed' }));
  });

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><title>404</title>'],
    ['half a signature', key.sign(Buffer.from('x'), 'y').slice(0, 80)],
    ['a line more', `${key.sign(Buffer.from('x'), 'y')}version:9.9.9\n`],
    ['a hashed one', key.sign(Buffer.from('x'), 'y').replace('\nRW', '\nRU')],
  ])('refuses %s in its place', (_what, text) => {
    expect(judgeFeed(Buffer.from(feedText('1.3.0', [file])), text, rules)).toEqual(
      refused({ kind: 'unsigned' }),
    );
  });

  it.each(['', 'RWQ', `${key.publicKey}A`, key.publicKey.replace('RW', 'RU'), `${key.publicKey} `])(
    'reads no key out of "%s"',
    (line) => {
      expect(readPublicKey(line)).toBeNull();
    },
  );
});

describe('the version', () => {
  it('is not below the one that runs', () => {
    expect(judge(ofVersion('1.1.9'))).toEqual(refused({ kind: 'older', version: '1.1.9', than: '1.2.0' }));
  });

  it('is not below one that was offered before', () => {
    expect(judge({ highestVersion: '1.4.0' })).toEqual(
      refused({ kind: 'older', version: '1.3.0', than: '1.4.0' }),
    );
    expect(judge({ highestVersion: '1.3.0' })).toMatchObject({ ok: true });
  });

  it('is no prerelease, unless one runs', () => {
    expect(judge(ofVersion('2.0.0-beta.1'))).toEqual(
      refused({ kind: 'prerelease', version: '2.0.0-beta.1' }),
    );
    expect(judge({ ...ofVersion('2.0.0-beta.2'), currentVersion: '2.0.0-beta.1' })).toMatchObject({
      ok: true,
      value: { isNewer: true },
    });
  });

  it('compares numbers, not texts', () => {
    expect(judge(ofVersion('1.10.0'))).toMatchObject({ ok: true, value: { isNewer: true } });
  });
});

describe('the date', () => {
  it('is not so old that newer feeds may be held back', () => {
    expect(judge({ comment: commentOf('1.3.0', nowMs - 90 * day) })).toMatchObject({ ok: true });
    const signedAtMs = nowMs - 91 * day;
    expect(judge({ comment: commentOf('1.3.0', signedAtMs) })).toEqual(
      refused({ kind: 'stale', signedAtMs }),
    );
  });

  it('is not in the future, but for a zone that is set wrong', () => {
    expect(judge({ comment: commentOf('1.3.0', nowMs + day) })).toMatchObject({ ok: true });
    const signedAtMs = nowMs + 2 * day;
    expect(judge({ comment: commentOf('1.3.0', signedAtMs) })).toEqual(
      refused({ kind: 'future', signedAtMs }),
    );
  });
});

describe('the file', () => {
  const feedOf = (change: object): string => feedText('1.3.0', [{ ...file, ...change }]);

  it.each([
    ['lies on another server', { url: 'https://elsewhere.example/Evorxa-x86_64.AppImage' }],
    ['lies in another folder', { url: '../Evorxa-x86_64.AppImage' }],
    ['is written in another way', { url: '..%2fEvorxa-x86_64.AppImage' }],
    ['is in a query', { url: '?Evorxa-x86_64.AppImage' }],
    ['has its hash in hexadecimal digits', { sha512: Buffer.from(file.sha512, 'base64').toString('hex') }],
    ['has no hash', { sha512: '' }],
    ['has no size', { size: 0 }],
    ['is as large as a disk', { size: 1024 ** 4 }],
  ])('is refused where it %s', (_what, change) => {
    expect(judge({ text: feedOf(change) })).toEqual(refused({ kind: 'unreadable' }));
  });

  it.each([
    ['no YAML', 'version: [1.3.0'],
    ['a list', '- 1.3.0'],
    ['a version that is a word', feedText('two', [file])],
    ['a version in another spelling', feedText('v1.3.0', [file])],
    ['a version with a build', feedText('1.3.0+5', [file])],
  ])('is not looked for in %s', (_what, text) => {
    expect(judge({ text })).toEqual(refused({ kind: 'unreadable' }));
  });

  it('is the one for this processor and this kind of app', () => {
    const arm = { ...file, url: 'Evorxa-1.3.0-linux-arm64.AppImage' };
    const deb = { ...file, url: 'Evorxa-1.3.0-linux-amd64.deb' };
    const text = feedText('1.3.0', [deb, arm, file]);
    const nameFor = (arch: string): unknown => judge({ text, installer: { extension: 'AppImage', arch } });
    expect(nameFor('x64')).toMatchObject({ value: { file: { name } } });
    expect(nameFor('arm64')).toMatchObject({ value: { file: { name: arm.url } } });
    expect(judge({ text: feedText('1.3.0', [deb, arm]) })).toEqual(
      refused({ kind: 'no-file', version: '1.3.0' }),
    );
  });

  it('may be one for each processor', () => {
    const both = { ...file, url: 'Evorxa-1.3.0-win.exe' };
    expect(
      judge({ text: feedText('1.3.0', [both]), installer: { extension: 'exe', arch: 'arm64' } }),
    ).toMatchObject({ ok: true, value: { file: { name: both.url } } });
  });
});

it.each([
  ['darwin', 'arm64', 'latest-mac.yml'],
  ['win32', 'x64', 'latest.yml'],
  ['linux', 'x64', 'latest-linux.yml'],
  ['linux', 'arm64', 'latest-linux-arm64.yml'],
] as const)('asks on %s %s for %s', (platform, arch, expected) => {
  expect(feedNameFor(platform, arch)).toBe(expected);
});
