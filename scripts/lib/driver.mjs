import { bundleProgram } from './bundle.mjs';
import { projectRoot } from './files.mjs';
import { runAttached } from './run.mjs';
import { setUpApp } from './setup.mjs';

/**
 * Builds the app and runs a program that drives it. The program finds the runtime in EVORXA_ELECTRON, and opens the
 * session that it needs itself (test/support/session.ts), as the tests do.
 * @param {string} name The program is test/NAME/main.ts.
 * @param {readonly string[]} args For the program.
 * @returns {Promise<number>} Its exit code.
 */
export async function runDriver(name, args) {
  const runtime = await setUpApp({ tests: true });
  const program = await bundleProgram(`test/${name}/main.ts`, name);
  const env = { ...process.env, EVORXA_ELECTRON: JSON.stringify(runtime) };
  return runAttached(process.execPath, [program, ...args], { cwd: projectRoot, env });
}
