import { SetupError } from '../console.mjs';
import { run } from '../run.mjs';

/**
 * A package of Debian and Ubuntu, and the libraries in it that the app needs.
 * @typedef {object} LibraryPackage
 * @property {readonly string[]} names Each release knows at least one; Debian 13 and Ubuntu 24.04 have renamed some.
 * @property {readonly string[]} libraries File names, by which Fedora and openSUSE know what brings them.
 * @property {true} [isOpenedLater] Opened while the app runs, so that neither ldd nor dpkg-shlibdeps names it.
 */

/** @type {readonly LibraryPackage[]} */
export const libraryPackages = [
  { names: ['libasound2t64', 'libasound2'], libraries: ['libasound.so.2'] },
  { names: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'], libraries: ['libatk-bridge-2.0.so.0'] },
  { names: ['libatk1.0-0t64', 'libatk1.0-0'], libraries: ['libatk-1.0.so.0'] },
  { names: ['libatspi2.0-0t64', 'libatspi2.0-0'], libraries: ['libatspi.so.0'] },
  { names: ['libcairo2'], libraries: ['libcairo.so.2'] },
  { names: ['libcups2t64', 'libcups2'], libraries: ['libcups.so.2'] },
  { names: ['libdbus-1-3'], libraries: ['libdbus-1.so.3'] },
  { names: ['libdrm2'], libraries: ['libdrm.so.2'] },
  { names: ['libexpat1'], libraries: ['libexpat.so.1'] },
  { names: ['libgbm1'], libraries: ['libgbm.so.1'] },
  { names: ['libgcc-s1'], libraries: ['libgcc_s.so.1'] },
  {
    names: ['libglib2.0-0t64', 'libglib2.0-0'],
    libraries: ['libgio-2.0.so.0', 'libglib-2.0.so.0', 'libgobject-2.0.so.0'],
  },
  { names: ['libgtk-3-0t64', 'libgtk-3-0'], libraries: ['libgtk-3.so.0'] },
  // With the first notification of Electron's own. The app sends its own, but what Electron 45 does could not be watched.
  { names: ['libnotify4'], libraries: ['libnotify.so.4'], isOpenedLater: true },
  { names: ['libnspr4'], libraries: ['libnspr4.so'] },
  { names: ['libnss3'], libraries: ['libnss3.so', 'libnssutil3.so', 'libsmime3.so'] },
  { names: ['libpango-1.0-0'], libraries: ['libpango-1.0.so.0'] },
  { names: ['libudev1'], libraries: ['libudev.so.1'] },
  { names: ['libx11-6'], libraries: ['libX11.so.6'] },
  // With the first window on X11: without it the app ends by a trap, without a word.
  { names: ['libx11-xcb1'], libraries: ['libX11-xcb.so.1'], isOpenedLater: true },
  { names: ['libxcb1'], libraries: ['libxcb.so.1'] },
  { names: ['libxcomposite1'], libraries: ['libXcomposite.so.1'] },
  { names: ['libxdamage1'], libraries: ['libXdamage.so.1'] },
  { names: ['libxext6'], libraries: ['libXext.so.6'] },
  { names: ['libxfixes3'], libraries: ['libXfixes.so.3'] },
  { names: ['libxkbcommon0'], libraries: ['libxkbcommon.so.0'] },
  { names: ['libxrandr2'], libraries: ['libXrandr.so.2'] },
];

/** All of the C library, which has one package everywhere. */
const isOfLibc = (/** @type {string} */ library) =>
  /^(libc|libdl|libm|libpthread|librt)\.so\.|^ld-linux/.test(library);

/**
 * What the files of the app are linked with.
 * @typedef {object} LinkedLibraries
 * @property {readonly string[]} needed File names, without those that the app brings along and those of the C library.
 * @property {string} libcVersion The oldest C library that has all functions they call, such as `2.25`.
 */

/**
 * Reads what `objdump -p` prints of the app's programs and libraries.
 * @param {string} output
 * @param {readonly string[]} own Names of files that the app brings along.
 * @returns {LinkedLibraries}
 */
export function readLinkedLibraries(output, own) {
  const needed = [...output.matchAll(/^\s*NEEDED\s+(\S+)$/gm)].map(([, name = '']) => name);
  const versions = [...output.matchAll(/\bGLIBC_(\d+)\.(\d+)/g)].map(
    ([, major = '', minor = '']) => /** @type {const} */ ([Number(major), Number(minor)]),
  );
  const newest = versions.sort(([a1, a2], [b1, b2]) => a1 - b1 || a2 - b2).at(-1) ?? [2, 0];
  return {
    needed: [...new Set(needed)].filter((name) => !own.includes(name) && !isOfLibc(name)).sort(),
    libcVersion: newest.join('.'),
  };
}

/**
 * Asks the files themselves.
 * @param {readonly string[]} paths Programs and libraries of the app.
 * @returns {Promise<LinkedLibraries>}
 */
export async function linkedLibraries(paths) {
  const { code, output } = await run('objdump', ['-p', ...paths]);
  if (code === 127) throw new SetupError('objdump is missing. Install binutils, then try again.');
  if (code !== 0) throw new SetupError('objdump could not read the programs of the app.', output);
  return readLinkedLibraries(
    output,
    paths.map((path) => path.replace(/.*\//, '')),
  );
}

/**
 * What the package for Debian and Ubuntu depends on.
 * @param {LinkedLibraries} linked
 * @returns {readonly string[]} With the alternatives of each, as `Depends` has them.
 * @throws {SetupError} When the app is linked with a library that has no package here.
 */
export function debDependencies(linked) {
  return [
    `libc6 (>= ${linked.libcVersion})`,
    ...packagesFor(linked).map(({ names }) => names.join(' | ')),
    // Opens links in the browser, and makes the app the one for evorxa://.
    'xdg-utils',
  ];
}

/**
 * What the package for Fedora and openSUSE needs: libraries by their names, which both know.
 * @param {LinkedLibraries} linked
 * @returns {readonly string[]}
 * @throws {SetupError} As of {@link debDependencies}.
 */
export function rpmRequirements(linked) {
  const later = packagesFor(linked).filter(({ isOpenedLater }) => isOpenedLater === true);
  const libraries = [...linked.needed, ...later.flatMap(({ libraries }) => libraries)];
  return [
    `libc.so.6(GLIBC_${linked.libcVersion})(64bit)`,
    ...libraries.map((library) => `${library}()(64bit)`),
    'xdg-utils',
    // Has the folders of icons, which rpm leaves behind where nobody has them.
    'hicolor-icon-theme',
  ];
}

/**
 * @param {LinkedLibraries} linked
 * @returns {readonly LibraryPackage[]}
 */
function packagesFor({ needed }) {
  const unknown = needed.filter((name) => !libraryPackages.some(({ libraries }) => libraries.includes(name)));
  if (unknown.length > 0) {
    throw new SetupError(
      `The app is linked with ${unknown.join(', ')}. Add the package to scripts/lib/linux/runtime-libraries.mjs.`,
    );
  }
  return libraryPackages.filter(
    ({ libraries, isOpenedLater }) =>
      isOpenedLater === true || libraries.some((library) => needed.includes(library)),
  );
}
