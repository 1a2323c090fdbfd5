import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, say } from './console.mjs';
import { readIfThere } from './files.mjs';
import { hasProgram, run } from './run.mjs';

/**
 * A Debian package and how to tell that it is there. Of its names each release knows one.
 * @typedef {object} SystemPackage
 * @property {readonly string[]} names
 * @property {string} [library] A shared library's file name; what Electron is linked with, and what it opens later.
 * @property {string} [program]
 * @property {string} [font] A font family.
 * @property {string} [file] An absolute path.
 */

/** @type {readonly SystemPackage[]} What Electron's window loads when it starts, or opens while it runs. */
const libraryPackages = [
  { names: ['libgtk-3-0', 'libgtk-3-0t64'], library: 'libgtk-3.so.0' },
  { names: ['libnss3'], library: 'libnss3.so' },
  { names: ['libnspr4'], library: 'libnspr4.so' },
  { names: ['libasound2', 'libasound2t64'], library: 'libasound.so.2' },
  { names: ['libgbm1'], library: 'libgbm.so.1' },
  // Opened with the first notification of Electron's own; the app sends its own over D-Bus.
  { names: ['libnotify4'], library: 'libnotify.so.4' },
];

/** @type {readonly SystemPackage[]} What gives an app its window where there is no desktop. */
const desktoplessPackages = [
  { names: ['xvfb'], program: 'Xvfb' },
  { names: ['dbus-x11'], program: 'dbus-daemon' },
];

/** @type {readonly SystemPackage[]} What the tests and the tour need on top. */
const testPackages = [
  ...desktoplessPackages,
  { names: ['dbus-bin', 'dbus'], program: 'dbus-send' },
  { names: ['gnome-keyring'], program: 'gnome-keyring-daemon' },
  { names: ['libsecret-tools'], program: 'secret-tool' },
  { names: ['polkitd'], file: '/usr/lib/polkit-1/polkitd' },
  { names: ['openssh-server'], program: 'sshd' },
  { names: ['openssh-client'], program: 'ssh-agent' },
  { names: ['zsh'], program: 'zsh' },
  { names: ['fish'], program: 'fish' },
  { names: ['tcsh'], program: 'tcsh' },
  { names: ['libpam-google-authenticator'], program: 'google-authenticator' },
  { names: ['dnsmasq-base'], program: 'dnsmasq' },
  { names: ['iproute2'], program: 'ip' },
  { names: ['nftables'], program: 'nft' },
  { names: ['e2fsprogs'], program: 'chattr' },
  { names: ['git'], program: 'git' },
  { names: ['binutils'], program: 'objdump' },
  { names: ['openssl'], program: 'openssl' },
  { names: ['putty-tools'], program: 'puttygen' },
  { names: ['minisign'], program: 'minisign' },
  { names: ['tigervnc-standalone-server'], program: 'Xtigervnc' },
  { names: ['websockify'], program: 'websockify' },
  { names: ['qemu-system-x86'], program: 'qemu-system-x86_64' },
  { names: ['xterm'], program: 'xterm' },
  { names: ['ansible-core'], program: 'ansible-inventory' },
  { names: ['khal'], program: 'khal' },
  { names: ['gnumeric'], program: 'ssconvert' },
  { names: ['libreoffice-calc-nogui', 'libreoffice-calc'], program: 'soffice' },
  { names: ['libnss3-tools'], program: 'certutil' },
  { names: ['x11-utils'], program: 'xdpyinfo' },
  { names: ['libglib2.0-bin'], program: 'gio' },
  { names: ['netbase'], file: '/etc/services' },
  { names: ['fontconfig'], program: 'fc-list' },
  { names: ['fonts-inter'], font: 'Inter' },
  { names: ['fonts-jetbrains-mono'], font: 'JetBrains Mono' },
];

/** @type {Readonly<Record<string, readonly SystemPackage[]>>} What packages for Linux are made with, by their targets. */
const packagingPackages = {
  deb: [{ names: ['binutils'], program: 'objdump' }],
  rpm: [
    { names: ['binutils'], program: 'objdump' },
    { names: ['rpm'], program: 'rpmbuild' },
  ],
};

