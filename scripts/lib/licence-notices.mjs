import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The notices of the packages that the app is made of, as their licences ask for: each with its name, version, licence and the
 * texts that it comes with. By the lock file: what is not for development alone, and is installed. Of what is optional there is
 * only the keychain's native file in the app.
 * @param {string} root
 * @returns {string}
 */
export function licenceNotices(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const notices = Object.keys(lock.packages)
    .filter((path) => path !== '' && isShipped(path, lock.packages[path]))
    .flatMap((path) => noticeOf(join(root, path)) ?? []);
  return [...new Set(notices)].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * @param {string} path
 * @param {{ dev?: boolean, devOptional?: boolean, optional?: boolean }} entry
 */
function isShipped(path, { dev, devOptional, optional }) {
  return dev !== true && devOptional !== true && (optional !== true || path.includes('/@napi-rs/'));
}

/** @param {string} folder */
function noticeOf(folder) {
  /** @type {string[]} */
  let names;
  try {
    names = readdirSync(folder);
  } catch {
    // For another system, or optional and left out.
    return null;
  }
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = names
    .filter((each) => /^(licen[cs]e|notice|copying)([.-]|$)/i.test(each))
    .map((each) => readFileSync(join(folder, each), 'utf8').trim());
  const licence = typeof license === 'string' ? license : 'see its texts';
  return [`${name} ${version} (${licence})`, ...texts].join('\n\n') + '\n';
}
