import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/**
 * Where a build comes from, as it is written into it.
 * @typedef {{ readonly commit: string, readonly dateS: number }} BuildInfo
 */

/**
 * The commit that is checked out in a folder, with a plus where files differ from it, and the date of the build in seconds since
 * 1970: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch), else that of the commit, so that
 * building the same commit again gives the same. Empty and 0 where neither is known.
 * @param {string} root
 * @param {Readonly<Record<string, string | undefined>>} [env]
 * @returns {BuildInfo}
 */
export function readBuildInfo(root, env = process.env) {
  const given = /^\d{1,12}$/.test(env.SOURCE_DATE_EPOCH ?? '') ? Number(env.SOURCE_DATE_EPOCH) : null;
  // A folder without a repository can lie in somebody else's.
  const top = git(root, 'rev-parse', '--show-toplevel');
  if (top === null || realpathSync(top) !== realpathSync(root)) return { commit: '', dateS: given ?? 0 };
  const commit = git(root, 'rev-parse', '--short=12', 'HEAD');
  if (commit === null) return { commit: '', dateS: given ?? 0 };
  const isChanged = git(root, 'status', '--porcelain', '--untracked-files=no') !== '';
  const date = Number(git(root, 'show', '--no-patch', '--format=%ct', 'HEAD'));
  return { commit: isChanged ? `${commit}+` : commit, dateS: given ?? date };
}

/**
 * @param {string} root
 * @param {string[]} args
 */
function git(root, ...args) {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
