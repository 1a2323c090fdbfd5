import { SetupError } from './console.mjs';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { projectRoot } from './files.mjs';
import { hasDisplay } from './desktop.mjs';
import { ensureOpenSsh10 } from './openssh-10.mjs';
import { resolveRuntime } from './runtime.mjs';
import { ensureLinkedLibraries, ensureSystemPackages } from './system-packages.mjs';

const [oldestMajor, oldestMinor] = [20, 19];

/**
 * What every script begins with: the system's packages, dependencies, a runtime. Instant the second time.
 * @param {{ tests?: boolean }} [options] Whether the programs that the tests drive are wanted too.
 * @returns {Promise<import('./runtime.mjs').Runtime>}
 */
export async function setUp({ tests = false } = {}) {
  requireNode(process.versions.node);
  await ensureSystemPackages({ hasDisplay: hasDisplay(), tests });
  if (tests) await ensureOpenSsh10();
  await setUpWithoutRuntime();
  const runtime = await resolveRuntime();
  await ensureLinkedLibraries(runtime.executablePath);
  return runtime;
}

/** The set-up of what runs under plain Node. */
export async function setUpWithoutRuntime() {
  requireNode(process.versions.node);
  await ensureDependencies(projectRoot);
}

/**
 * Set-up and build.
 * @param {{ tests?: boolean }} [options] As of {@link setUp}.
 */
export async function setUpApp(options) {
  const runtime = await setUp(options);
  await ensureBuild();
  return runtime;
}

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(
    `Node ${version} is too old. Install Node ${oldestMajor}.${oldestMinor} or newer, then try again.`,
  );
}
