import { say } from '../../scripts/lib/console.mjs';
import { BareRoot } from './bare-root.ts';

/** The newest Debian's programs know most. */
const suite = 'trixie';

/**
 * Reads a deb with the programs by which Debian checks its own.
 * @throws {Error} When one of them finds a fault.
 */
export async function checkDeb(deb: string): Promise<void> {
  const name = deb.replace(/.*\//, '');
  const root = await BareRoot.open(suite, [deb]);
  try {
    say('lintian, desktop-file-validate and appstreamcli');
    await root.must('apt-get update -qq');
    await root.must(
      // This machine's settings of apt are there already, among them one that appstream brings.
      'apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold lintian desktop-file-utils appstream',
    );
    await root.must(`dpkg-deb -x ${name} tree`);
    const found = await root.run(
      `lintian --allow-root --fail-on error,warning --tag-display-limit 0 ${name}`,
    );
    if (found.output.trim() !== '') say(found.output.trim());
    if (found.code !== 0) throw new Error('lintian finds faults in the package.');
    await root.must('desktop-file-validate tree/usr/share/applications/*.desktop');
    await root.must('appstreamcli validate --no-net tree/usr/share/metainfo/*.xml');
    // A software centre finds the entry, the icon and the component in each other.
    await root.must('appstreamcli validate-tree --no-net tree');
  } finally {
    await root.close();
  }
}
