import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { openSecretKey } from '../../../scripts/lib/minisign.mjs';
import { hasProgram } from '../../../scripts/lib/run.mjs';
import { readPublicKey, verifySignature } from '../../../main/updates/minisign.ts';
import { describeFile, feedText } from '../../support/update-feed.ts';

const run = promisify(execFile);
const passphrase = 'correct horse battery';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evorxa-sign-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the script; gives what it said, and how it ended. */
async function signFeed(
  args: readonly string[],
  words = passphrase,
): Promise<{ readonly code: number; readonly said: string }> {
  const script = join(projectRoot, 'scripts/sign-feed.mjs');
  const env = { ...process.env, EVORXA_RELEASE_PASSPHRASE: words };
  try {
    const { stderr } = await run(process.execPath, [script, ...args], { cwd: folder, env });
    return { code: 0, said: stderr };
  } catch (error) {
    const { code, stderr } = error as { readonly code: number; readonly stderr: string };
    return { code, said: stderr };
  }
}

async function newKey(): Promise<string> {
  const { said } = await signFeed(['--new-key', 'release.key']);
  return said.trim().split('\n').at(-1) ?? '';
}

it('makes a key that only its passphrase opens, and writes over none', async () => {
  const publicKey = await newKey();
  const path = join(folder, 'release.key');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const kept = await readFile(path, 'utf8');
  expect(openSecretKey(kept, passphrase)).not.toBeNull();
  expect(openSecretKey(kept, 'another passphrase')).toBeNull();
  expect(openSecretKey('{}', passphrase)).toBeNull();
  expect(readPublicKey(publicKey)).not.toBeNull();
  expect(await signFeed(['--new-key', 'release.key'])).toMatchObject({ code: 1 });
  expect(await readFile(path, 'utf8')).toBe(kept);
});

it('makes no key in the repository', async () => {
  const answer = await signFeed(['--new-key', join(projectRoot, 'release.key')]);
  expect(answer.code).toBe(1);
  expect(answer.said).toContain('no place in the repository');
});

it('takes no short passphrase', async () => {
  expect(await signFeed(['--new-key', 'release.key'], 'short')).toMatchObject({ code: 1 });
});

describe('a feed', () => {
  const feed = feedText('1.3.0', [describeFile('Evorxa-1.3.0-linux-x86_64.AppImage', Buffer.from('x'))]);

  it('is signed with its version, the date and its name, and minisign agrees', async () => {
    const publicKey = await newKey();
    const path = join(folder, 'latest-linux.yml');
    await writeFile(path, feed);
    expect(await signFeed(['--key', 'release.key', path])).toMatchObject({ code: 0 });
    const signature = await readFile(`${path}.minisig`, 'utf8');
    const key = readPublicKey(publicKey);
    const checked = verifySignature(Buffer.from(feed), signature, key === null ? [] : [key]);
    expect(checked).toMatchObject({
      ok: true,
      value: expect.stringMatching(/^version:1\.3\.0 date:\d{4}-\S+Z file:latest-linux\.yml$/) as string,
    });
    if (!(await hasProgram('minisign'))) return;
    const { stdout } = await run('minisign', ['-V', '-P', publicKey, '-m', path]);
    expect(stdout).toContain('Signature and comment signature verified');
    await writeFile(path, feed.replace('1.3.0', '1.4.0'));
    await expect(run('minisign', ['-V', '-P', publicKey, '-m', path])).rejects.toThrow();
  });

  it('is signed by nobody who has not the passphrase', async () => {
    await newKey();
    await writeFile(join(folder, 'latest.yml'), feed);
    const answer = await signFeed(['--key', 'release.key', 'latest.yml'], 'another passphrase');
    expect(answer).toMatchObject({ code: 1 });
    await expect(stat(join(folder, 'latest.yml.minisig'))).rejects.toThrow();
  });
});

it('takes the signatures of minisign itself', async ({ skip }) => {
  if (!(await hasProgram('minisign'))) skip('minisign is not installed');
  const path = join(folder, 'latest-linux.yml');
  await writeFile(path, 'version: 1.3.0\n');
  const [secret, pub] = ['key', 'key.pub'].map((name) => join(folder, name)) as [string, string];
  await run('minisign', ['-G', '-W', '-p', pub, '-s', secret]);
  const comment = 'version:1.3.0 date:2026-11-30T12:00:00Z file:latest-linux.yml';
  await run('minisign', ['-S', '-l', '-s', secret, '-t', comment, '-m', path]);
  const key = readPublicKey((await readFile(pub, 'utf8')).split('\n')[1] ?? '');
  const signature = await readFile(`${path}.minisig`, 'utf8');
  // It leaves the zeros before a number out.
  expect((await readFile(pub, 'utf8')).split('\n')[0]).toContain(key?.id.replace(/^0+/, ''));
  const check = (content: string) =>
    verifySignature(Buffer.from(content), signature, key === null ? [] : [key]);
  expect(check('version: 1.3.0\n')).toEqual({ ok: true, value: comment });
  expect(check('version: 1.3.1\n')).toMatchObject({ ok: false, error: { kind: 'tampered' } });
});
