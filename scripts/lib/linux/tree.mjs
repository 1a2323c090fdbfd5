import { chmod, cp, lstat, mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { changelogSections } from '../changelog.mjs';
import { projectRoot } from '../files.mjs';
import { licenceNotices } from '../licence-notices.mjs';
import { debChangelog, desktopEntry, metainfo } from './texts.mjs';

/** @typedef {import('./facts.mjs').LinuxFacts} LinuxFacts */

/** A file or link of a package. */
/**
 * @typedef {object} TreeFile
 * @property {string} path Below the root, without a slash before it.
 * @property {number} mode
 * @property {number} sizeBytes 0 of a link.
 * @property {boolean} isLink
 */

/** What runs; all else is read. */
const programs = ['chrome_crashpad_handler'];
/** Starts the sandbox where the system closes user namespaces: as root, or not at all. */
const sandboxHelper = 'chrome-sandbox';
const appId = 'com.evorxa.desktop';

/**
 * Lays out what the packages for Debian and for Fedora install: the app, and what a desktop finds it by.
 * @param {object} options
 * @param {LinuxFacts} options.facts
 * @param {string} options.app The unpacked app.
 * @param {string} options.root An empty folder.
 * @param {'deb' | 'rpm'} options.kind Written beside the app, which then knows who brings its updates.
 * @param {Date} options.date Of what is packaged.
 * @returns {Promise<readonly TreeFile[]>} All files, in the order of their paths.
 */
export async function layOutTree({ facts, app, root, kind, date }) {
  const { name } = facts;
  const folders = {
    app: join(root, 'usr/lib', name),
    share: join(root, 'usr/share'),
    doc: join(root, 'usr/share/doc', name),
  };
  await copyApp(app, folders.app);
  await put(join(folders.app, 'resources/package-type'), kind);
  await link(join(root, 'usr/bin', name), `../lib/${name}/${name}`);

  const source = (/** @type {string} */ path) => readFile(join(projectRoot, 'build', path));
  const sections = changelogSections(await readFile(join(projectRoot, 'CHANGELOG.md'), 'utf8'));
  const template = await readFile(join(projectRoot, 'build/linux', `${appId}.metainfo.xml`), 'utf8');
  await put(join(folders.share, 'applications', `${name}.desktop`), desktopEntry(facts));
  await put(
    join(folders.share, 'metainfo', `${appId}.metainfo.xml`),
    metainfo(template, facts.version, date, sections),
  );
  await put(
    join(folders.share, 'polkit-1/actions', `${appId}.policy`),
    await source(`linux/${appId}.policy`),
  );
  for (const icon of await readdir(join(projectRoot, 'build/icons'))) {
    const size = icon.replace('.png', '');
    await put(
      join(folders.share, 'icons/hicolor', size, 'apps', `${name}.png`),
      await source(`icons/${icon}`),
    );
  }
  await put(join(folders.share, 'icons/hicolor/scalable/apps', `${name}.svg`), await source('icon.svg'));
  await put(join(folders.share, 'man/man1', `${name}.1.gz`), gzip(await source(`linux/${name}.1`)));
  await put(join(folders.share, name, 'apparmor-profile'), await source('linux/apparmor-profile'));

  await put(join(folders.doc, 'copyright'), await source('linux/copyright'));
  await put(join(folders.doc, 'changelog.gz'), gzip(await readFile(join(projectRoot, 'CHANGELOG.md'))));
  const ofChromium = await readFile(join(app, 'LICENSES.chromium.html'));
  await put(join(folders.doc, 'LICENSES.chromium.html.gz'), gzip(ofChromium));
  await put(join(folders.doc, 'LICENSES.npm.txt.gz'), gzip(licenceNotices(projectRoot)));
  if (kind === 'deb') {
    await put(join(folders.doc, 'changelog.Debian.gz'), gzip(debChangelog(facts, date)));
    await put(join(folders.share, 'lintian/overrides', name), await source('linux/lintian-overrides'));
  }
  return settleModes(root, folders.app, name);
}

/**
 * The licences lie where the system keeps them instead.
 * @param {string} app
 * @param {string} target
 */
async function copyApp(app, target) {
  await mkdir(dirname(target), { recursive: true });
  await cp(app, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !(dirname(path) === app && /\/LICENSE[^/]*$/.test(path)),
  });
}

/**
 * @param {string} path
 * @param {string | Buffer} content
 */
async function put(path, content) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/**
 * @param {string} path
 * @param {string} target
 */
async function link(path, target) {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}

/**
 * Without a name or time inside, so that it is the same each time.
 * @param {string | Buffer} content
 */
function gzip(content) {
  return gzipSync(content, { level: 9 });
}

/**
 * Gives each file the mode that it is installed with, whatever the umask was.
 * @param {string} root
 * @param {string} appFolder
 * @param {string} name
 * @returns {Promise<readonly TreeFile[]>}
 */
async function settleModes(root, appFolder, name) {
  /** @type {TreeFile[]} */
  const files = [];
  const modeOf = (/** @type {string} */ path) => {
    if (path === join(appFolder, sandboxHelper)) return 0o4755;
    return [name, ...programs].some((program) => path === join(appFolder, program)) ? 0o755 : 0o644;
  };
  const settle = async (/** @type {string} */ folder) => {
    await chmod(folder, 0o755);
    for (const entry of (await readdir(folder)).sort()) {
      const path = join(folder, entry);
      const found = await lstat(path);
      if (found.isDirectory()) {
        await settle(path);
        continue;
      }
      const isLink = found.isSymbolicLink();
      const mode = isLink ? 0o777 : modeOf(path);
      if (!isLink) await chmod(path, mode);
      files.push({ path: relative(root, path), mode, sizeBytes: isLink ? 0 : found.size, isLink });
    }
  };
  await settle(root);
  return files;
}

/**
 * The programs and libraries below a folder, by what they begin with.
 * @param {string} root
 * @param {readonly TreeFile[]} files
 * @returns {Promise<readonly string[]>} Their paths.
 */
export async function elfFiles(root, files) {
  const paths = files.filter(({ isLink }) => !isLink).map(({ path }) => join(root, path));
  const checks = await Promise.all(paths.map(isElf));
  return paths.filter((_, index) => checks[index]);
}

/** @param {string} path */
async function isElf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === '\x7fELF';
  } finally {
    await file.close();
  }
}
