import { bundleProgram } from './bundle.mjs';
import { SetupError } from './console.mjs';
import { projectRoot } from './files.mjs';
import { runAttached } from './run.mjs';
import { openTestSession } from './session.mjs';
import { setUpApp } from './setup.mjs';
import { ensureTestPackages } from './system-packages.mjs';

/**
 * Builds the app and runs a program that drives it, in a desktop session of its own on Linux: the program can own
 * the tray host and the notification service there. It finds the runtime in EVORXA_ELECTRON.
 * @param {string} name The program is test/NAME/main.ts.
 * @param {readonly string[]} args For the program.
 * @returns {Promise<number>} Its exit code.
 */
export async function runDriver(name, args) {
  const runtime = await setUpApp();
  const missing = await ensureTestPackages();
  if (missing) throw new SetupError(missing);
  const program = await bundleProgram(`test/${name}/main.ts`, name);
  const session = await openTestSession();
  try {
    const env = { ...session.env, EVORXA_ELECTRON: JSON.stringify(runtime) };
    return await runAttached(process.execPath, [program, ...args], { cwd: projectRoot, env });
  } finally {
    await session.close();
  }
}