/** @type {readonly SystemPackage[]} What a package is tried with: a desktop beside the bare system that it is installed on. */
const packageTestPackages = [
  ...desktoplessPackages,
  { names: ['gnome-keyring'], program: 'gnome-keyring-daemon' },
  { names: ['xdotool'], program: 'xdotool' },
  { names: ['debootstrap'], program: 'debootstrap' },
];

/**
 * The shared libraries that are not on this machine, from what `ldd` prints.
 * @param {string} lddOutput
 * @returns {readonly string[]}
 */
export function missingLibraries(lddOutput) {
  const names = [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}

/**
 * The packages that bring missing libraries: those of the libraries named, or all when one of them is unknown
 * (it comes along with one of the others).
 * @param {readonly string[]} libraries File names.
 * @returns {readonly SystemPackage[]}
 */
export function packagesFor(libraries) {
  const isKnown = (/** @type {string} */ library) =>
    libraryPackages.some((candidate) => candidate.library === library);
  // NSS comes in several files.
  const known = libraries.filter((library) => !/^lib(nss|ssl|smime)/.test(library) || isKnown(library));
  if (!known.every(isKnown)) return libraryPackages;
  return libraryPackages.filter(({ library }) => library !== undefined && libraries.includes(library));
}

/**
 * The libraries that the loader's cache knows for this processor, from what `ldconfig -p` prints.
 * @param {string} ldconfigOutput
 * @param {string} arch As `process.arch` has it.
 * @returns {ReadonlySet<string>} File names.
 */
export function cachedLibraries(ldconfigOutput, arch) {
  const mark = arch === 'arm64' ? 'AArch64' : 'x86-64';
  const lines = [...ldconfigOutput.matchAll(/^\s+(\S+) \(([^)]*)\) => /gm)];
  return new Set(lines.filter((line) => line[2]?.includes(mark)).map((line) => line[1] ?? ''));
}

/**
 * Which of a package's names a release has, where apt has no lists to ask: Debian 13 and Ubuntu 24.04 renamed
 * libraries to names in `t64`.
 * @param {readonly string[]} names
 * @param {string} osRelease The text of /etc/os-release.
 * @returns {string}
 */
export function nameForRelease(names, osRelease) {
  const value = (/** @type {string} */ key) =>
    new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  // A Debian that is not released yet has no number.
  const version = Number(value('VERSION_ID') || Infinity);
  const isRenamed = value('ID') === 'ubuntu' ? version >= 24 : version >= 13;
  const fitting = names.find((name) => name.endsWith('t64') === isRenamed);
  return fitting ?? names[0] ?? '';
}

/**
 * Sees to it that the app can start and, for tests, that these find what they need. Looks before anything is
 * downloaded, so that a person who may not install is told of everything at once.
 * @param {{ hasDisplay: boolean, tests: boolean }} options
 * @throws {SetupError} With the command to type, when this process may not install what is missing.
 */
export async function ensureSystemPackages({ hasDisplay, tests }) {
  if (process.platform !== 'linux') return;
  const wanted = [
    ...libraryPackages,
    ...(hasDisplay ? [] : desktoplessPackages),
    ...(tests ? testPackages : []),
  ];
  const missing = await absent(wanted);
  if (missing.length === 0) return;
  // Named with the tests' part, also by what does without it: nobody should have to come back for that.
  if (!(await canInstall())) await refuse(await absent([...libraryPackages, ...testPackages]));
  await install(missing);
}

/**
 * Sees to it that packages can be made here.
 * @param {readonly string[]} targets
 * @throws {SetupError} As of {@link ensureSystemPackages}.
 */
export async function ensurePackagingPrograms(targets) {
  await ensurePrograms(targets.flatMap((target) => packagingPackages[target] ?? []));
}

