import { SetupError } from './console.mjs';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { projectRoot } from './files.mjs';
import { hasDisplay } from './desktop.mjs';
import { resolveRuntime } from './runtime.mjs';
import { ensureAppPackages } from './system-packages.mjs';

const [oldestMajor, oldestMinor] = [20, 19];

/**
 * What every script begins with: dependencies, a runtime, the libraries that it needs. Instant the second time.
 * @returns {Promise<import('./runtime.mjs').Runtime>}
 */
export async function setUp() {
  await setUpWithoutRuntime();
  const runtime = await resolveRuntime();
  await ensureAppPackages(runtime.executablePath, { hasDisplay: hasDisplay() });
  return runtime;
}

/** The set-up of what runs under plain Node. */
export async function setUpWithoutRuntime() {
  requireNode(process.versions.node);
  await ensureDependencies(projectRoot);
}

/** Set-up and build. */
export async function setUpApp() {
  const runtime = await setUp();
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
