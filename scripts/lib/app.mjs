import { say } from './console.mjs';
import { projectRoot } from './files.mjs';
import { runAttached } from './run.mjs';
import { hasDisplay, openDesktop } from './desktop.mjs';

/**
 * Starts the built app and waits for its end.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {readonly string[]} args For the app.
 * @param {string} [folder] Of the app's package.json.
 * @returns {Promise<number>} Its exit code.
 */
export async function startApp(runtime, args, folder = projectRoot) {
  const desktop = hasDisplay() ? undefined : await openDesktop();
  if (desktop)
    say(`There is no display here: the app runs on a virtual one (DISPLAY=${desktop.env.DISPLAY}).`);
  const env = { ...process.env, ...desktop?.env };
  // Set in the terminals of editors that are Electron apps themselves; it would make this one a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  try {
    return await runAttached(runtime.executablePath, [...runtime.extraArgs, folder, ...args], { env });
  } finally {
    await desktop?.close();
  }
}
