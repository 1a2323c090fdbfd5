import { join } from 'node:path';
import { SetupError } from './console.mjs';
import { projectRoot } from './files.mjs';

/**
 * Makes a TypeScript program runnable by plain Node: Node 20 cannot strip types. Packages stay imports.
 * @param {string} source Its main module, below the project's root.
 * @param {string} name Of its folder in out/.
 * @returns {Promise<string>} The path of the module to run.
 */
export async function bundleProgram(source, name) {
  const { build } = await import('vite');
  const outDir = join(projectRoot, 'out', name);
  try {
    await build({
      root: projectRoot,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      build: {
        ssr: join(projectRoot, source),
        outDir,
        target: 'node20',
        rolldownOptions: {
          // The scripts find their files by their own place.
          external: /scripts[\\/]lib[\\/]/,
          output: { entryFileNames: 'main.mjs' },
        },
      },
    });
  } catch (error) {
    throw new SetupError(`${source} could not be built.`, String(error));
  }
  return join(outDir, 'main.mjs');
}
