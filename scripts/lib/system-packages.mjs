import { SetupError, say } from './console.mjs';
import { hasProgram, run } from './run.mjs';

/**
 * A Debian package and how to tell that it is there; names after the first are what newer releases call it.
 * @typedef {object} SystemPackage
 * @property {readonly string[]} names
 * @property {string} [library] The start of a shared library's name.
 * @property {string} [program]
 * @property {string} [font] A font family.
 */

/** @type {readonly SystemPackage[]} What Electron's window loads when it starts. */
const libraryPackages = [
  { names: ['libgtk-3-0', 'libgtk-3-0t64'], library: 'libgtk-3.so' },
  { names: ['libnss3'], library: 'libnss' },
  { names: ['libnspr4'], library: 'libnspr' },
  { names: ['libasound2', 'libasound2t64'], library: 'libasound' },
  { names: ['libgbm1'], library: 'libgbm' },
  { names: ['libxss1'], library: 'libXss' },
  { names: ['libsecret-1-0'], library: 'libsecret' },
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
  { names: ['openssh-server'], program: 'sshd' },
  { names: ['openssh-client'], program: 'ssh-agent' },
  { names: ['tigervnc-standalone-server'], program: 'Xtigervnc' },
  { names: ['websockify'], program: 'websockify' },
  { names: ['xterm'], program: 'xterm' },
  { names: ['libnss3-tools'], program: 'certutil' },
  { names: ['x11-utils'], program: 'xdpyinfo' },
  { names: ['fontconfig'], program: 'fc-list' },
  { names: ['fonts-inter'], font: 'Inter' },
  { names: ['fonts-jetbrains-mono'], font: 'JetBrains Mono' },
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
 * @param {readonly string[]} libraries
 * @returns {readonly SystemPackage[]}
 */
export function packagesFor(libraries) {
  const find = (/** @type {string} */ library) =>
    libraryPackages.find((candidate) => candidate.library && library.startsWith(candidate.library));
  if (libraries.some((library) => find(library) === undefined)) return libraryPackages;
  return libraryPackages.filter((candidate) => libraries.some((library) => find(library) === candidate));
}

/**
 * Sees to it that the app can start: Electron's libraries, and a virtual display where there is no other.
 * @param {string} executablePath Electron.
 * @param {{ hasDisplay: boolean }} options
 * @throws {SetupError} With the command to type, when this process may not install what is missing.
 */
export async function ensureAppPackages(executablePath, { hasDisplay }) {
  if (process.platform !== 'linux') return;
  const missing = await missingForApp(executablePath, hasDisplay);
  if (missing.length === 0) return;
  if (!(await canInstall())) throw new SetupError(await commandToType(missing));
  await install(missing);
}

/**
 * Installs what the tests need, where this process may.
 * @returns {Promise<string | undefined>} What to type where it may not; undefined when all is there.
 */
export async function ensureTestPackages() {
  if (process.platform !== 'linux') return undefined;
  const missing = await absent(testPackages);
  if (missing.length === 0) return undefined;
  if (!(await canInstall())) return commandToType(missing);
  await install(missing);
  return undefined;
}

/**
 * @param {string} executablePath
 * @param {boolean} hasDisplay
 */
async function missingForApp(executablePath, hasDisplay) {
  const { output } = await run('ldd', [executablePath]);
  const libraries = missingLibraries(output);
  const programs = hasDisplay ? [] : await absent(desktoplessPackages);
  return [...packagesFor(libraries), ...programs];
}

/** @param {readonly SystemPackage[]} packages */
async function absent(packages) {
  const checks = await Promise.all(packages.map(isInstalled));
  return packages.filter((_, index) => !checks[index]);
}

/** @param {SystemPackage} candidate */
async function isInstalled({ program, font }) {
  if (program) return hasProgram(program);
  const { code, output } = await run('fc-list', ['--quiet', `:family=${font}`]);
  return code === 0 && output === '';
}

async function canInstall() {
  return process.getuid?.() === 0 && (await hasProgram('apt-get'));
}

/** @param {readonly SystemPackage[]} packages */
async function commandToType(packages) {
  if (await hasProgram('apt-get')) {
    const names = await Promise.all(packages.map(availableName));
    return `Some system packages are missing. Install them, then try again:\n  sudo apt-get install -y ${names.join(' ')}`;
  }
  const names = packages.map(({ names: [name] }) => name).join(' ');
  return `Some system packages are missing. Install what your system calls these Debian packages, then try again:\n  ${names}`;
}

/** @param {readonly SystemPackage[]} packages */
async function install(packages) {
  say(`Installing system packages: ${packages.map(({ names: [name] }) => name).join(' ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const lockWait = ['-o', 'DPkg::Lock::Timeout=120'];
  await apt([...lockWait, 'update'], env);
  const names = await Promise.all(packages.map(availableName));
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
 * The name under which this release has a package: Debian 13 and Ubuntu 24.04 renamed some.
 * @param {SystemPackage} candidate
 */
async function availableName({ names }) {
  for (const name of names) {
    const { code, output } = await run('apt-cache', ['show', '--no-all-versions', name]);
    if (code === 0 && output.startsWith('Package:')) return name;
  }
  return names[0] ?? '';
}
