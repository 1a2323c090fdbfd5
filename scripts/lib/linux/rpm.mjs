import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../console.mjs';
import { projectRoot } from '../files.mjs';
import { run } from '../run.mjs';
import { packageRevision, packageVersion } from './facts.mjs';
import { linkedLibraries, rpmRequirements } from './runtime-libraries.mjs';
import { elfFiles, layOutTree } from './tree.mjs';

/** @typedef {import('./build.mjs').LinuxBuild} LinuxBuild */
/** @typedef {import('./tree.mjs').TreeFile} TreeFile */

/** @type {Readonly<Record<string, string>>} The names of processors that rpm has. */
const architectures = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * The package for Fedora and openSUSE.
 * @param {LinuxBuild} build
 * @returns {Promise<string>} Its path.
 */
export async function buildRpm({ facts, app, arch, work, target, date, isFast }) {
  const architecture = architectures[arch] ?? arch;
  const top = join(work, 'rpm');
  const root = join(top, 'tree');
  await mkdir(root, { recursive: true });
  const files = await layOutTree({ facts, app, root, kind: 'rpm', date });
  const requires = rpmRequirements(await linkedLibraries(await elfFiles(root, files)));
  const script = (/** @type {string} */ name) => readFile(join(projectRoot, 'build/linux', name), 'utf8');
  const spec = join(top, 'package.spec');
  const scripts = { postinst: await script('postinst'), postrm: await script('postrm') };
  await writeFile(spec, rpmSpec(facts, { root, files, requires, scripts }));

  const defines = {
    _topdir: top,
    _rpmdir: top,
    _dbpath: join(top, 'db'),
    _rpmfilename: 'package.rpm',
    _binary_payload: isFast ? 'w2T0.xzdio' : 'w6T0.xzdio',
    _buildhost: 'localhost',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
  };
  const args = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(date.getTime() / 1000)) };
  const { code, output } = await run('rpmbuild', ['-bb', '--target', architecture, ...args, spec], { env });
  if (code === 127)
    throw new SetupError('rpmbuild is missing. Install rpm-build (Debian: rpm), then try again.');
  if (code !== 0) throw new SetupError('rpmbuild could not make the package.', output);
  const version = `${packageVersion(facts.version)}-${packageRevision}`;
  const path = join(target, `${facts.name}-${version}.${architecture}.rpm`);
  await rename(join(top, 'package.rpm'), path);
  return path;
}

/**
 * What rpmbuild makes the package of.
 * @param {import('./facts.mjs').LinuxFacts} facts
 * @param {object} built
 * @param {string} built.root What is installed, laid out.
 * @param {readonly TreeFile[]} built.files
 * @param {readonly string[]} built.requires
 * @param {{ readonly postinst: string, readonly postrm: string }} built.scripts As dpkg calls them.
 * @returns {string}
 */
export function rpmSpec(facts, { root, files, requires, scripts }) {
  const { name } = facts;
  const own = [`usr/lib/${name}`, `usr/share/${name}`, `usr/share/doc/${name}`];
  const folders = files
    .map(({ path }) => path.split('/').slice(0, -1))
    .flatMap((parts) => parts.map((_, index) => parts.slice(0, index + 1).join('/')))
    .filter((folder) => own.some((prefix) => folder === prefix || folder.startsWith(`${prefix}/`)));
  const lines = files.map(({ path, mode, isLink }) =>
    isLink ? `"/${path}"` : `%attr(${mode.toString(8).padStart(4, '0')}, root, root) "/${path}"`,
  );
  return [
    `Name: ${name}`,
    `Version: ${packageVersion(facts.version)}`,
    `Release: ${packageRevision}`,
    `Summary: ${facts.synopsis}`,
    `License: ${facts.license}`,
    `URL: ${facts.homepage}`,
    `Vendor: ${facts.maintainer}`,
    `Packager: ${facts.maintainer}`,
    // The libraries that are named here, and not those that a scan takes for offered to others.
    'AutoReqProv: no',
    ...requires.map((requirement) => `Requires: ${requirement}`),
    // What Electron ships is left as it is: not stripped, not compressed again.
    '%global debug_package %{nil}',
    '%global __os_install_post %{nil}',
    '%global _build_id_links none',
    '%description',
    escaped(facts.description),
    '%install',
    'mkdir -p %{buildroot}',
    `cp -a '${escaped(root)}/.' %{buildroot}/`,
    // rpm says how many of it are left; dpkg says what is done.
    '%post',
    'set -- configure',
    escaped(scripts.postinst),
    '%postun',
    '[ "$1" -eq 0 ] || exit 0',
    'set -- purge',
    escaped(scripts.postrm),
    '%files',
    '%defattr(-, root, root, 0755)',
    ...[...new Set(folders)].sort().map((folder) => `%dir "/${folder}"`),
    ...lines.map(escaped),
    '',
  ].join('\n');
}

/**
 * Without macros of rpm's.
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/%(?!attr\()/g, '%%').trimEnd();
}
