import { SetupError } from './console.mjs';

/** What each system makes, as people type it. On Linux all but the AppImage are made by programs of the system alone. */
const targetsOf = {
  linux: ['deb', 'rpm', 'tar.gz', 'AppImage'],
  win32: ['nsis'],
  darwin: ['dmg', 'zip'],
};

const systems = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' };

/**
 * What `npm run package` is asked for.
 * @typedef {object} PackageOrder
 * @property {readonly string[]} targets None for the unpacked app alone.
 * @property {string} arch The processor, as `process.arch` has it, or `universal`.
 * @property {boolean} isFast Packed less, for a test.
 * @property {readonly string[]} settings For electron-builder, over those of its file: `-c.publish.url=…`.
 */

/**
 * @param {readonly string[]} args
 * @param {{ platform: NodeJS.Platform, arch: string }} machine
 * @returns {PackageOrder}
 * @throws {SetupError} When this machine cannot make it, with what can.
 */
export function readPackageOrder(args, { platform, arch }) {
  const own = platform in targetsOf ? targetsOf[/** @type {keyof typeof targetsOf} */ (platform)] : [];
  /** @type {string[]} */
  const targets = [];
  /** @type {string[]} */
  const settings = [];
  let isUniversal = false;
  let isFast = false;
  for (const arg of args) {
    if (arg === '--universal') isUniversal = true;
    else if (arg === '--fast') isFast = true;
    else if (arg.startsWith('-c.')) settings.push(arg);
    else targets.push(own.find((target) => target.toLowerCase() === arg.toLowerCase()) ?? refuse(arg, own));
  }
  if (isUniversal && (platform !== 'darwin' || targets.length === 0)) {
    throw new SetupError('Only a dmg or a zip for macOS can be universal.');
  }
  return { targets, arch: isUniversal ? 'universal' : arch, isFast, settings };
}

/**
 * The settings by which electron-builder writes feeds of updates beside what it makes.
 * @param {string | undefined} address The folder where feeds and packages will lie; none or empty: no feeds.
 * @returns {readonly string[]}
 * @throws {SetupError} When the app would not look there.
 */
export function feedSettings(address) {
  if (address === undefined || address === '') return [];
  if (!URL.canParse(address) || !/^https:.*\/$/.test(address))
    throw new SetupError('EVORXA_PUBLISH_URL has to be an https address with a slash at its end.');
  return ['-c.publish.provider=generic', `-c.publish.url=${address}`];
}

/**
 * @param {string} arg
 * @param {readonly string[]} own
 * @returns {never}
 */
function refuse(arg, own) {
  for (const [platform, targets] of Object.entries(targetsOf)) {
    if (targets.some((target) => target.toLowerCase() === arg.toLowerCase())) {
      const system = systems[/** @type {keyof typeof systems} */ (platform)];
      throw new SetupError(
        `${arg} is made on ${system} alone. This machine makes: ${own.join(', ') || 'nothing'}.`,
      );
    }
  }
  const known = [...own, '--fast', '--universal'].join(', ');
  throw new SetupError(`There is no package "${arg}". Known here: ${known}.`);
}
