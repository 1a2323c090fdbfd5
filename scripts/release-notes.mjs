// node scripts/release-notes.mjs TAG: prints the part of the changelog for a release, to be its draft. Fails where the
// tag is not that of package.json's version, or the changelog has no dated part for it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { releaseNotes } from './lib/changelog.mjs';
import { runScript, SetupError } from './lib/console.mjs';
import { projectRoot } from './lib/files.mjs';

await runScript(async () => {
  const [tag] = process.argv.slice(2);
  /** @type {{ version: string }} */
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  if (tag !== `v${version}`) {
    throw new SetupError(
      `The tag is ${tag ?? 'missing'}, package.json says ${version}. Tag v${version}, then try again.`,
    );
  }
  process.stdout.write(releaseNotes(await readFile(join(projectRoot, 'CHANGELOG.md'), 'utf8'), version));
});
