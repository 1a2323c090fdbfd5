// npm run screens [-- DIR]: saves pictures of every page and dialog in docs/screens. In another DIR: also of a narrow
// window, and of the pages while they are empty, loading and failing.
import { resolve } from 'node:path';
import { runScript } from './lib/console.mjs';
import { runDriver } from './lib/driver.mjs';
import { projectRoot } from './lib/files.mjs';

await runScript(() => {
  const [folder] = process.argv.slice(2);
  // npm starts scripts in the project's folder; the person may have named DIR from another.
  const target =
    folder === undefined
      ? resolve(projectRoot, 'docs/screens')
      : resolve(process.env.INIT_CWD ?? '.', folder);
  return runDriver('screens', folder === undefined ? [target] : [target, 'all']);
});