/**
 * Sees to it that a package can be tried here.
 * @throws {SetupError} As of {@link ensureSystemPackages}.
 */
export async function ensurePackageTestPrograms() {
  await ensurePrograms(packageTestPackages);
}

/** @param {readonly SystemPackage[]} wanted */
async function ensurePrograms(wanted) {
  if (process.platform !== 'linux') return;
  const missing = await absent(wanted);
  if (missing.length === 0) return;
  if (!(await canInstall())) await refuse(missing);
  await install(missing);
}

/**
 * Sees to it that no library is missing that this Electron is linked with.
 * @param {string} executablePath Electron.
 * @throws {SetupError} With the command to type, when this process may not install what is missing.
 */
export async function ensureLinkedLibraries(executablePath) {
  if (process.platform !== 'linux') return;
  const { output } = await run('ldd', [executablePath]);
  const missing = packagesFor(missingLibraries(output));
  if (missing.length === 0) return;
  if (!(await canInstall())) await refuse(missing);
  await install(missing);
}

/** @param {readonly SystemPackage[]} packages */
async function absent(packages) {
  const libraries = await systemLibraries();
  const checks = await Promise.all(packages.map((candidate) => isInstalled(candidate, libraries)));
  const missing = packages.filter((_, index) => !checks[index]);
  return missing.filter(
    ({ names }, index) => missing.findIndex((other) => other.names[0] === names[0]) === index,
  );
}

/**
 * @returns {Promise<ReadonlySet<string> | null>} null where this system has no cache of them: then only Electron's
 *   loader can tell.
 */
async function systemLibraries() {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };
  const { code, output } = await run('ldconfig', ['-p'], { env });
  const found = cachedLibraries(output, process.arch);
  return code === 0 && found.size > 0 ? found : null;
}

/**
 * @param {SystemPackage} candidate
 * @param {ReadonlySet<string> | null} libraries
 */
async function isInstalled({ program, library, font, file }, libraries) {
  if (program) return hasProgram(program);
  if (file) return existsSync(file);
  if (library) {
    const folders = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');
    return (
      !libraries || libraries.has(library) || folders.some((folder) => existsSync(join(folder, library)))
    );
  }
  const { code, output } = await run('fc-list', ['--quiet', `:family=${font}`]);
  return code === 0 && output === '';
}

async function canInstall() {
  return process.getuid?.() === 0 && (await hasProgram('apt-get'));
}

/**
 * @param {readonly SystemPackage[]} packages
 * @returns {Promise<never>}
 */
async function refuse(packages) {
  const names = (await availableNames(packages)).join(' ');
  throw new SetupError(
    (await hasProgram('apt-get'))
      ? `Some system packages are missing. Install them, then try again:\n  sudo apt-get install -y --no-install-recommends ${names}`
      : `Some system packages are missing. Install what your system calls these Debian packages, then try again:\n  ${names}`,
  );
}

/** @param {readonly SystemPackage[]} packages */
async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const lockWait = ['-o', 'DPkg::Lock::Timeout=120'];
  await apt([...lockWait, 'update'], env);
  const names = await availableNames(packages);
  say(`Installing system packages: ${names.join(' ')}.`);
  await apt([...lockWait, 'install', '-y', '--no-install-recommends', ...names], env);
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function apt(args, env) {
  const { code, output } = await run('apt-get', args, { env });
  if (code === 0) return;
  throw new SetupError(`apt-get ${args.at(2)} failed. Check the lines above, then try again.`, output);
}

/**
 * The names under which this release has the packages.
 * @param {readonly SystemPackage[]} packages
 */
async function availableNames(packages) {
  const osRelease = (await readIfThere('/etc/os-release')) ?? '';
  const available = async (/** @type {SystemPackage} */ { names }) => {
    for (const name of names) {
      const { code, output } = await run('apt-cache', ['show', '--no-all-versions', name]);
      if (code === 0 && output.startsWith('Package:')) return name;
    }
    return nameForRelease(names, osRelease);
  };
  return Promise.all(packages.map(available));
}
