import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './console.mjs';
import { cacheFolder } from './files.mjs';
import { withLock } from './lock.mjs';
import { hasProgram, run } from './run.mjs';

/** What the tests' sessions run with /usr of Debian 13 in place of their own. */
const packages = ['openssh-server', 'libpam-google-authenticator', 'bash', 'dash', 'coreutils'];
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const fetchTimeoutMs = 10 * 60_000;

const fetchedUsr = () => join(cacheFolder(), 'openssh-10', 'usr');

/**
 * A /usr with OpenSSH 10 or newer: this system's own, or the one that {@link ensureOpenSsh10} has fetched.
 * @returns {string | null} Its path; null where there is none.
 */
export function usrWithOpenSsh10() {
  const { error, stderr } = spawnSync('ssh', ['-V'], { encoding: 'utf8' });
  if (error === undefined && openSshMajor(stderr) >= 10) return '/usr';
  return existsSync(fetchedUsr()) ? fetchedUsr() : null;
}

/**
 * The version in what `ssh -V` prints.
 * @param {string} text
 * @returns {number} 0 where it names none.
 */
export function openSshMajor(text) {
  return Number(/OpenSSH_(\d+)\./.exec(text)?.[1] ?? 0);
}

/**
 * Fetches OpenSSH 10 from Debian 13, for tests on an older Debian, into the cache folder: packages that apt has verified are
 * unpacked and not installed. It takes root, since only root can run it (in place of /usr). Where it cannot be had a line
 * says why, and the tests that want it are left out.
 */
export async function ensureOpenSsh10() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(keyring)) return;
  if (!(await hasProgram('apt-get')) || usrWithOpenSsh10() !== null) return;
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  await withLock(join(cache, 'openssh-10.lock'), async () => {
    if (!existsSync(fetchedUsr())) await fetchPackages(cache);
  });
}

/**
 * Everything happens in a folder beside the target: the rename at the end makes it whole or not there at all.
 * @param {string} cache
 */
async function fetchPackages(cache) {
  const work = join(cache, 'openssh-10.unpacking');
  await rm(work, { recursive: true, force: true });
  try {
    for (const name of ['lists/partial', 'archives/partial', 'root']) {
      await mkdir(join(work, name), { recursive: true });
    }
    await writeFile(join(work, 'status'), '');
    const source = `deb [signed-by=${keyring}] ${await debianMirror()} trixie main\n`;
    await writeFile(join(work, 'sources.list'), source);
    say('Fetching OpenSSH 10 from Debian 13, for the tests.');
    const options = aptOptions(work);
    await must('apt-get', [...options, 'update']);
    const install = ['install', '-y', '--download-only', '--no-install-recommends', ...packages];
    await must('apt-get', [...options, ...install]);
    for (const name of await readdir(join(work, 'archives'))) {
      if (name.endsWith('.deb'))
        await must('dpkg-deb', ['-x', join(work, 'archives', name), join(work, 'root')]);
    }
    await rename(join(work, 'root'), join(cache, 'openssh-10'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`OpenSSH 10 could not be fetched, and the tests that want it are left out. ${reason.trim()}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * This system's settings (proxies, certificates) with sources, lists and a record of installed packages of their own.
 * @param {string} work
 */
function aptOptions(work) {
  /** @type {Record<string, string>} */
  const settings = {
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::Cache::archives': join(work, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    // The user that apt takes for downloads cannot write here.
    'APT::Sandbox::User': 'root',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** The mirror that this system's apt has Debian from. */
async function debianMirror() {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => []);
  for (const path of ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))]) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const found = /^(?:URIs: *|deb +(?:\[[^\]]*\] *)?)(\S+\/debian\/?)(?:\s|$)/m.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return 'http://deb.debian.org/debian';
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
async function must(command, args) {
  const { code, output } = await run(command, args, { timeoutMs: fetchTimeoutMs });
  if (code !== 0) throw new Error(output);
}
