import { expect, it } from 'vitest';
import type { OsTemplateId } from '../../../../../preload/contract/brands.ts';
import type { OsTemplateGroup } from '../../../../../preload/contract/catalog.ts';
import { groupLogos, osLogo } from '../../../../../renderer/views/create/os-logos.ts';

const group = (name: string, ...templates: readonly string[]): OsTemplateGroup => ({
  name,
  templates: templates.map((each, index) => ({ id: `${index}` as OsTemplateId, name: each, version: '1' })),
});

const known = [
  'Ubuntu Instance',
  'debian',
  'Devuan',
  'AlmaLinux',
  'Rocky Linux',
  'Red Hat Enterprise Linux',
  'CentOS Stream',
  'Fedora',
  'openSUSE Leap',
  'SUSE Linux Enterprise Instance',
  'Alpine Linux',
  'Arch Linux',
  'Gentoo',
  'NixOS',
  'Kali Linux',
  'Proxmox VE',
  'FreeBSD',
  'NetBSD',
  'OpenBSD',
];

it('each system has a logo, and none that of another', () => {
  const logos = known.map(osLogo);
  for (const logo of logos) expect(logo).toMatch(/^[Mm][\d.\s-]/);
  expect(new Set(logos).size).toBe(known.length);
});

it.each([
  ['UBUNTU 24.04', 'Ubuntu'],
  ['Alma Linux 9', 'AlmaLinux'],
  ['RHEL 9', 'Red Hat Enterprise Linux'],
  ['SLES 15', 'SUSE'],
  ['Debian GNU/Linux', 'Debian'],
])('%s has the logo of %s', (name, system) => {
  expect(osLogo(name)).toBe(osLogo(system));
});

it.each(['Windows Server', 'My Debian', 'Plan 9', ''])('%j has none: a wrong logo would be worse', (name) => {
  expect(osLogo(name)).toBeNull();
});

it('a group has its own logo, or those of what it holds, at most three', () => {
  expect(groupLogos(group('Debian', 'Debian', 'Debian'))).toEqual([osLogo('debian')]);
  expect(groupLogos(group('Other', 'AlmaLinux', 'FreeBSD', 'AlmaLinux'))).toEqual([
    osLogo('almalinux'),
    osLogo('freebsd'),
  ]);
  expect(groupLogos(group('All', ...known))).toHaveLength(3);
  expect(groupLogos(group('Windows', 'Windows Server'))).toEqual([]);
});
