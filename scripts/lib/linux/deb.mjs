import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../console.mjs';
import { projectRoot } from '../files.mjs';
import { run } from '../run.mjs';
import { debDependencies, linkedLibraries } from './runtime-libraries.mjs';
import { debControl, debVersion } from './texts.mjs';
import { elfFiles, layOutTree } from './tree.mjs';

/** @typedef {import('./build.mjs').LinuxBuild} LinuxBuild */

/** @type {Readonly<Record<string, string>>} Debian's names of processors. */
const architectures = { x64: 'amd64', arm64: 'arm64' };

/**
 * The package for Debian and Ubuntu.
 * @param {LinuxBuild} build
 * @returns {Promise<string>} Its path.
 */
export async function buildDeb({ facts, app, arch, work, target, date, isFast }) {
  const architecture = architectures[arch] ?? arch;
  const root = join(work, 'deb');
  await mkdir(root);
  const files = await layOutTree({ facts, app, root, kind: 'deb', date });
  const depends = debDependencies(await linkedLibraries(await elfFiles(root, files)));

  const controlFolder = join(root, 'DEBIAN');
  await mkdir(controlFolder, { mode: 0o755 });
  const put = (/** @type {string} */ name, /** @type {string} */ text, mode = 0o644) =>
    writeFile(join(controlFolder, name), text, { mode });
  // As dpkg reckons it: whole KiB of each file, one for each folder and link.
  const installedKib = files.reduce(
    (sum, { sizeBytes }) => sum + Math.max(1, Math.ceil(sizeBytes / 1024)),
    0,
  );
  await put('control', debControl(facts, { architecture, installedKib, depends }));
  const sums = files
    .filter(({ isLink }) => !isLink)
    .map(async ({ path }) => {
      const sum = createHash('md5').update(await readFile(join(root, path)));
      return `${sum.digest('hex')}  ${path}\n`;
    });
  await put('md5sums', (await Promise.all(sums)).join(''));
  for (const name of ['postinst', 'postrm']) {
    await put(name, await readFile(join(projectRoot, 'build/linux', name), 'utf8'), 0o755);
  }

  const path = join(target, `${facts.name}_${debVersion(facts.version)}_${architecture}.deb`);
  const compression = isFast ? ['-Zxz', '-z1'] : ['-Zxz'];
  const { code, output } = await run(
    'dpkg-deb',
    ['--root-owner-group', ...compression, '--build', root, path],
    { env: { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(date.getTime() / 1000)) } },
  );
  if (code === 127) throw new SetupError('dpkg-deb is missing. Install dpkg, then try again.');
  if (code !== 0) throw new SetupError('dpkg-deb could not make the package.', output);
  return path;
}
