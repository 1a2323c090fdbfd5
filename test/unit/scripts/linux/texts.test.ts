import { expect, it } from 'vitest';
import { windowRequestOf } from '../../../../main/app/launch-request.ts';
import { readLaunch } from '../../../../main/app/launch.ts';
import { linuxFacts, packageVersion } from '../../../../scripts/lib/linux/facts.mjs';
import {
  debChangelog,
  debControl,
  debVersion,
  desktopEntry,
  metainfo,
} from '../../../../scripts/lib/linux/texts.mjs';

const facts = await linuxFacts();
const date = new Date('2026-11-30T04:05:06Z');

it('the facts are those of package.json and electron-builder.yml', () => {
  expect(facts).toMatchObject({
    name: 'evorxa-desktop',
    productName: 'Evorxa',
    homepage: 'https://evorxa.com',
    maintainer: 'Evorxa <packages@evorxa.com>',
    schemes: ['evorxa'],
  });
});

it('the desktop entry opens links, and is found by the class of the windows', () => {
  expect(desktopEntry({ ...facts, actions: {} })).toBe(`[Desktop Entry]
Type=Application
Name=Evorxa
Comment=Desktop app for the Evorxa cloud
Exec=evorxa-desktop %U
Icon=evorxa-desktop
Terminal=false
StartupNotify=true
Categories=Network;RemoteAccess;
MimeType=x-scheme-handler/evorxa;
GenericName=Server manager
Keywords=VPS;Cloud;Server;SSH;
StartupWMClass=Evorxa
`);
});

it('offers actions that the app understands', () => {
  const started = Object.values(facts.actions).map(({ Exec = '' }) => {
    const [program, ...args] = Exec.split(' ');
    expect(program).toBe('evorxa-desktop');
    return windowRequestOf(readLaunch(['evorxa-desktop', ...args]));
  });
  expect(started).toEqual([
    { route: null, power: null, opens: 'palette' },
    { route: { page: 'create' }, power: null },
    { route: { page: 'activity' }, power: null },
  ]);
});

it('actions of the desktop entry are groups of their own', () => {
  const actions = { Wallet: { Name: 'Wallet', Exec: 'evorxa-desktop evorxa://wallet' } };
  const entry = desktopEntry({ ...facts, actions });
  expect(entry).toContain('Actions=Wallet;\n');
  expect(entry).toContain('\n\n[Desktop Action Wallet]\nName=Wallet\nExec=evorxa-desktop evorxa://wallet\n');
});

it('the control file has what dpkg and lintian ask for', () => {
  const control = debControl(
    { ...facts, version: '1.2.0-beta.1', description: 'One.\n\nTwo\nlines.' },
    { architecture: 'amd64', installedKib: 12, depends: ['libc6 (>= 2.25)', 'a | b'] },
  );
  expect(control.split('\n')).toEqual([
    'Package: evorxa-desktop',
    'Version: 1.2.0~beta.1-1',
    'Architecture: amd64',
    'Maintainer: Evorxa <packages@evorxa.com>',
    'Installed-Size: 12',
    'Depends: libc6 (>= 2.25), a | b',
    'Recommends: gnome-keyring | kwalletmanager | keepassxc, libgl1, desktop-file-utils',
    'Suggests: polkitd | policykit-1',
    'Section: net',
    'Priority: optional',
    'Homepage: https://evorxa.com',
    'Description: Desktop app for the Evorxa cloud',
    ' One.',
    ' .',
    ' Two',
    ' lines.',
    '',
  ]);
});

it('a prerelease sorts before its release', () => {
  expect(packageVersion('1.0.0-rc.1')).toBe('1.0.0~rc.1');
  expect(debVersion('1.0.0')).toBe('1.0.0-1');
});

it('the changelog of the package is in the form of Debian', () => {
  expect(debChangelog({ ...facts, version: '1.2.0' }, date))
    .toBe(`evorxa-desktop (1.2.0-1) unstable; urgency=medium

  * Release 1.2.0. What changed in the app is in changelog.gz.

 -- Evorxa <packages@evorxa.com>  Mon, 30 Nov 2026 04:05:06 +0000
`);
});

it('software centres are told the releases: the one that is packaged first', () => {
  const sections = [
    { version: null, date: null, body: 'x' },
    { version: '1.1.0', date: '2026-11-01', body: 'x' },
    { version: '1.0.0', date: null, body: 'x' },
    { version: '1.0.0-rc.1', date: '2026-10-01', body: 'x' },
  ];
  const releasesOf = (version: string): readonly string[] =>
    metainfo('<c>\n  <!-- releases -->\n</c>\n', version, date, sections)
      .split('\n')
      .filter((line) => line.includes('<release '))
      .map((line) => line.trim());
  const older = '<release version="1.0.0~rc.1" date="2026-10-01" type="development" />';
  expect(releasesOf('1.2.0')).toEqual([
    '<release version="1.2.0" date="2026-11-30" type="stable" />',
    '<release version="1.1.0" date="2026-11-01" type="stable" />',
    older,
  ]);
  expect(releasesOf('1.1.0')).toEqual(['<release version="1.1.0" date="2026-11-01" type="stable" />', older]);
});
