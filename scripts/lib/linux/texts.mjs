import { packageRevision, packageVersion } from './facts.mjs';

/** @typedef {import('./facts.mjs').LinuxFacts} LinuxFacts */
/** @typedef {import('../changelog.mjs').ChangelogSection} ChangelogSection */

/**
 * The desktop entry: the app in menus, and as the program for its links.
 * @param {LinuxFacts} facts
 * @returns {string}
 */
export function desktopEntry({ name, productName, synopsis, categories, schemes, entry, actions }) {
  const names = Object.keys(actions);
  /** @type {Record<string, string>} */
  const keys = {
    Type: 'Application',
    Name: productName,
    Comment: synopsis,
    Exec: `${name} %U`,
    Icon: name,
    Terminal: 'false',
    StartupNotify: 'true',
    Categories: list(categories),
    MimeType: list(schemes.map((scheme) => `x-scheme-handler/${scheme}`)),
    ...(names.length > 0 ? { Actions: list(names) } : {}),
    ...entry,
  };
  const groups = [
    group('Desktop Entry', keys),
    ...Object.entries(actions).map(([action, keys]) => group(`Desktop Action ${action}`, keys)),
  ];
  return groups.join('\n');
}

/** @param {readonly string[]} values */
const list = (values) => values.map((value) => `${value};`).join('');

/**
 * @param {string} title
 * @param {Readonly<Record<string, string>>} keys
 */
function group(title, keys) {
  return [`[${title}]`, ...Object.entries(keys).map(([key, value]) => `${key}=${value}`), ''].join('\n');
}

/**
 * What dpkg knows of the package.
 * @param {LinuxFacts} facts
 * @param {{ architecture: string, installedKib: number, depends: readonly string[] }} built
 * @returns {string}
 */
export function debControl(facts, { architecture, installedKib, depends }) {
  const long = facts.description.split('\n').map((line) => (line.trim() === '' ? ' .' : ` ${line.trim()}`));
  return [
    `Package: ${facts.name}`,
    `Version: ${debVersion(facts.version)}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${facts.maintainer}`,
    `Installed-Size: ${installedKib}`,
    `Depends: ${depends.join(', ')}`,
    // Keeps the token, which lives until the app quits without it; draws by the graphics card; the cache of entries.
    'Recommends: gnome-keyring | kwalletmanager | keepassxc, libgl1, desktop-file-utils',
    // Unlocks the app by the user's own password; where it is missing the app has its passphrase.
    'Suggests: polkitd | policykit-1',
    'Section: net',
    'Priority: optional',
    `Homepage: ${facts.homepage}`,
    `Description: ${facts.synopsis}`,
    ...long,
    '',
  ].join('\n');
}

/** @param {string} version */
export function debVersion(version) {
  return `${packageVersion(version)}-${packageRevision}`;
}

/**
 * The package's own changelog; the app's lies beside it.
 * @param {LinuxFacts} facts
 * @param {Date} date
 * @returns {string}
 */
export function debChangelog({ name, version, maintainer }, date) {
  return [
    `${name} (${debVersion(version)}) unstable; urgency=medium`,
    '',
    `  * Release ${version}. What changed in the app is in changelog.gz.`,
    '',
    ` -- ${maintainer}  ${date.toUTCString().replace('GMT', '+0000')}`,
    '',
  ].join('\n');
}

/**
 * What software centres show, with the releases.
 * @param {string} template
 * @param {string} version That is packaged.
 * @param {Date} date Of what is packaged.
 * @param {readonly ChangelogSection[]} sections
 * @returns {string}
 */
export function metainfo(template, version, date, sections) {
  const earlier = sections.flatMap((section) =>
    section.version === null || section.version === version || section.date === null
      ? []
      : [{ version: section.version, date: section.date }],
  );
  const own = sections.find((section) => section.version === version)?.date;
  const releases = [{ version, date: own ?? date.toISOString().slice(0, 10) }, ...earlier];
  const lines = releases.map((release) => {
    const type = release.version.includes('-') ? 'development' : 'stable';
    const sortable = packageVersion(release.version);
    return `    <release version="${sortable}" date="${release.date}" type="${type}" />`;
  });
  return template.replace('  <!-- releases -->', ['  <releases>', ...lines, '  </releases>'].join('\n'));
}
