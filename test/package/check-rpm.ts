import { say } from '../../scripts/lib/console.mjs';
import { BareRoot } from './bare-root.ts';
import { listFiles, sinceThen } from './files-of-root.ts';

/** Its rpm is nearest to that of Fedora. */
const suite = 'trixie';

/**
 * Installs an rpm by rpm itself and removes it again, on a bare Debian. What it depends on is not there under the names that
 * Fedora and openSUSE have, so that the app is not started.
 * @throws {Error} When rpm finds a fault, or something is left.
 */
export async function checkRpm(rpm: string): Promise<void> {
  const name = rpm.replace(/.*\//, '');
  const root = await BareRoot.open(suite, [rpm]);
  try {
    say(`${name}: installing and removing it by rpm`);
    await root.must('apt-get update -qq');
    await root.must('apt-get install -y -qq --no-install-recommends rpm apparmor hicolor-icon-theme');
    // Of Fedora's package filesystem.
    await root.must('mkdir -p /usr/share/applications /usr/share/metainfo');
    // The database of rpm is made with the first question.
    await root.must('rpm -qa');
    await root.must(`rpm -K ${name} | grep -q 'digests OK'`);
    const before = await listFiles(root);
    await root.must(`rpm -i --nodeps ${name}`);
    const changed = await root.run('rpm -V --nodeps evorxa-desktop');
    if (changed.code !== 0) throw new Error(`rpm finds files changed:\n${changed.output}`);
    const mode = (await root.must('stat -c "%a %U" /usr/lib/evorxa-desktop/chrome-sandbox')).trim();
    if (mode !== '4755 root') throw new Error(`The sandbox helper is ${mode}.`);
    await root.must('test -e /etc/apparmor.d/evorxa-desktop');
    await root.must('test -x "$(readlink -f /usr/bin/evorxa-desktop)"');
    await root.must('rpm -e evorxa-desktop');
    const left = sinceThen(before, await listFiles(root), ['/var/lib/rpm', '/root/.rpmdb']);
    if (left.length > 0) throw new Error(`Left by the rpm:\n${left.join('\n')}`);
  } finally {
    await root.close();
  }
}
